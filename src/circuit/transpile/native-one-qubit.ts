/**
 * One-qubit unitaries in the gates of a basis, by Euler's angles and as few gates as the angles
 * allow (D. McKay et al., Physical Review A 96, 022330, 2017, for rz and sx).
 */
import { unreachable } from "#foundation";
import type { ComplexMatrix } from "../gates/matrix.ts";
import { eulerAngles } from "../openqasm/writing/euler.ts";
import type { OneQubitBasis } from "./basis.ts";
import { ANGLE_TOLERANCE } from "./step.ts";

/** A gate of the table on one qubit. */
export interface NativeGate {
  readonly gate: string;
  readonly parameters: readonly number[];
}

const PI = Math.PI;

/** `matrix` in the gates of `basis`, up to a phase; none for the identity. */
export function nativeOneQubit(matrix: ComplexMatrix, basis: OneQubitBasis): readonly NativeGate[] {
  const { theta, phi, lambda } = eulerAngles(matrix);
  switch (basis) {
    case "u":
      return isNear(theta, 0) && isNear(wrapped(phi + lambda), 0)
        ? []
        : [{ gate: "U", parameters: [theta, wrapped(phi), wrapped(lambda)] }];
    case "rz-sx":
      return byQuarterTurns(theta, phi, lambda, [call("sx"), call("x")]);
    case "rz-rx":
      return byQuarterTurns(theta, phi, lambda, [call("rx", PI / 2), call("rx", PI)]);
    case "gpi":
      return byEquatorTurns(theta, phi, lambda);
    default:
      return unreachable(basis);
  }
}

function byQuarterTurns(
  theta: number,
  phi: number,
  lambda: number,
  [quarter, half]: readonly [NativeGate, NativeGate],
): readonly NativeGate[] {
  if (isNear(theta, 0)) return rz(phi + lambda);
  if (isNear(theta, PI)) return [half, ...rz(phi - lambda + PI)];
  if (isNear(theta, PI / 2)) return [...rz(lambda - PI / 2), quarter, ...rz(phi + PI / 2)];
  return [...rz(lambda), quarter, ...rz(theta + PI), quarter, ...rz(phi + PI)];
}

function byEquatorTurns(theta: number, phi: number, lambda: number): readonly NativeGate[] {
  const twist = wrapped(phi + lambda);
  if (isNear(theta, 0)) return isNear(twist, 0) ? [] : [call("gpi", 0), call("gpi", twist / 2)];
  if (isNear(theta, PI)) return [call("gpi", (phi - lambda + PI) / 2)];
  if (isNear(theta, PI / 2)) {
    if (isNear(twist, 0)) return [call("gpi2", phi + PI / 2)];
    return [call("gpi2", -lambda - PI / 2), call("gpi", (phi - lambda - PI) / 2)];
  }
  return [call("gpi2", -lambda), call("gpi", (phi - lambda - theta) / 2), call("gpi2", phi)];
}

function rz(angle: number): readonly NativeGate[] {
  return isNear(wrapped(angle), 0) ? [] : [call("rz", angle)];
}

function call(gate: string, ...angles: readonly number[]): NativeGate {
  return { gate, parameters: angles.map(wrapped) };
}

function isNear(angle: number, other: number): boolean {
  return Math.abs(angle - other) < ANGLE_TOLERANCE;
}

/** `angle` in (-pi, pi]. */
function wrapped(angle: number): number {
  const turns = Math.ceil((angle - PI) / (2 * PI) - 1e-12);
  return angle - 2 * PI * turns;
}
