/**
 * Where things lie in the memory of one state: sign functions, an arena for the tables of the
 * passes to come, one workspace per thread, partial sums, and the amplitudes, real and imaginary
 * parts apart. All addresses in bytes.
 */
import { assert, counted, Fault } from "#foundation";
import type { Precision } from "../../assembly/lanes.ts";
import { VECTOR_BYTES } from "../../assembly/simd.ts";
import { ROW_VECTOR_BITS, ROW_VECTORS } from "../kernels/diagonal.ts";
import { SWEEP_BITS } from "../plan/sweeps.ts";
import { STATE_FAULTS } from "./faults.ts";

/** Everything that is needed to lay out a state. */
export interface LayoutRequest {
  readonly qubitCount: number;
  readonly precision: Precision;
  readonly threadCount: number;
  /** Bytes per amplitude for the costs of cost operations. */
  readonly costBytes: number;
  /** Distinct costs of a table of phases. */
  readonly phaseCount: number;
}

/** One thread's own memory. */
export interface Workspace {
  readonly tileRe: number;
  readonly tileIm: number;
  readonly tileCosts: number;
  readonly rowsRe: number;
  readonly rowsIm: number;
  readonly columns: number;
  readonly column: number;
}

/** The memory of one state. */
export interface Layout {
  readonly precision: Precision;
  /** Bits of the stored index: the qubits, and for very small states idle bits that stay 0. */
  readonly bitCount: number;
  readonly tileBits: number;
  /** Bits of an index within a row of the diagonal kernels. */
  readonly columnBits: number;
  /** Bits that the lowest sweep rotates: those inside a vector and three more. */
  readonly lowCount: number;
  readonly bytesPerNumber: number;
  /** The most stages of a pass whose tables are sure to fit into half of the arena. */
  readonly stagesMax: number;
  readonly signs: number;
  readonly arena: number;
  readonly arenaEnd: number;
  /** Two vectors of partial sums, and from byte 64 a vector of signs. */
  readonly sums: number;
  readonly workspaces: readonly Workspace[];
  readonly re: number;
  readonly im: number;
  readonly costs: number;
  readonly costBytes: number;
  readonly byteCount: number;
}

/** The most qubits that fit in the 4 GiB a 32-bit memory can have, by precision. */
export const STATE_QUBITS_MAX = Object.freeze({ f32: 28, f64: 27 });

/**
 * Fewer qubits are stored with idle bits, so that a row of the diagonal kernels is always whole.
 */
export const BITS_MIN = 6;
const ARENA_BYTES = 8 * 2 ** 20;
/** What leaves room for tables beside the amplitudes and costs. */
const BYTES_MAX = 3.5 * 2 ** 30;
const SUMS_BYTES = 128;
const STAGES_MAX = 64;
/** Between arrays, so that equal indices of two arrays do not compete for one cache set. */
const PADDING = 1024;
const COLUMN_SIZE_MAX = 2 ** 10;

/** Lays out a state; raises `state-too-large` beyond {@link STATE_QUBITS_MAX}. */
export function layOut(request: LayoutRequest): Layout {
  const { qubitCount, precision, threadCount, costBytes, phaseCount } = request;
  checkSize(request);
  const bytesPerNumber = precision === "f32" ? 4 : 8;
  const bitCount = Math.max(qubitCount, BITS_MIN);
  const tileBits = tileBitsFor(bitCount);
  const laneBits = precision === "f32" ? 2 : 1;
  const columnBits = laneBits + ROW_VECTOR_BITS;
  const lowCount = laneBits + SWEEP_BITS;
  const [size, tile] = [2 ** bitCount, 2 ** tileBits];
  const rowCount = 2 ** (tileBits - columnBits);
  let end = PADDING;
  const reserve = (bytes: number): number => {
    const address = end;
    end = Math.ceil((address + bytes + PADDING) / PADDING) * PADDING;
    return address;
  };
  const outerBits = bitCount - tileBits;
  const stageBytes =
    bytesPerNumber * (2 * rowCount * (outerBits + 2) + 2 ** (outerBits + 1) + 2 * phaseCount);
  const stagesMax = Math.min(STAGES_MAX, Math.floor(ARENA_BYTES / 2 / stageBytes));
  const signs = reserve(2 ** columnBits * ROW_VECTORS * VECTOR_BYTES);
  const arena = reserve(ARENA_BYTES);
  const sums = reserve(SUMS_BYTES);
  const workspaces = Array.from({ length: threadCount }, () => ({
    tileRe: reserve(tile * bytesPerNumber),
    tileIm: reserve(tile * bytesPerNumber),
    tileCosts: reserve(tile * costBytes),
    rowsRe: reserve(rowCount * bytesPerNumber),
    rowsIm: reserve(rowCount * bytesPerNumber),
    columns: reserve(2 * ROW_VECTORS * VECTOR_BYTES),
    column: reserve(2 * COLUMN_SIZE_MAX * bytesPerNumber),
  }));
  const re = reserve(size * bytesPerNumber);
  const im = reserve(size * bytesPerNumber);
  const costs = reserve(size * costBytes);
  return {
    ...{ precision, bitCount, tileBits, columnBits, lowCount, bytesPerNumber, stagesMax },
    ...{ signs, arena, arenaEnd: arena + ARENA_BYTES, sums, workspaces },
    ...{ re, im, costs, costBytes, byteCount: end },
  };
}

function checkSize(request: LayoutRequest): void {
  const { qubitCount, precision, costBytes } = request;
  assert(Number.isInteger(qubitCount) && qubitCount >= 0, `qubit count: got ${qubitCount}`);
  const most = STATE_QUBITS_MAX[precision];
  const bytes = 2 ** qubitCount * ((precision === "f32" ? 8 : 16) + costBytes);
  if (qubitCount <= most && bytes < BYTES_MAX) return;
  throw new Fault(STATE_FAULTS.tooLarge, {
    detail:
      `state vector: expected at most ${most} qubits in ${precision} and less than 3.5 GiB, ` +
      `got ${counted(qubitCount, "qubit")}, which need ${(bytes / 2 ** 30).toFixed(1)} GiB`,
  });
}

/** Half of the bits that do not fit beside the narrowest row, so that two passes see every bit. */
function tileBitsFor(bitCount: number): number {
  if (bitCount <= 22) return Math.min(bitCount, 14);
  return bitCount <= 24 ? 15 : 16;
}
