/**
 * What a damaged file has to come to: refused by a fault that says where, or read as what it now
 * says - by the second reading where there is one, and always as a problem that survives being
 * written and read. Used by the test and by the benchmark.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
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

/** The names of the samples that get damaged. */
export const SAMPLE_FILES: readonly string[] = readdirSync(FOLDER).filter(
  (name) => /\.\w+$/.test(name) && !name.endsWith(".md"),
);

/** How often each sample is damaged in each way for 2,000 files in all. */
export const ROUNDS = Math.ceil(2000 / (SAMPLE_FILES.length * Object.keys(MUTATIONS).length));

/** Faults of content say where; the others say what about the file as a whole. */
const WITH_PLACE = new Set(["problem-file-invalid", "problem-file-unsupported"]);
const WITHOUT_PLACE = new Set([
  "problem-too-large",
  "problem-number-missing",
  "problem-format-unknown",
]);

/** How many damaged files were read, and how many refused. */
export interface DamageOutcomes {
  read: number;
  refused: number;
}

/**
 * Damages the sample called `name` in every way, `rounds` times each.
 *
 * @throws Error naming sample, mutation and round where a file came to anything else.
 */
export async function damageSample(name: string, rounds: number): Promise<DamageOutcomes> {
  const bytes = readFileSync(FOLDER + name);
  const outcomes = { read: 0, refused: 0 };
  for (const [kind, mutate] of Object.entries(MUTATIONS)) {
    for (let round = 0; round < rounds; round += 1) {
      const mutated = mutate(bytes, randomStream(round, name, kind));
      try {
        const result = await readOrFault(mutated, name);
        if (result instanceof Fault) assertPlace(result);
        else await assertFaithful(result, mutated.toString("utf8"), name);
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
  return outcomes;
}

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

function assertPlace({ row, flaws, message }: Fault): void {
  assert.ok(WITH_PLACE.has(row.code) || WITHOUT_PLACE.has(row.code), row.code);
  if (!WITH_PLACE.has(row.code)) return;
  assert.match(message, /line \d+, column \d+: /);
  assert.ok(flaws.length > 0, "a flaw");
  for (const { pointer } of flaws) assert.match(pointer, /^\/\d+\/\d+$/);
}

async function assertFaithful(file: ReadProblem, text: string, name: string): Promise<void> {
  const { problem, layout, format } = file;
  const again = await readProblem(writeProblem(file, format.name), { format: format.name });
  const unnamed = (one: ReadProblem) => quadraticDigest({ ...one.problem, labels: undefined });
  assert.equal(unnamed(again), unnamed(file));
  const judge = BENCHMARK_ORACLES[format.name];
  if (judge === undefined || name.endsWith(".gz") || problem.variableCount > 1000) return;
  const stream = randomStream(1, text);
  for (let round = 0; round < 4; round += 1) {
    const solution = drawSolution(file, stream);
    const sample = sampleOf(layout, problem.variableCount, solution);
    const { objective } = verifyQuadratic(problem, sample);
    const expected = judge(text, solution).objective;
    const isClose = Math.abs(objective - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
    assert.ok(isClose || Math.abs(expected) > 1e300, `objective ${objective}, not ${expected}`);
  }
}
