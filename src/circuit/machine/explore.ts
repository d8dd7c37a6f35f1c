/**
 * Exploring a program: every way its measurements can go, with exact probabilities or with a number
 * of shots shared out among the ways. Shots are split at each measurement by a binomial draw, which
 * has the law of independent shots at the cost of one run for each different course of events
 * rather than for each shot.
 */
import { Fault, type RandomStream } from "#foundation";
import { CIRCUIT_FAULTS } from "../faults.ts";
import type { Amplitudes, QuantumState, StateEngine } from "../state-engine.ts";
import type { Program } from "./code.ts";
import { type Readout, readout, reportedQubits } from "./outcomes.ts";
import { advance, cellText, copyRun, decide, type Run, type Stop } from "./run.ts";

/** An outcome less likely than this is taken for rounding: its way is not followed. */
const IMPOSSIBLE = 1e-13;

/** Joint outcomes at the end that are less likely than this are rounding of an impossible one. */
const NEGLIGIBLE = 1e-16;

/** How much probability ways not followed may have in all before the distribution is refused. */
const LOST_MAX = 1e-10;

/** States whose fidelity is this near to 1 are the same state. */
const SAME_STATE = 1e-12;

/** Bytes of states that may be held at once. */
const HELD_BYTES_MAX = 2 ** 31;

/** Branches that may be followed at once for an exact distribution. */
const BRANCHES_MAX = 2 ** 16;

/** Open qubits of a joint outcome whose whole distribution may be listed. */
const OPEN_QUBITS_MAX = 22;

interface Branch {
  readonly run: Run;
  readonly state: QuantumState;
  /** A probability, or a number of shots. */
  weight: number;
}

type Suspended = { readonly branch: Branch; readonly stop: Exclude<Stop, { kind: "halt" }> };

/**
 * The exact distribution over the output registers, by key; impossible outcomes are left out.
 * Branches in the same classical state whose quantum states agree are merged wherever they stop at
 * the same instruction.
 *
 * @throws Fault `circuit-distribution-too-large` and those of {@link advance}.
 */
export function exactDistribution(
  program: Program,
  start: Run,
  engine: StateEngine,
): ReadonlyMap<string, number> {
  const distribution = new Map<string, number>();
  let lost = 0;
  let frontier: Branch[] = [open(program, start, engine, 1)];
  while (frontier.length > 0) {
    const suspended: Suspended[] = [];
    for (const branch of frontier) {
      const stop = advance(program, branch.run);
      flush(branch);
      if (stop.kind !== "halt") suspended.push({ branch, stop });
      else settle(program, branch, distribution);
    }
    const distinct = merged(suspended);
    checkSize(2 * distinct.length, engine.bytesFor(program.qubitCount), lost);
    frontier = [];
    for (const { branch, stop } of distinct) {
      const ways = forked(program, branch, stop);
      for (const way of ways.impossible) lost += way;
      frontier.push(...ways.branches);
    }
  }
  checkSize(0, 0, lost);
  return distribution;
}

/**
 * The counts of `shots` independent runs, by key. The same seed gives the same counts.
 *
 * @throws Fault `circuit-qubits-too-many` and those of {@link advance}.
 */
export function sampledCounts(
  program: Program,
  start: Run,
  engine: StateEngine,
  shots: number,
  random: RandomStream,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const stack: Branch[] = [open(program, start, engine, shots)];
  for (let branch = stack.pop(); branch !== undefined; branch = stack.pop()) {
    const stop = advance(program, branch.run);
    flush(branch);
    if (stop.kind === "halt") {
      settleShots(program, branch, counts, random);
      continue;
    }
    const shotsLeft = branch.weight;
    const chance = branch.state.probabilityOfOne(stop.qubit);
    const ones = binomial(shotsLeft, chance, random);
    const other = ones > 0 && ones < shotsLeft ? twin(branch) : branch;
    if (ones < shotsLeft) stack.push(follow(program, branch, stop, 0, shotsLeft - ones));
    if (ones > 0) stack.push(follow(program, other, stop, 1, ones));
  }
  return counts;
}

function open(program: Program, run: Run, engine: StateEngine, weight: number): Branch {
  const { qubitCount } = program;
  if (qubitCount > engine.qubitCountMax) {
    const bytes = engine.bytesFor(qubitCount);
    throw new Fault(CIRCUIT_FAULTS.tooManyQubits, {
      detail:
        `the ${engine.name} simulator, expected at most ${engine.qubitCountMax} qubits, got ` +
        `${qubitCount}, which would need ${Math.ceil(bytes / 2 ** 20)} MiB`,
    });
  }
  return { run: copyRun(run), state: engine.start(qubitCount), weight };
}

function flush(branch: Branch): void {
  if (branch.run.queue.length === 0) return;
  branch.state.apply(branch.run.queue);
  branch.run.queue = [];
}

function twin(branch: Branch): Branch {
  return { run: copyRun(branch.run), state: branch.state.copy(), weight: branch.weight };
}

