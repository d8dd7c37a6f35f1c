/**
 * Embeddings of random graphs on broken hardware: a slice of the campaign, and what a search
 * promises besides validity.
 */
import { describe, expect, test } from "vitest";
import { findEmbedding, perfectGraph, sourceGraph, timeBudget, verifyEmbedding } from "#annealer";
import { randomStream, systemClock, type WorkBudget, workBudget } from "#foundation";
import { CAMPAIGN_TOPOLOGIES, runCampaign } from "./embedding-campaign.ts";

test.each(CAMPAIGN_TOPOLOGIES)("random graphs on broken $kind graphs are embedded", (topology) => {
  const { failures, found, valid } = runCampaign(topology, 8);
  expect({ failures, found, valid }).toEqual({ failures: [], found: 8, valid: 8 });
});

const pegasus = perfectGraph({ kind: "pegasus", m: 4, isFabricOnly: true });
const forever: WorkBudget = { tick: () => "continue" };
const cell = perfectGraph({ kind: "chimera", m: 1, n: 1, t: 4 });

function randomPairs(variableCount: number, density: number, seed: number) {
  const random = randomStream(seed);
  const variables = Array.from({ length: variableCount }, (_, variable) => variable);
  return variables.flatMap((a) =>
    variables.flatMap((b) => (a < b && random.unit() < density ? [[a, b] as const] : [])),
  );
}

describe("a search", () => {
  const sparse = sourceGraph(60, randomPairs(60, 0.05, 3));

  test("finds what has no template, and finds it again", () => {
    const search = () => findEmbedding(sparse, pegasus, { seed: 4, budget: forever });
    const first = search();
    expect(first.kind).toBe("found");
    if (first.kind === "found") {
      expect(verifyEmbedding(sparse, pegasus, first.chains)).toEqual([]);
      expect(first.origin).not.toMatch(/template/);
    }
    expect(search()).toEqual(first);
  });

  test("takes a graph of the hardware as it is", () => {
    const bipartite = sourceGraph(
      8,
      [0, 1, 2, 3].flatMap((a) => [4, 5, 6, 7].map((b) => [a, b] as const)),
    );
    const search = findEmbedding(bipartite, cell, { seed: 1, budget: forever });
    expect(search).toMatchObject({ kind: "found", longestChain: 1, qubitCount: 8 });
  });

  test("stops with its budget, by work or by time, and still has the template", () => {
    const dense = sourceGraph(30, randomPairs(30, 0.8, 5));
    for (const budget of [workBudget(1), timeBudget(systemClock, 0)]) {
      const search = findEmbedding(dense, pegasus, { seed: 1, budget });
      expect(search.kind).toBe("found");
      expect(search.work).toBeLessThan(200_000);
      if (search.kind === "found") {
        expect(verifyEmbedding(dense, pegasus, search.chains)).toEqual([]);
      }
    }
    expect(findEmbedding(sparse, pegasus, { seed: 1, budget: workBudget(1) })).toMatchObject({
      kind: "not-found",
      reason: "no embedding was found within the budget",
    });
  });

  test.each([
    ["more variables than qubits", sourceGraph(9, []), "9 variables, expected at most 8 (qubits)"],
    [
      "a graph that is no minor",
      sourceGraph(7, randomPairs(7, 1, 0)),
      "no start led to chains without overlap",
    ],
  ])("says why there is none: %s", (_remark, source, reason) => {
    const search = findEmbedding(source, cell, { seed: 1, budget: forever });
    expect(search).toMatchObject({ kind: "not-found", reason });
  });

  test("embeds nothing, and variables that do not interact", () => {
    for (const variableCount of [0, 1, 8]) {
      const source = sourceGraph(variableCount, []);
      const search = findEmbedding(source, cell, { seed: 1, budget: forever });
      expect(search).toMatchObject({ kind: "found", qubitCount: variableCount });
    }
  });
});
