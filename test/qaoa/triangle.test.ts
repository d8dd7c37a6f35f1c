/**
 * A triangle's maximum cut by angles that were chosen elsewhere, in closed form and by the
 * simulator: one transferred layer is worse than chance, as the docs say.
 */
import { expect, test } from "vitest";
import { runHere } from "../cli/run-here.ts";

const TRIANGLE = new TextEncoder().encode("3 3\n1 2 1\n2 3 1\n1 3 1\n");

/** The share of measurements that cut two edges. */
async function cutShare(schedule: string, layers: string): Promise<number> {
  const input = async () => TRIANGLE;
  const options = ["--schedule", schedule, "--layers", layers, "--mixer", "x"];
  const written = await runHere(["circuit", "ansatz", "-", "--format", "gset", ...options], {
    input,
  });
  expect(written.err).toBe("");
  const program = new TextEncoder().encode(written.out);
  const { out } = await runHere(["simulate", "-", "--exact", "--json"], {
    input: async () => program,
  });
  const probabilities: Readonly<Record<string, number>> = JSON.parse(out).probabilities;
  return 1 - (probabilities["000"] ?? 0) - (probabilities["111"] ?? 0);
}

/** Expected share of edges cut by one layer on a triangle (Z. Wang et al. 2018, equation 15). */
function cutOfEdge(gamma: number, beta: number): number {
  const pull = (Math.sin(4 * beta) * Math.sin(2 * gamma)) / 4;
  return 0.5 + pull - (Math.sin(2 * beta) ** 2 * (1 - Math.cos(2 * gamma))) / 4;
}

test.each([
  ["transferred", "1", 0.495],
  ["transferred", "2", 0.971],
  ["fixed", "1", 0.949],
])("%s angles of %s: %f of measurements", async (schedule, layers, share) => {
  expect(await cutShare(schedule, layers)).toBeCloseTo(share, 3);
});

test("the closed form says the same of one layer", async () => {
  const found = await cutShare("transferred", "1");
  expect((3 * cutOfEdge(0.5389 / 0.5, 0.5771)) / 2).toBeCloseTo(found, 9);
});
