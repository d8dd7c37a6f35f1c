/**
 * Interactions and exchanges in terms of the one entangling gate a basis has. Between the
 * entanglers stand one-qubit matrices, to be merged and written by others.
 */
import { unreachable } from "#foundation";
import type { ComplexMatrix } from "../gates/matrix.ts";
import type { Entangler } from "./basis.ts";
import { oneQubitMatrix } from "./one-qubit.ts";
import { ANGLE_TOLERANCE, halfTurns, type OneQubitStep, type PairStep } from "./step.ts";

/** A gate of the table on two qubits. */
export interface JointGate {
  readonly kind: "joint";
  readonly gate: Entangler;
  readonly parameters: readonly number[];
  readonly qubits: readonly [number, number];
}

/** What a pair step becomes. */
export type NativeStep = OneQubitStep | JointGate;

type Qubits = readonly [number, number];

const QUARTER = Math.PI / 2;

/** How many entangling gates `pair` takes. */
export function entanglerCount(pair: PairStep, entangler: Entangler): number {
  return nativePair(pair, entangler).filter((step) => step.kind === "joint").length;
}

/** `pair` by `entangler`, up to a phase. */
export function nativePair(pair: PairStep, entangler: Entangler): readonly NativeStep[] {
  const isFree = entangler === "rzz" || entangler === "ms";
  const { rest, odd } = halfTurns(pair.angle);
  const steps = isFree
    ? freeAngle({ ...pair, angle: rest }, entangler)
    : fixedAngle({ ...pair, angle: rest }, entangler);
  return odd ? [...steps, ...both(pair.qubits, oneQubitMatrix("z"))] : steps;
}

function freeAngle({ qubits, angle, swapped }: PairStep, entangler: Entangler): NativeStep[] {
  if (!swapped) return turnedBy(qubits, angle, entangler);
  return [...crossTurns(qubits, entangler), ...turnedBy(qubits, angle + QUARTER, entangler)];
}

/** Any angle by one entangler of at most a quarter turn. */
function turnedBy(qubits: Qubits, angle: number, entangler: Entangler): NativeStep[] {
  const { rest, odd } = halfTurns(angle);
  const size = Math.abs(rest);
  const flip = rest < 0 ? [one(qubits[0], oneQubitMatrix("x"))] : [];
  const turn =
    size < ANGLE_TOLERANCE ? [] : [...flip, ...quarterTurn(qubits, entangler, size), ...flip];
  return odd ? [...turn, ...both(qubits, oneQubitMatrix("z"))] : turn;
}

function fixedAngle({ qubits, angle, swapped }: PairStep, entangler: Entangler): NativeStep[] {
  const [first, second] = qubits;
  const cx = (target: number) => controlledX(qubits, target, entangler);
  const between = one(second, oneQubitMatrix("rz", angle));
  const isQuarter = Math.abs(Math.abs(angle) - QUARTER) < ANGLE_TOLERANCE;
  if (isQuarter) {
    const turns = swapped ? crossTurns(qubits, entangler) : quarterTurn(qubits, entangler);
    // Joined with an exchange, the angles add up to nothing or to a half turn.
    const isExtra = swapped ? angle > 0 : angle < 0;
    return isExtra ? [...turns, ...both(qubits, oneQubitMatrix("z"))] : turns;
  }
  if (swapped) return [...cx(second), between, ...cx(first), ...cx(second)];
  if (Math.abs(angle) < ANGLE_TOLERANCE) return [];
  return [...cx(second), between, ...cx(second)];
}

/** exp(-i pi/4 XX) and exp(-i pi/4 YY); with exp(-i pi/4 ZZ) they are an exchange. */
function crossTurns(qubits: Qubits, entangler: Entangler): NativeStep[] {
  const hadamards = both(qubits, oneQubitMatrix("h"));
  return [
    ...hadamards,
    ...quarterTurn(qubits, entangler),
    ...hadamards,
    ...both(qubits, oneQubitMatrix("rx", QUARTER)),
    ...quarterTurn(qubits, entangler),
    ...both(qubits, oneQubitMatrix("rx", -QUARTER)),
  ];
}

/** A controlled X of which `target` is the target; the entangler keeps the order of `qubits`. */
function controlledX(qubits: Qubits, target: number, entangler: Entangler): NativeStep[] {
  const h = one(target, oneQubitMatrix("h"));
  const back = both(qubits, oneQubitMatrix("sdg"));
  return [h, ...quarterTurn(qubits, entangler), ...back, h];
}

/** exp(-i angle ZZ / 2) by one entangler; of fixed angle it can only be a quarter turn. */
function quarterTurn(qubits: Qubits, gate: Entangler, angle = QUARTER): NativeStep[] {
  const [first, second] = qubits;
  const h = one(second, oneQubitMatrix("h"));
  const forth = both(qubits, oneQubitMatrix("s"));
  const joint = (...parameters: readonly number[]): JointGate => ({
    kind: "joint",
    gate,
    parameters,
    qubits,
  });
  switch (gate) {
    case "rzz":
      return [joint(angle)];
    case "ms": {
      const hadamards = both(qubits, oneQubitMatrix("h"));
      return [...hadamards, joint(0, 0, angle), ...hadamards];
    }
    case "cz":
      return [joint(), ...forth];
    case "cx":
      return [h, joint(), h, ...forth];
    case "ecr": {
      const before = [one(first, oneQubitMatrix("sdg")), one(second, oneQubitMatrix("sxdg"))];
      return [h, ...before, joint(), one(first, oneQubitMatrix("x")), h, ...forth];
    }
    default:
      return unreachable(gate);
  }
}

function one(qubit: number, matrix: ComplexMatrix): OneQubitStep {
  return { kind: "one", qubit, matrix };
}

function both([first, second]: Qubits, matrix: ComplexMatrix): readonly OneQubitStep[] {
  return [one(first, matrix), one(second, matrix)];
}
