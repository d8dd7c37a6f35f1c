/**
 * Programs that anneal a graph of the G-set: peers built as bench/peers/README.md says.
 */
import { execFileSync } from "node:child_process";

/** A linear schedule: so many temperatures, each for so many sweeps. */
export interface LinearSchedule {
  readonly hot: number;
  readonly cold: number;
  readonly steps: number;
  readonly sweepsPerStep: number;
}

/** What a program did. */
export interface AnnealingRun {
  readonly cpuMs: number;
  readonly cuts: readonly number[];
}

/** Reads under a given schedule; for a program of replicas, `reads` counts groups of them. */
export function annealLinearly(
  program: string,
  file: string,
  { hot, cold, steps, sweepsPerStep }: LinearSchedule,
  { reads, seed }: { readonly reads: number; readonly seed: number },
): AnnealingRun {
  const numbers = [hot, cold, steps, sweepsPerStep, reads, seed];
  return runOf(program, ["linear", file, ...numbers.map(String)]);
}

/** Reads under the program's default schedule for some CPU time; the best cut. */
export function annealByDefault(
  program: string,
  file: string,
  { cpuSeconds, seed }: { readonly cpuSeconds: number; readonly seed: number },
): number {
  return runOf(program, ["default", file, `${cpuSeconds}`, `${seed}`]).cuts[0];
}

function runOf(program: string, args: readonly string[]): AnnealingRun {
  const [cpuMs, ...cuts] = execFileSync(program, args, { encoding: "utf8" })
    .trim()
    .split("\n")
    .map(Number);
  return { cpuMs, cuts };
}
