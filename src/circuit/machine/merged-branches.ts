/**
 * Branches that meet again: the same classical state and, up to a phase, the same quantum state.
 */
import type { Amplitudes, QuantumState } from "../state-engine.ts";
import type { Branch, Fork } from "./branch.ts";
import { cellText } from "./run.ts";

/** A branch that waits for an outcome. */
export interface Suspended {
  readonly branch: Branch;
  readonly fork: Fork;
}

/** How far from 1 the fidelity of equal states may be, in terms of what counts as impossible. */
const SAME_STATE = 10;

/** `suspended` with branches joined, their probabilities added; `impossible` as the engine says. */
export function mergedBranches(
  suspended: readonly Suspended[],
  impossible: number,
): readonly Suspended[] {
  if (suspended.length < 2) return suspended;
  const groups = new Map<string, Suspended[]>();
  for (const entry of suspended) {
    const key = classicalKey(entry);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    const same = group.find(
      (other) => infidelity(other.branch.state, entry.branch.state) < SAME_STATE * impossible,
    );
    if (same === undefined) {
      group.push(entry);
      continue;
    }
    same.branch.weight += entry.branch.weight;
    entry.branch.state.release();
  }
  return [...groups.values()].flat();
}

function classicalKey({ branch, fork }: Suspended): string {
  const { run } = branch;
  const cells = run.memory.map(cellText).join(",");
  const pending = run.pending.join("");
  return `${run.place} ${fork.kind} ${fork.qubit} ${run.returns.join(",")} ${pending} ${cells}`;
}

/** 1 - |<a|b>|^2, whatever the norms. */
function infidelity(a: QuantumState, b: QuantumState): number {
  const [here, there] = [a.amplitudes(), b.amplitudes()];
  const across = overlap(here, there);
  const norms = overlap(here, here).re * overlap(there, there).re;
  return 1 - (across.re ** 2 + across.im ** 2) / norms;
}

/** <a|b>. */
function overlap(a: Amplitudes, b: Amplitudes): { readonly re: number; readonly im: number } {
  let re = 0;
  let im = 0;
  for (let index = 0; index < a.re.length; index += 1) {
    re += a.re[index] * b.re[index] + a.im[index] * b.im[index];
    im += a.re[index] * b.im[index] - a.im[index] * b.re[index];
  }
  return { re, im };
}
