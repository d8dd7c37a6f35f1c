/**
 * Exploring a program: every way its measurements can go, each with its probability. Ways that meet
 * again in the same state are followed as one.
 */
import { Fault } from "#foundation";
import type { PauliTerm } from "#kernels";
import { CIRCUIT_FAULTS } from "../faults.ts";
import type { StateEngine } from "../state-engine.ts";
import {
  type Branch,
  carryOn,
  type Fork,
  finalReadout,
  follow,
  HELD_BYTES_MAX,
  openBranch,
  twin,
} from "./branch.ts";
import type { Program } from "./code.ts";
import { mergedBranches, type Suspended } from "./merged-branches.ts";
import type { Run } from "./run.ts";

/** An outcome at the end is listed from this multiple of what the engine calls impossible. */
const LISTED_MIN = 1e-3;

/** Ways not followed may have this multiple in all before the result is refused. */
const LOST_MAX = 1e3;

/** Branches that may be followed at once. */
const BRANCHES_MAX = 2 ** 16;

/** Open qubits of a joint outcome whose whole distribution may be listed. */
const OPEN_QUBITS_MAX = 22;

/**
 * The exact distribution over the output registers, by key; impossible outcomes are left out.
 *
 * @throws Fault `circuit-distribution-too-large` and those of {@link carryOn}.
 */
export function exactDistribution(
  program: Program,
  start: Run,
  engine: StateEngine,
): ReadonlyMap<string, number> {
  const distribution = new Map<string, number>();
  explore(program, start, engine, (branch) =>
    settle(program, branch, engine.impossible * LISTED_MIN, distribution),
  );
  return distribution;
}

/**
 * The exact mean of a sum of Pauli products over the states a program ends in. A qubit that was
 * measured and not touched since has lost its phase: products with X or Y there are 0.
 *
 * @throws Fault `circuit-distribution-too-large` and those of {@link carryOn}.
 */
export function exactExpectation(
  program: Program,
  start: Run,
  engine: StateEngine,
  terms: readonly PauliTerm[],
): number {
  let mean = 0;
  explore(program, start, engine, ({ run, state, weight }) => {
    const alive = terms.filter(({ operators }) =>
      operators.every(({ qubit, pauli }) => pauli === "Z" || run.pending[qubit] === 0),
    );
    mean += weight * state.expectation(alive);
  });
  return mean;
}

/**
 * Follows every way to its end and hands each to `atEnd` with its probability. Branches in the same
 * classical state whose quantum states agree are merged wherever they stop at the same instruction.
 */
function explore(
  program: Program,
  start: Run,
  engine: StateEngine,
  atEnd: (branch: Branch) => void,
): void {
  let lost = 0;
  let frontier: Branch[] = [openBranch(program, start, engine, 1)];
  while (frontier.length > 0) {
    const suspended: Suspended[] = [];
    for (const branch of frontier) {
      const stop = carryOn(program, branch);
      if (stop.kind !== "halt") {
        suspended.push({ branch, fork: stop });
        continue;
      }
      atEnd(branch);
      branch.state.release();
    }
    const distinct = mergedBranches(suspended, engine.impossible);
    checkSize(2 * distinct.length, engine.bytesFor(program.qubitCount));
    frontier = [];
    for (const { branch, fork } of distinct) {
      const ways = forked(program, branch, fork, engine.impossible);
      for (const way of ways.lost) lost += way;
      frontier.push(...ways.branches);
    }
    const lostMax = LOST_MAX * engine.impossible;
    if (lost > lostMax) {
      throw tooLarge(`a probability of at most ${lostMax} lost to unlikely branches, got ${lost}`);
    }
  }
}

function forked(
  program: Program,
  branch: Branch,
  fork: Fork,
  impossible: number,
): { readonly branches: readonly Branch[]; readonly lost: readonly number[] } {
  const one = Math.min(1, Math.max(0, branch.state.probabilityOfOne(fork.qubit)));
  const weights = [branch.weight * (1 - one), branch.weight * one];
  const possible = ([0, 1] as const).filter((value) => weights[value] > impossible);
  const lost = weights.filter((weight) => weight <= impossible);
  const sources = possible.map((_, index) => (index === 0 ? branch : twin(branch)));
  const branches = possible.map((value, index) =>
    follow(program, sources[index], fork, value, weights[value]),
  );
  if (branches.length === 0) branch.state.release();
  return { branches, lost };
}

function settle(
  program: Program,
  branch: Branch,
  negligible: number,
  distribution: Map<string, number>,
): void {
  const { qubits, keyOf } = finalReadout(program, branch.run);
  if (qubits.length > OPEN_QUBITS_MAX) {
    throw tooLarge(`at most ${OPEN_QUBITS_MAX} bits measured at the end, got ${qubits.length}`);
  }
  const probabilities = branch.state.distribution(qubits);
  for (let outcome = 0; outcome < probabilities.length; outcome += 1) {
    const probability = branch.weight * probabilities[outcome];
    if (probability <= negligible) continue;
    const key = keyOf(outcome);
    distribution.set(key, (distribution.get(key) ?? 0) + probability);
  }
}

/** Refuses before `branches` states are held. */
function checkSize(branches: number, bytesEach: number): void {
  if (branches > BRANCHES_MAX || branches * bytesEach > HELD_BYTES_MAX) {
    throw tooLarge(`fewer branches, got ${branches} of ${bytesEach} bytes each`);
  }
}

function tooLarge(expectation: string): Fault {
  return new Fault(CIRCUIT_FAULTS.distributionTooLarge, {
    detail: `the exact distribution, expected ${expectation}`,
  });
}
