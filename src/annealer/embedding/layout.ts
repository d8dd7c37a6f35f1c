/**
 * A layout as a start: variables are laid out in the plane so that those that interact lie near
 * each other, and each gets the nearest free qubit. Axes are the second and third eigenvector of
 * the walk on the source graph, by power iteration (Y. Koren, COCOON 2003).
 */
import type { RandomStream } from "#foundation";
import { crossbarOf } from "../clique/crossbar.ts";
import type { HardwareGraph } from "../graph/hardware-graph.ts";
import type { ChainTrees } from "./chain-trees.ts";
import type { SourceGraph } from "./source-graph.ts";

const ITERATIONS = 60;
/** Room for each variable, in qubits, of which it takes the middle one. */
const QUBITS_EACH = 3;

/** Plants every variable. */
export function plantByLayout(trees: ChainTrees, random: RandomStream): void {
  const { source, graph } = trees;
  const { qubits, across, along } = qubitsInPlane(graph);
  const share = Math.min(1, (QUBITS_EACH * source.variableCount) / Math.max(1, qubits.length));
  const first = axis(source, random, []);
  const second = axis(source, random, [first]);
  const [x, y] = [spread(first, across, Math.sqrt(share)), spread(second, along, Math.sqrt(share))];
  const isTaken = new Uint8Array(graph.labelCount);
  for (let variable = 0; variable < source.variableCount; variable += 1) {
    let nearest = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let place = 0; place < qubits.length; place += 1) {
      if (isTaken[qubits[place]] === 1) continue;
      const [dx, dy] = [across[place] - x[variable], along[place] - y[variable]];
      const square = dx * dx + dy * dy;
      if (square >= least) continue;
      least = square;
      nearest = qubits[place];
    }
    if (nearest < 0) return;
    isTaken[nearest] = 1;
    trees.plant(variable, nearest);
  }
}

/** Every working qubit with the middle of what it crosses. */
function qubitsInPlane(graph: HardwareGraph) {
  const { vertical, horizontal } = crossbarOf(graph);
  const qubits: number[] = [];
  const across: number[] = [];
  const along: number[] = [];
  for (const [lines, place, middle] of [
    [vertical.flat(), across, along],
    [horizontal.flat(), along, across],
  ] as const) {
    for (const line of lines) {
      for (const [piece, qubit] of line.qubits.entries()) {
        if (graph.works[qubit] === 0) continue;
        qubits.push(qubit);
        place.push(line.place);
        middle.push(line.begin + line.span * (piece + 0.5));
      }
    }
  }
  return { qubits, across, along };
}

/** A slow mode of averaging over neighbours, orthogonal to `others` and to constants. */
function axis(
  { variableCount, starts, neighbours }: SourceGraph,
  random: RandomStream,
  others: readonly Float64Array[],
): Float64Array {
  let values = Float64Array.from({ length: variableCount }, () => random.unit() - 0.5);
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    const next = values.map((value, variable) => {
      const [from, to] = [starts[variable], starts[variable + 1]];
      let sum = 0;
      for (let entry = from; entry < to; entry += 1) sum += values[neighbours[entry]];
      return to === from ? value : (value + sum / (to - from)) / 2;
    });
    const mean = next.reduce((sum, value) => sum + value, 0) / variableCount;
    values = next.map((value) => value - mean);
    for (const other of others) remove(values, other);
    const length = Math.sqrt(dot(values, values));
    if (length > 0) values = values.map((value) => value / length);
  }
  return values;
}

function remove(values: Float64Array, unit: Float64Array): void {
  const share = dot(values, unit);
  for (let index = 0; index < values.length; index += 1) values[index] -= share * unit[index];
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index], 0);
}

/** By rank, evenly over the middle `share` of the range of `places`. */
function spread(values: Float64Array, places: readonly number[], share: number): Float64Array {
  const least = places.reduce((low, place) => Math.min(low, place), Number.POSITIVE_INFINITY);
  const greatest = places.reduce((high, place) => Math.max(high, place), Number.NEGATIVE_INFINITY);
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  const spots = new Float64Array(values.length);
  for (const [rank, variable] of order.entries()) {
    const position = (rank + 0.5) / values.length;
    spots[variable] = least + (greatest - least) * (0.5 + share * (position - 0.5));
  }
  return spots;
}
