/**
 * Where everything lies in the memory of world lines, and how couplings become 16-bit integers:
 * multiplied or divided so that the largest field has 12 bits, which leaves the rest for what binds
 * a site's slices.
 */
import { fieldMax, type SpinGlass } from "../spin/spin-glass.ts";
import { ARRAYS_ADDRESS, BLOCK_SITES, NEIGHBOUR_BYTES, SITE_BYTES } from "./world-line-kernels.ts";

/** What no field may exceed. */
const FIELD_LIMIT = 2 ** 12 - 1;

/** What no binding may exceed: with two of them, a field still has 16 bits. */
export const BINDING_LIMIT = (2 ** 15 - 2 ** 12) / 2;

/** Bytes of the thresholds of slices: a power of two that stays in a near cache. */
export const SLICE_TABLE_BYTES = 2 ** 15;
/** The same of whole lines. */
export const LINE_TABLE_BYTES = 2 ** 13;

/** Scale, and addresses of the parts in bytes. */
export interface WorldLineLayout {
  /** What a coupling of 1 is in the kernels' integers. */
  readonly scale: number;
  readonly sliceTable: number;
  readonly lineTable: number;
  readonly spins: number;
  readonly fields: number;
  readonly rows: number;
  readonly neighbours: number;
  readonly byteCount: number;
}

/** Lays out the memory for `glass`. */
export function layOutWorldLines(glass: SpinGlass): WorldLineLayout {
  // Rounded couplings may add up to half a unit more for each neighbour.
  const degreeMax = glass.starts.reduce((most, start, spin) => {
    return spin === 0 ? 0 : Math.max(most, start - glass.starts[spin - 1]);
  }, 0);
  const exact = Math.max(1, fieldMax(glass));
  const whole = Math.floor(FIELD_LIMIT / exact);
  const scale = whole >= 1 ? whole : Math.max(1, FIELD_LIMIT - (degreeMax + 1) / 2) / exact;
  const blockBytes = BLOCK_SITES * SITE_BYTES;
  const aligned = (address: number) => Math.ceil(address / blockBytes) * blockBytes;
  const sliceTable = ARRAYS_ADDRESS;
  const lineTable = sliceTable + SLICE_TABLE_BYTES + blockBytes;
  const spins = aligned(lineTable + LINE_TABLE_BYTES + 4 * BLOCK_SITES);
  const fields = spins + glass.spinCount * SITE_BYTES;
  const rows = fields + glass.spinCount * SITE_BYTES;
  const neighbours = rows + Math.ceil((glass.spinCount + 1) / 2) * 8;
  const byteCount = neighbours + glass.neighbours.length * NEIGHBOUR_BYTES;
  return Object.freeze({
    ...{ scale, sliceTable, lineTable, spins, fields, rows, neighbours, byteCount },
  });
}
