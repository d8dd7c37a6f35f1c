/**
 * Two thousand damaged files: each is either refused by a fault that says where, or read as what it
 * now says - by the second reading where there is one, and always as a problem that survives being
 * written and read. Seeded; a failure names the sample, the mutation and the round.
 */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Fault, randomStream } from "#foundation";
import {
  quadraticDigest,
  type ReadProblem,
  readProblem,
  sampleOf,
  verifyQuadratic,
  writeProblem,
} from "#problem";
import { BENCHMARK_ORACLES } from "./benchmark-oracle.ts";
import { MUTATIONS } from "./mutations.ts";
import { drawSolution } from "./solutions.ts";

const FOLDER = new URL("samples/", import.meta.url).pathname;
const FILES = readdirSync(FOLDER).filter((name) => /\.\w+$/.test(name) && !name.endsWith(".md"));
const ROUNDS = Math.ceil(2000 / (FILES.length * Object.keys(MUTATIONS).length));
const GIBIBYTE = 2 ** 30;

/** Faults of content say where; the others say what about the file as a whole. */
const WITH_PLACE = new Set(["problem-file-invalid", "problem-file-unsupported"]);
const WITHOUT_PLACE = new Set([
  "problem-too-large",
  "problem-number-missing",
  "problem-format-unknown",
]);

async function readOrFault(bytes: Buffer, name: string): Promise<ReadProblem | Fault> {
  try {
    return await readProblem([bytes], { fileName: name, format: formatOf(name) });
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
}

/** Damaged content must not lead to another format; that is a different file. */
function formatOf(name: string): string {
  const formats: Readonly<Record<string, string>> = {
    sparse: "biqmac",
    coo: "qubo",
    qap: "qaplib",
    "bqm.json": "bqm-json",
    "cqm.json": "cqm-json",
    "gset.gz": "gset",
  };
  const extension = name.slice(name.indexOf(".") + 1);
  return formats[extension] ?? extension;
}

function expectPlace({ row, flaws, message }: Fault): void {
  expect([row.code, WITH_PLACE.has(row.code) || WITHOUT_PLACE.has(row.code)]).toEqual([
    row.code,
    true,
  ]);
  if (!WITH_PLACE.has(row.code)) return;
  expect(message).toMatch(/line \d+, column \d+: /);
  expect(flaws.length).toBeGreaterThan(0);
  for (const { pointer } of flaws) expect(pointer).toMatch(/^\/\d+\/\d+$/);
}

async function expectFaithful(file: ReadProblem, text: string, name: string): Promise<void> {
  const { problem, layout, format } = file;
  const again = await readProblem(writeProblem(file, format.name), { format: format.name });
  const unnamed = (one: ReadProblem) => quadraticDigest({ ...one.problem, labels: undefined });
  expect(unnamed(again)).toBe(unnamed(file));
  const judge = BENCHMARK_ORACLES[format.name];
  if (judge === undefined || name.endsWith(".gz") || problem.variableCount > 1000) return;
  const stream = randomStream(1, text);
  for (let round = 0; round < 4; round += 1) {
    const solution = drawSolution(file, stream);
    const { objective } = verifyQuadratic(
      problem,
      sampleOf(layout, problem.variableCount, solution),
    );
    const expected = judge(text, solution).objective;
    const isClose = Math.abs(objective - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
    expect([objective, isClose || Math.abs(expected) > 1e300]).toEqual([objective, true]);
  }
}

describe("a damaged file", () => {
  test.each(FILES)("%s is refused with its place, or read as what it says", async (name) => {
    const bytes = readFileSync(FOLDER + name);
    const outcomes = { read: 0, refused: 0 };
    for (const [kind, mutate] of Object.entries(MUTATIONS)) {
      for (let round = 0; round < ROUNDS; round += 1) {
        const mutated = mutate(bytes, randomStream(round, name, kind));
        try {
          const result = await readOrFault(mutated, name);
          if (result instanceof Fault) expectPlace(result);
          else await expectFaithful(result, mutated.toString("utf8"), name);
          outcomes[result instanceof Fault ? "refused" : "read"] += 1;
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          const shown = JSON.stringify(mutated.toString("latin1").slice(0, 400));
          throw new Error(`${name}, ${kind}, round ${round}: ${message}\n${shown}`, {
            cause: error,
          });
        }
      }
    }
    expect(outcomes.refused).toBeGreaterThan(ROUNDS);
    expect(process.memoryUsage().rss).toBeLessThan(2 * GIBIBYTE);
  });
});
