/**
 * The problem of a tick without effects of pairs, laid out array by array: the same, to the last
 * number, as {@link ProblemAssembly} would build from its terms, at a fraction of the time. A large
 * tick has a million options, and a term list of them is as dear as solving them.
 */
import { COMPARISON, HARD, type QuadraticProblem, SHAPE, VARTYPE } from "#problem";
import type { Options } from "./options.ts";
import type { PlaceRows } from "./place-rows.ts";
import type { RoutingQuestion } from "./question.ts";

/** The problem of a linear `question`. */
export function linearProblem(
  question: RoutingQuestion,
  options: Options,
  placeRows: PlaceRows,
): QuadraticProblem {
  const optionCount = options.placeOf.length;
  const { tallyMaxima } = placeRows;
  const variableCount = optionCount + tallyMaxima.length;
  const vartypes = new Uint8Array(room(variableCount)).fill(VARTYPE.binary);
  const upperBounds = new Float64Array(room(8 * variableCount)).fill(1);
  for (const [tally, most] of tallyMaxima.entries()) {
    if (most === 1) continue;
    vartypes[optionCount + tally] = VARTYPE.integer;
    upperBounds[optionCount + tally] = most;
  }
  return Object.freeze({
    kind: "quadratic",
    sense: "maximise",
    variableCount,
    vartypes,
    lowerBounds: new Float64Array(room(8 * variableCount)),
    upperBounds,
    labels: undefined,
    objective: objectiveOf(options, variableCount),
    constraints: constraintsOf(question, options, placeRows),
  });
}

function objectiveOf(
  { starts, worths, aloneWorths }: Options,
  variableCount: number,
): QuadraticProblem["objective"] {
  const linear = new Float64Array(room(8 * variableCount));
  let offset = 0;
  for (const [contact, alone] of aloneWorths.entries()) {
    offset += alone;
    for (let at = starts[contact]; at < starts[contact + 1]; at += 1) {
      linear[at] = worths[at] - alone;
    }
  }
  return Object.freeze({
    offset,
    linear,
    starts: new Int32Array(room(4 * (variableCount + 1))),
    columns: new Int32Array(room(0)),
    biases: new Float64Array(room(0)),
  });
}

function constraintsOf(
  { contacts }: RoutingQuestion,
  options: Options,
  placeRows: PlaceRows,
): QuadraticProblem["constraints"] {
  const { rows, rowOf, tallyOf, tallyRowOf } = placeRows;
  const count = contacts.length + rows.length;
  const starts = new Int32Array(room(4 * (count + 1)));
  const perPlace = new Int32Array(options.places.length);
  for (const place of options.placeOf) perPlace[place] += 1;
  for (let contact = 0; contact < contacts.length; contact += 1) {
    starts[contact + 1] = options.starts[contact + 1] - options.starts[contact];
  }
  for (const [place, options] of perPlace.entries()) {
    starts[contacts.length + rowOf[place] + 1] += options + (tallyOf[place] < 0 ? 0 : 1);
    if (tallyOf[place] >= 0) starts[contacts.length + tallyRowOf[place] + 1] += 1;
  }
  for (let row = 0; row < count; row += 1) starts[row + 1] += starts[row];
  const { columns, biases } = entriesOf(options, placeRows, starts, contacts.length);
  return Object.freeze({
    count,
    labels: Object.freeze([
      ...contacts.map(({ id }) => `contact:${id}`),
      ...rows.map(({ label }) => label),
    ]),
    ...boundsOf(contacts.length, placeRows, starts),
    weights: new Float64Array(room(8 * count)).fill(HARD),
    penalties: new Uint8Array(room(count)),
    starts,
    columns,
    biases,
    pairStarts: new Int32Array(room(4 * (count + 1))),
    pairFirsts: new Int32Array(room(0)),
    pairSeconds: new Int32Array(room(0)),
    pairBiases: new Float64Array(room(0)),
  });
}

/** Variables and biases of all rows, row by row, variables ascending. */
function entriesOf(
  { placeOf, places }: Options,
  { rowOf, tallyOf, tallyRowOf }: PlaceRows,
  starts: Int32Array,
  contactCount: number,
) {
  const columns = new Int32Array(room(4 * starts[starts.length - 1]));
  const biases = new Float64Array(room(8 * columns.length)).fill(1);
  // The rows of contacts come first, and their options lie in the same order.
  for (let option = 0; option < placeOf.length; option += 1) columns[option] = option;
  const next = starts.slice(contactCount);
  for (let option = 0; option < placeOf.length; option += 1) {
    const row = rowOf[placeOf[option]];
    columns[next[row]] = option;
    next[row] += 1;
  }
  for (let place = 0; place < places.length; place += 1) {
    if (tallyOf[place] < 0) continue;
    for (const [row, bias] of [
      [rowOf[place], -1],
      [tallyRowOf[place], 1],
    ]) {
      columns[next[row]] = placeOf.length + tallyOf[place];
      biases[next[row]] = bias;
      next[row] += 1;
    }
  }
  return { columns, biases };
}

/** How rows compare, with what, and what they say. */
function boundsOf(
  contactCount: number,
  { rows, rowOf, tallyOf, tallyMaxima, tallyRowOf }: PlaceRows,
  starts: Int32Array,
) {
  const count = contactCount + rows.length;
  const comparisons = new Uint8Array(room(count)).fill(COMPARISON.atMost);
  const rightSides = new Float64Array(room(8 * count)).fill(1);
  const shapes = new Uint8Array(room(count)).fill(SHAPE.cardinality);
  for (const [row, { most }] of rows.entries()) rightSides[contactCount + row] = most;
  for (const [place, tally] of tallyOf.entries()) {
    if (tally < 0) continue;
    comparisons[contactCount + rowOf[place]] = COMPARISON.equal;
    shapes[contactCount + rowOf[place]] = SHAPE.general;
    if (tallyMaxima[tally] > 1) shapes[contactCount + tallyRowOf[place]] = SHAPE.general;
  }
  for (let row = 0; row < count; row += 1) {
    if (starts[row] === starts[row + 1]) shapes[row] = SHAPE.general;
  }
  return { comparisons, rightSides, shapes };
}

/** Memory that threads read without a copy. */
function room(byteCount: number): SharedArrayBuffer {
  return new SharedArrayBuffer(byteCount);
}
