/**
 * What large problem files cost to read and write: ten million interactions, in CPU time and
 * peak resident memory, each format in a process of its own.
 *
 *     npx node bench/problem-files.ts [interactions]
 *
 * Goal: 10,000,000 non-zeros in less than 2 GiB.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream } from "#foundation";
import { ProblemAssembly, readProblemFile, writeProblemFile } from "#problem";

const VARIABLES = 100_000;
const STRIDE = 17;
const MEBIBYTE = 2 ** 20;
const FILES = ["sparse", "sparse.gz", "qubo", "lp", "mps", "bqm", "cqm"].map(
  (end) => `large.${end}`,
);

/** A BQM in which each variable interacts with so many others that there are `interactions`. */
function drawProblem(interactions: number) {
  const stream = randomStream(10);
  const assembly = new ProblemAssembly("minimise");
  assembly.addVariables(VARIABLES);
  const neighbours = Math.floor(interactions / VARIABLES);
  for (let first = 0; first < VARIABLES; first += 1) {
    for (let step = 1; step <= neighbours; step += 1) {
      const second = (first + STRIDE * step) % VARIABLES;
      assembly.addQuadratic(first, second, 2 * (1 + stream.below(100)));
    }
  }
  return { problem: assembly.finish(), layout: { kind: "values" } as const };
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** One line of JSON about this process, which did one thing. */
function report(facts: Readonly<Record<string, unknown>>): void {
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(`${JSON.stringify({ ...facts, cpuSeconds: cpuSeconds(), peakMiB })}\n`);
}

async function readOne(path: string): Promise<void> {
  const { problem, format } = await readProblemFile(path);
  report({ read: format.name, nonZeros: problem.objective.biases.length });
}

async function writeOne(path: string, interactions: number): Promise<void> {
  await writeProblemFile(path, drawProblem(interactions));
  report({ written: true });
}

function child(...args: readonly string[]): void {
  execFileSync(process.execPath, [import.meta.filename, ...args], { stdio: "inherit" });
}

const [task = "10000000", path = "", interactions = ""] = process.argv.slice(2);
if (task === "read") {
  await readOne(path);
} else if (task === "write") {
  await writeOne(path, Number(interactions));
} else {
  const folder = mkdtempSync(join(tmpdir(), "problem-files-"));
  try {
    for (const name of FILES) {
      const file = join(folder, name);
      child("write", file, task);
      process.stdout.write(`${name}, ${Math.round(statSync(file).size / MEBIBYTE)} MiB: `);
      child("read", file);
      rmSync(file);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
