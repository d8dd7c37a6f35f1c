/**
 * Programs that solve a problem stated as free MPS: peers that are installed or built apart, see
 * bench/peers/README.md.
 */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type QuadraticProblem, writeProblemFile } from "#problem";

/** What a program did. */
export interface ProgrammeRun {
  readonly cpuMs: number;
  readonly objective: number;
}

/** Calls `program` with a file that states `problem`; it prints CPU milliseconds and objective. */
export async function solveWithProgramme(
  program: string,
  problem: QuadraticProblem,
): Promise<ProgrammeRun> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-bench-peer-"));
  try {
    const file = path.join(folder, "problem.mps");
    await writeProblemFile(file, { problem, layout: { kind: "values" } }, "mps");
    const printed = execFileSync(program, [file], { encoding: "utf8" }).trim().split("\n");
    const [cpuMs, objective] = printed.map(Number);
    return { cpuMs, objective };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}