/** `branch` after the outcome `value`; a reset then turns the qubit back to |0>. */
function follow(
  program: Program,
  branch: Branch,
  stop: Suspended["stop"],
  value: 0 | 1,
  weight: number,
): Branch {
  branch.state.collapse(stop.qubit, value);
  if (stop.kind === "outcome") decide(program, branch.run, stop.qubit, value);
  else if (value === 1) {
    const flip = { kind: "gate", gate: "x", parameters: [], power: 1, controls: [] } as const;
    branch.state.apply([{ ...flip, targets: [stop.qubit] }]);
  }
  branch.weight = weight;
  return branch;
}

function forked(
  program: Program,
  branch: Branch,
  stop: Suspended["stop"],
): { readonly branches: readonly Branch[]; readonly impossible: readonly number[] } {
  const one = Math.min(1, Math.max(0, branch.state.probabilityOfOne(stop.qubit)));
  const weights = [branch.weight * (1 - one), branch.weight * one];
  const possible = ([0, 1] as const).filter((value) => weights[value] > IMPOSSIBLE);
  const impossible = weights.filter((weight) => weight <= IMPOSSIBLE);
  const sources = possible.map((_, index) => (index === 0 ? branch : twin(branch)));
  const branches = possible.map((value, index) =>
    follow(program, sources[index], stop, value, weights[value]),
  );
  if (branches.length === 0) branch.state.release();
  return { branches, impossible };
}

/** Joins branches that stopped in the same classical and, up to a phase, the same quantum state. */
function merged(suspended: readonly Suspended[]): readonly Suspended[] {
  if (suspended.length < 2) return suspended;
  const groups = new Map<string, Suspended[]>();
  for (const entry of suspended) {
    const key = classicalKey(entry);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    const same = group.find((other) => sameState(other.branch.state, entry.branch.state));
    if (same === undefined) {
      group.push(entry);
      continue;
    }
    same.branch.weight += entry.branch.weight;
    entry.branch.state.release();
  }
  return [...groups.values()].flat();
}

function classicalKey({ branch, stop }: Suspended): string {
  const { run } = branch;
  const cells = run.memory.map(cellText).join(",");
  const pending = run.pending.join("");
  return `${run.place} ${stop.kind} ${stop.qubit} ${run.returns.join(",")} ${pending} ${cells}`;
}

function sameState(a: QuantumState, b: QuantumState): boolean {
  return 1 - fidelity(a.amplitudes(), b.amplitudes()) < SAME_STATE;
}

/** |<a|b>|^2 of two normalised states. */
function fidelity(a: Amplitudes, b: Amplitudes): number {
  let re = 0;
  let im = 0;
  for (let index = 0; index < a.re.length; index += 1) {
    re += a.re[index] * b.re[index] + a.im[index] * b.im[index];
    im += a.re[index] * b.im[index] - a.im[index] * b.re[index];
  }
  return re * re + im * im;
}

function finalReadout(program: Program, run: Run): Readout {
  return program.outputs.length === 0
    ? reportedQubits(program.qubitCount)
    : readout(run.memory, program.outputs);
}

function settle(program: Program, branch: Branch, distribution: Map<string, number>): void {
  const { qubits, keyOf } = finalReadout(program, branch.run);
  if (qubits.length > OPEN_QUBITS_MAX) {
    throw tooLarge(`at most ${OPEN_QUBITS_MAX} bits measured at the end, got ${qubits.length}`);
  }
  const probabilities = branch.state.distribution(qubits);
  for (let outcome = 0; outcome < probabilities.length; outcome += 1) {
    const probability = branch.weight * probabilities[outcome];
    if (probability <= NEGLIGIBLE) continue;
    const key = keyOf(outcome);
    distribution.set(key, (distribution.get(key) ?? 0) + probability);
  }
  branch.state.release();
}

function settleShots(
  program: Program,
  branch: Branch,
  counts: Map<string, number>,
  random: RandomStream,
): void {
  const { qubits, keyOf } = finalReadout(program, branch.run);
  const tally = new Map<number, number>();
  for (const outcome of branch.state.sample(qubits, branch.weight, random)) {
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
  }
  for (const [outcome, count] of tally) {
    const key = keyOf(outcome);
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  branch.state.release();
}

/**
 * How many of `trials` succeed at `chance` each; trial by trial, which is exact and cheap enough.
 */
function binomial(trials: number, chance: number, random: RandomStream): number {
  if (chance <= IMPOSSIBLE) return 0;
  if (chance >= 1 - IMPOSSIBLE) return trials;
  let successes = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    if (random.unit() < chance) successes += 1;
  }
  return successes;
}

/** Refuses before `branches` states are held. */
function checkSize(branches: number, bytesEach: number, lost: number): void {
  if (branches > BRANCHES_MAX || branches * bytesEach > HELD_BYTES_MAX) {
    throw tooLarge(`fewer branches, got ${branches} of ${bytesEach} bytes each`);
  }
  if (lost > LOST_MAX) {
    throw tooLarge(`a probability of at most ${LOST_MAX} lost to unlikely branches, got ${lost}`);
  }
}

function tooLarge(expectation: string): Fault {
  return new Fault(CIRCUIT_FAULTS.distributionTooLarge, {
    detail: `the exact distribution, expected ${expectation}`,
  });
}
