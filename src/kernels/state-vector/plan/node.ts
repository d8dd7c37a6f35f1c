/**
 * The nodes of a plan: what remains of a circuit once every gate is split into diagonals and real
 * rotations. Nodes act on *bits* of the stored index, not on the caller's qubits; diagonal nodes
 * commute with each other.
 */
import type { Complex } from "./operation.ts";

/**
 * The rotation of one bit: amplitudes x (bit 0) and y (bit 1) become x - minus y and y + plus x.
 * The factor `scale`, and in skew form a division before and a multiplication after, are left to
 * diagonals; see the kernel.
 */
export interface RotationNode {
  readonly kind: "rotation";
  readonly mask: number;
  readonly minus: number;
  readonly plus: number;
  readonly scale: number;
}

/** Amplitudes with the bit 0 times `zero`, with the bit 1 times `one`. */
export interface FactorNode {
  readonly kind: "factor";
  readonly mask: number;
  readonly zero: Complex;
  readonly one: Complex;
}

/**
 * Amplitudes whose index z has z & mask == value, times `factor`. Two bits always come with value
 * == mask.
 */
export interface TermNode {
  readonly kind: "term";
  readonly mask: number;
  readonly value: number;
  readonly factor: Complex;
}

/** Amplitudes times exp(-i angle cost); `mask` has every bit. */
export interface CostNode {
  readonly kind: "cost";
  readonly mask: number;
  readonly angle: number;
}

/** Any matrix on some bits; the first is the least significant of its indices. */
export interface MatrixNode {
  readonly kind: "matrix";
  readonly mask: number;
  readonly bits: readonly number[];
  /** 4^k complex numbers, row by row. */
  readonly matrix: readonly number[];
}

/** What multiplies amplitudes without mixing them. */
export type DiagonalNode = FactorNode | TermNode | CostNode;

/** One node. */
export type PlanNode = RotationNode | MatrixNode | DiagonalNode;
