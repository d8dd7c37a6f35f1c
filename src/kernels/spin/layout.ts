/**
 * Where everything lies in the memory of a group of replicas, and how wide its numbers are: bytes
 * where all couplings are units or nearly so and fields are small, since then 16 replicas fit into
 * a vector; else half words, else words.
 */
import { VECTOR_BYTES } from "../assembly/simd.ts";
import type { Width } from "./integer-lanes.ts";
import { fieldMax, type SpinGlass } from "./spin-glass.ts";
import { BLOCK_BYTES, type CouplingKind, NEIGHBOUR_BYTES, ROW_BYTES } from "./sweep.ts";

/** A coupling of k is k units; up to this many on average that is faster than to multiply. */
const UNITS_MEAN_MAX = 3;

/** The number format, and addresses of the parts in bytes. */
export interface SpinMemoryLayout {
  readonly width: Width;
  readonly kind: CouplingKind;
  readonly laneCount: number;
  /** Neighbours as they are stored: one for each unit where couplings are units. */
  readonly entryCount: number;
  readonly logarithms: number;
  readonly table: number;
  readonly tableBytes: number;
  readonly spins: number;
  readonly fields: number;
  readonly rows: number;
  readonly neighbours: number;
  readonly byteCount: number;
}

/** Lays out the memory for `glass`, with so many bytes of thresholds, a power of two. */
export function layOutSpins(glass: SpinGlass, tableBytes: number): SpinMemoryLayout {
  const { spinCount } = glass;
  const reach = fieldMax(glass);
  let units = 0;
  for (const coupling of glass.couplings) units += Math.abs(coupling);
  const isUnit = reach < 2 ** 7 && units <= UNITS_MEAN_MAX * glass.couplings.length;
  const width = isUnit ? 8 : reach < 2 ** 15 ? 16 : 32;
  const kind = isUnit ? "unit" : "weighted";
  const entryCount = isUnit ? units : glass.couplings.length;
  const logarithms = BLOCK_BYTES;
  const table = logarithms + (tableBytes * 32) / width;
  const spins = aligned(table + tableBytes + BLOCK_BYTES);
  const fields = aligned(spins + spinCount * VECTOR_BYTES);
  const rows = aligned(fields + spinCount * VECTOR_BYTES);
  const neighbours = aligned(rows + (spinCount + 1) * ROW_BYTES[kind]);
  const byteCount = neighbours + entryCount * NEIGHBOUR_BYTES[kind];
  const addresses = { logarithms, table, tableBytes, spins, fields, rows, neighbours, byteCount };
  return Object.freeze({ width, kind, laneCount: 128 / width, entryCount, ...addresses });
}

function aligned(address: number): number {
  return Math.ceil(address / BLOCK_BYTES) * BLOCK_BYTES;
}
