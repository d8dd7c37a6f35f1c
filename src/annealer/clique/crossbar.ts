/**
 * A hardware graph seen as a crossbar: vertical and horizontal lines, each a row of coupled pieces
 * (qubits), and a coupler wherever two of them cross. Chimera, Pegasus and Zephyr differ only in
 * how many lines lie at a place and where their pieces begin. Source of the view: K. Boothby, A. D.
 * King and A. Roy, Quantum Information Processing 15, 2016.
 */
import { unreachable } from "#foundation";
import { areCoupled, type HardwareGraph } from "../graph/hardware-graph.ts";
import { PEGASUS_LINES, PEGASUS_OFFSETS } from "../graph/pegasus.ts";
import { labelAt } from "../graph/topology.ts";

/** One line: pieces of equal span, end to end. */
export interface Line {
  /** Where it crosses lines of the other direction. */
  readonly place: number;
  /** The first place its first piece crosses. */
  readonly begin: number;
  /** Places each piece crosses. */
  readonly span: number;
  readonly qubits: readonly number[];
  /** Pieces of one number work and are coupled end to end; -1 where a piece does not work. */
  readonly runs: readonly number[];
}

/** Lines by place, in both directions. */
export interface Crossbar {
  readonly vertical: readonly (readonly Line[])[];
  readonly horizontal: readonly (readonly Line[])[];
}

/** The crossbar of a working graph. */
export function crossbarOf(graph: HardwareGraph): Crossbar {
  return Object.freeze({ vertical: linesOf(graph, 0), horizontal: linesOf(graph, 1) });
}

/** The number of the piece that crosses `place`; may be out of range. */
export function pieceAt({ begin, span }: Line, place: number): number {
  return Math.floor((place - begin) / span);
}

/** Whether working pieces coupled end to end cross every place from `low` to `high`. */
export function covers(line: Line, low: number, high: number): boolean {
  const first = pieceAt(line, low);
  const last = pieceAt(line, high);
  if (first < 0 || last >= line.qubits.length) return false;
  return line.runs[first] >= 0 && line.runs[first] === line.runs[last];
}

function linesOf(graph: HardwareGraph, u: 0 | 1): readonly (readonly Line[])[] {
  const { topology } = graph;
  const label = (...coordinates: readonly number[]) => labelAt(topology, coordinates);
  switch (topology.kind) {
    case "chimera": {
      const { m, n, t } = topology;
      const [places, length] = u === 0 ? [n, m] : [m, n];
      return counted(places, (place) =>
        counted(t, (k) => {
          const at = (z: number) => (u === 0 ? label(z, place, u, k) : label(place, z, u, k));
          return lineOf(graph, { place, begin: 0, span: 1, qubits: counted(length, at) });
        }),
      );
    }
    case "pegasus":
      return counted(topology.m * PEGASUS_LINES, (place) => {
        const [w, k] = [Math.floor(place / PEGASUS_LINES), place % PEGASUS_LINES];
        const qubits = counted(topology.m - 1, (z) => label(u, w, k, z));
        const begin = PEGASUS_OFFSETS[u][k];
        return [lineOf(graph, { place, begin, span: PEGASUS_LINES, qubits })];
      });
    case "zephyr":
      return counted(2 * topology.m + 1, (place) =>
        counted(2 * topology.t, (track) => {
          const qubits = counted(topology.m, (z) => label(u, place, track >> 1, track & 1, z));
          return lineOf(graph, { place, begin: track & 1, span: 2, qubits });
        }),
      );
    default:
      return unreachable(topology);
  }
}

function lineOf(graph: HardwareGraph, line: Omit<Line, "runs">): Line {
  let run = 0;
  const runs = line.qubits.map((qubit, piece) => {
    if (piece > 0 && !areCoupled(graph, line.qubits[piece - 1], qubit)) run += 1;
    return graph.works[qubit] === 1 ? run : -1;
  });
  return { ...line, runs };
}

function counted<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
