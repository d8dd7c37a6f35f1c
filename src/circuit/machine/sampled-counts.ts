/**
 * Shots, shared out among the ways a program can go: at each measurement they are split by a
 * binomial draw, which has the law of independent shots at the cost of one run for each different
 * course of events rather than for each shot. Where a second state does not fit into memory, the
 * other way is run again from the beginning when its turn comes.
 */
import type { RandomStream } from "#foundation";
import type { StateEngine } from "../state-engine.ts";
import {
  type Branch,
  carryOn,
  finalReadout,
  follow,
  HELD_BYTES_MAX,
  openBranch,
  twin,
} from "./branch.ts";
import type { Program } from "./code.ts";
import type { Run } from "./run.ts";

/** Some shots of one course of events, its state at hand or to be found again. */
interface Way {
  readonly branch: Branch | undefined;
  /** The outcomes so far. */
  readonly outcomes: readonly (0 | 1)[];
  readonly shots: number;
}

/** Counts by key. They mostly come in order, and a million strings are not sorted for nothing. */
export class Counts {
  readonly byKey: Record<string, number> = {};
  #last = "";
  #isAscending = true;

  /** Adds `count` to that of `key`. */
  add(key: string, count: number): void {
    this.byKey[key] = (this.byKey[key] ?? 0) + count;
    if (key < this.#last) this.#isAscending = false;
    this.#last = key;
  }

  /** Whether the keys were first met in ascending order. */
  get isAscending(): boolean {
    return this.#isAscending;
  }
}

/**
 * The counts of `shots` independent runs, by key. The same seed gives the same counts, however much
 * memory there is.
 *
 * @throws Fault `circuit-qubits-too-many` and those of {@link carryOn}.
 */
export function sampledCounts(
  program: Program,
  start: Run,
  engine: StateEngine,
  shots: number,
  random: RandomStream,
  heldBytesMax = HELD_BYTES_MAX,
): Counts {
  const counts = new Counts();
  const heldMax = Math.max(1, Math.floor(heldBytesMax / engine.bytesFor(program.qubitCount)));
  const stack: Way[] = [{ branch: undefined, outcomes: [], shots }];
  let held = 0;
  for (let way = stack.pop(); way !== undefined; way = stack.pop()) {
    const branch = way.branch ?? replayed(program, start, engine, way.outcomes);
    held += way.branch === undefined ? 1 : 0;
    const stop = carryOn(program, branch);
    if (stop.kind === "halt") {
      settleShots(program, branch, way.shots, counts, random);
      held -= 1;
      continue;
    }
    const chance = possible(branch.state.probabilityOfOne(stop.qubit), engine);
    const ones = binomial(way.shots, chance, random);
    const outcomesThen = (value: 0 | 1) => [...way.outcomes, value];
    const zeros = way.shots - ones;
    if (zeros > 0 && ones > 0) {
      const other = held < heldMax ? twin(branch) : undefined;
      held += other === undefined ? 0 : 1;
      if (other !== undefined) follow(program, other, stop, 0, zeros);
      stack.push({ branch: other, outcomes: outcomesThen(0), shots: zeros });
    }
    const value = ones > 0 ? 1 : 0;
    follow(program, branch, stop, value, ones > 0 ? ones : zeros);
    stack.push({ branch, outcomes: outcomesThen(value), shots: ones > 0 ? ones : zeros });
  }
  return counts;
}

/** The branch in which measurements have gone as `outcomes` says. */
function replayed(
  program: Program,
  start: Run,
  engine: StateEngine,
  outcomes: readonly (0 | 1)[],
): Branch {
  const branch = openBranch(program, start, engine, 1);
  for (const value of outcomes) {
    const stop = carryOn(program, branch);
    if (stop.kind !== "halt") follow(program, branch, stop, value, 1);
  }
  return branch;
}

function settleShots(
  program: Program,
  branch: Branch,
  shots: number,
  counts: Counts,
  random: RandomStream,
): void {
  const { qubits, keyOf } = finalReadout(program, branch.run);
  const samples = branch.state.sample(qubits, shots, random);
  for (let at = 0; at < samples.outcomes.length; at += 1) {
    counts.add(keyOf(samples.outcomes[at]), samples.counts[at]);
  }
  branch.state.release();
}

/** `chance`, or 0 or 1 where the other outcome would be rounding. */
function possible(chance: number, { impossible }: StateEngine): number {
  if (chance <= impossible) return 0;
  return chance >= 1 - impossible ? 1 : chance;
}

/**
 * How many of `trials` succeed at `chance` each; trial by trial, which is exact and cheap enough.
 */
function binomial(trials: number, chance: number, random: RandomStream): number {
  if (chance === 0 || chance === 1) return chance * trials;
  let successes = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    if (random.unit() < chance) successes += 1;
  }
  return successes;
}
