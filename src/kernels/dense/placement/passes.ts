/**
 * The inner loops of search over placements, in doubles: what an exchange of two facilities changes
 * in sums over flows and distances, in what every other exchange gains, and the least gains there
 * are in each row. Matrices have rows of `width` bytes, two doubles at least.
 */
import { type Code, unsigned } from "../../assembly/encoding.ts";
import {
  add,
  constant,
  get,
  type Local,
  lessThan,
  repeatWhile,
  set,
} from "../../assembly/instruction.ts";
import { type Routine, routine } from "../../assembly/routine.ts";
import { loadVector, SIMD, storeVector, VECTOR_BYTES } from "../../assembly/simd.ts";
import type { DenseLanes } from "../lanes.ts";

const multiply = (a: Code, b: Code): Code => [a, b, SIMD, unsigned(242)];
const isGreater = (a: Code, b: Code): Code => [a, b, SIMD, unsigned(74)];
const both = (a: Code, b: Code): Code => [a, b, SIMD, unsigned(78)];

const step = (pointer: Local, bytes: Code): Code => set(pointer, add(get(pointer), bytes));

/**
 * Adds the product of two vectors: (matrix, width, end, column, row). The entry in row i and column
 * j grows by entry i of `column` times entry j of `row`.
 */
export function addProduct(lanes: DenseLanes): Routine {
  return routine(
    "addProduct",
    ["i32", "i32", "i32", "i32", "i32"],
    ([matrix, width, end, column, row], declare) => {
      const [factor, at, rowEnd] = [declare("v128"), declare("i32"), declare("i32")];
      const sum = lanes.add(loadVector(get(matrix)), multiply(get(factor), loadVector(get(at))));
      return repeatWhile(
        [
          set(factor, lanes.loadSplat(get(column))),
          set(at, get(row)),
          set(rowEnd, add(get(matrix), get(width))),
          repeatWhile(
            [
              storeVector(get(matrix), sum),
              step(matrix, constant(VECTOR_BYTES)),
              step(at, constant(VECTOR_BYTES)),
            ],
            lessThan(get(matrix), get(rowEnd)),
          ),
          step(column, constant(lanes.gainBytes)),
        ],
        lessThan(get(matrix), get(end)),
      );
    },
  );
}

/**
 * Brings the gains of exchanges up to date: (gains, width, end, flows, distances). The entry in row
 * i and column j shrinks by (flows[i] - flows[j]) (distances[i] - distances[j]).
 */
export function revise(lanes: DenseLanes): Routine {
  return routine(
    "revise",
    ["i32", "i32", "i32", "i32", "i32"],
    ([gains, width, end, flows, distances], declare) => {
      const [flow, distance] = [declare("v128"), declare("v128")];
      const [flowAt, distanceAt, rowEnd] = [declare("i32"), declare("i32"), declare("i32")];
      const [firstFlow, firstDistance] = [declare("i32"), declare("i32")];
      const change = multiply(
        lanes.subtract(get(flow), loadVector(get(flowAt))),
        lanes.subtract(get(distance), loadVector(get(distanceAt))),
      );
      return [
        set(firstFlow, get(flows)),
        set(firstDistance, get(distances)),
        repeatWhile(
          [
            set(flow, lanes.loadSplat(get(flows))),
            set(distance, lanes.loadSplat(get(distances))),
            set(flowAt, get(firstFlow)),
            set(distanceAt, get(firstDistance)),
            set(rowEnd, add(get(gains), get(width))),
            repeatWhile(
              [
                storeVector(get(gains), lanes.subtract(loadVector(get(gains)), change)),
                [gains, flowAt, distanceAt].map((at) => step(at, constant(VECTOR_BYTES))),
              ],
              lessThan(get(gains), get(rowEnd)),
            ),
            step(flows, constant(lanes.gainBytes)),
            step(distances, constant(lanes.gainBytes)),
          ],
          lessThan(get(gains), get(end)),
        ),
      ];
    },
  );
}

/**
 * The least gains of each row: (gains, width, end, rests, now, least). An exchange whose entry in
 * `rests` is greater than the number at `now` is barred; one with an infinite entry does not exist.
 * Writes two vectors for each row from `least` on: lane by lane the least gain that is not barred,
 * and the least one.
 */
export function lookThrough(lanes: DenseLanes): Routine {
  return routine(
    "lookThrough",
    ["i32", "i32", "i32", "i32", "i32", "i32"],
    ([gains, width, end, rests, now, least], declare) => {
      const [time, gain, rest] = [declare("v128"), declare("v128"), declare("v128")];
      const [admitted, any, rowEnd] = [declare("v128"), declare("v128"), declare("i32")];
      const barred = both(isGreater(get(rest), get(time)), lanes.greatest);
      // Infinity less infinity is no number, and least of all: it is never the lesser one.
      const existing = lanes.add(get(gain), lanes.subtract(get(rest), get(rest)));
      return [
        set(time, lanes.loadSplat(get(now))),
        repeatWhile(
          [
            set(admitted, lanes.greatest),
            set(any, lanes.greatest),
            set(rowEnd, add(get(gains), get(width))),
            repeatWhile(
              [
                set(gain, loadVector(get(gains))),
                set(rest, loadVector(get(rests))),
                set(admitted, lanes.least(get(admitted), lanes.add(get(gain), barred))),
                set(any, lanes.least(get(any), existing)),
                step(gains, constant(VECTOR_BYTES)),
                step(rests, constant(VECTOR_BYTES)),
              ],
              lessThan(get(gains), get(rowEnd)),
            ),
            storeVector(get(least), get(admitted)),
            storeVector(get(least), get(any), VECTOR_BYTES),
            step(least, constant(2 * VECTOR_BYTES)),
          ],
          lessThan(get(gains), get(end)),
        ),
      ];
    },
  );
}
