/**
 * Templates: embeddings of complete graphs that need no search. For a wanted size the smallest
 * staircases that give as many chains are compared by (longest chain, qubits). Deterministic, and
 * remembered per working graph.
 */
import { areCoupled, type HardwareGraph } from "../graph/hardware-graph.ts";
import { type Crossbar, crossbarOf, pieceAt } from "./crossbar.ts";
import {
  type Elbow,
  elbowLength,
  elbowQubits,
  elbowsOf,
  reachesOf,
  type Staircase,
} from "./staircase.ts";
import { wholeWidth, windows } from "./staircases.ts";

/** Staircases of a size that are compared once they give enough chains. */
const CANDIDATES_MAX = 40;
/** Of these, the best that are looked at for missing couplers. */
const LOOKS_MAX = 8;
/** Windows grow by this share at a time. */
const GROWTH = 1.04;

interface Remembered {
  readonly crossbar: Crossbar;
  readonly bySize: Map<number, readonly Int32Array[] | undefined>;
}

interface Candidate {
  readonly elbows: readonly Elbow[];
  readonly longest: number;
  readonly qubits: number;
}

const remembered = new WeakMap<HardwareGraph, Remembered>();

/**
 * The chains of a complete graph of `size` variables, or `undefined` if no template has so many on
 * this working graph. Sizes up to the topology's native clique always have one where everything
 * works: t m on Chimera, 12 (m - 1) on Pegasus from m = 4 on, 4 t m - 2 t on Zephyr.
 */
export function cliqueEmbedding(
  graph: HardwareGraph,
  size: number,
): readonly Int32Array[] | undefined {
  const { crossbar, bySize } = rememberedOf(graph);
  if (!bySize.has(size)) bySize.set(size, findTemplate(graph, crossbar, size));
  return bySize.get(size);
}

function rememberedOf(graph: HardwareGraph): Remembered {
  const known = remembered.get(graph);
  if (known !== undefined) return known;
  const fresh = { crossbar: crossbarOf(graph), bySize: new Map() };
  remembered.set(graph, fresh);
  return fresh;
}

function findTemplate(
  graph: HardwareGraph,
  crossbar: Crossbar,
  size: number,
): readonly Int32Array[] | undefined {
  if (size === 0) return Object.freeze([]);
  const { horizontal, vertical } = crossbar;
  const widest = Math.min(horizontal.length, vertical.length);
  const tracks = Math.max(0, ...horizontal.map((lines) => lines.length));
  let width = Math.ceil(size / Math.max(1, tracks));
  while (width <= widest) {
    const found = bestOf(graph, crossbar, size, windows(crossbar, width));
    if (found !== undefined) return found;
    width = Math.max(width + 1, Math.floor(width * GROWTH));
  }
  return bestOf(graph, crossbar, size, wholeWidth(graph.topology));
}

/** The best template among `staircases`, if any has `size` chains. */
function bestOf(
  graph: HardwareGraph,
  crossbar: Crossbar,
  size: number,
  staircases: Iterable<Staircase>,
): readonly Int32Array[] | undefined {
  const candidates: Candidate[] = [];
  for (const staircase of staircases) {
    const elbows = elbowsOf(crossbar, staircase, size);
    if (elbows === undefined) continue;
    candidates.push(measured(elbows));
    if (candidates.length === CANDIDATES_MAX) break;
  }
  candidates.sort((a, b) => a.longest - b.longest || a.qubits - b.qubits);
  for (const { elbows } of candidates.slice(0, LOOKS_MAX)) {
    const whole = withoutGaps(graph, elbows);
    if (whole.length < size) continue;
    const kept = whole.slice(0, size);
    const reaches = reachesOf(kept);
    return Object.freeze(
      kept.map((elbow, index) => Int32Array.from(elbowQubits(elbow, reaches[index])).sort()),
    );
  }
  return undefined;
}

function measured(elbows: readonly Elbow[]): Candidate {
  const reaches = reachesOf(elbows);
  const lengths = elbows.map((elbow, index) => elbowLength(elbow, reaches[index]));
  return {
    elbows,
    longest: Math.max(...lengths),
    qubits: lengths.reduce((sum, length) => sum + length, 0),
  };
}

/**
 * Leaves out elbows, those with the most gaps first, until every coupler that is counted on is
 * there: the one at each corner, and one between any two.
 */
function withoutGaps(graph: HardwareGraph, elbows: readonly Elbow[]): readonly Elbow[] {
  const whole = elbows.filter((elbow) => isCrossing(graph, elbow, elbow));
  const gaps = new Map<Elbow, Set<Elbow>>();
  for (const [index, earlier] of whole.entries()) {
    for (const later of whole.slice(index + 1)) {
      if (isCrossing(graph, earlier, later)) continue;
      for (const [one, other] of [
        [earlier, later],
        [later, earlier],
      ]) {
        gaps.set(one, (gaps.get(one) ?? new Set()).add(other));
      }
    }
  }
  const dropped = new Set<Elbow>();
  for (;;) {
    const worst = mostGaps(gaps);
    if (worst === undefined) return whole.filter((elbow) => !dropped.has(elbow));
    dropped.add(worst);
    for (const other of gaps.get(worst) ?? []) gaps.get(other)?.delete(worst);
    gaps.delete(worst);
  }
}

function mostGaps(gaps: ReadonlyMap<Elbow, ReadonlySet<Elbow>>): Elbow | undefined {
  let most = 0;
  let found: Elbow | undefined;
  for (const [elbow, { size }] of gaps) {
    if (size <= most) continue;
    most = size;
    found = elbow;
  }
  return found;
}

/** Whether the first one's horizontal line is coupled to the second one's vertical line. */
function isCrossing(graph: HardwareGraph, { horizontal }: Elbow, { vertical }: Elbow): boolean {
  const across = horizontal.qubits[pieceAt(horizontal, vertical.place)];
  const along = vertical.qubits[pieceAt(vertical, horizontal.place)];
  return areCoupled(graph, across, along);
}
