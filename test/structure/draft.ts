/**
 * A problem on paper: what generators write and what is then disguised - variables and rows in
 * another order, rows scaled, turned, said twice or in two halves, biases of zero, the other
 * sense - before it is put together. A disguise changes how a problem is written, never what it is.
 */
import { type RandomStream, shuffle } from "#foundation";
import {
  COMPARISON,
  type ComparisonCode,
  type ObjectiveSense,
  ProblemAssembly,
  type QuadraticProblem,
  VARTYPE,
} from "#problem";

/** A variable: binary where bounds are absent. */
export interface DraftVariable {
  readonly cost: number;
  readonly bounds?: readonly [lower: number, upper: number];
}

/** A row: terms compared with a right side. */
export interface DraftRow {
  readonly terms: readonly (readonly [variable: number, bias: number])[];
  readonly comparison: ComparisonCode;
  readonly rightSide: number;
}

/** A problem on paper. */
export interface Draft {
  readonly sense: ObjectiveSense;
  readonly variables: readonly DraftVariable[];
  readonly pairs: readonly (readonly [one: number, other: number, bias: number])[];
  readonly rows: readonly DraftRow[];
}

const FLIPPED = Object.freeze({
  [COMPARISON.atMost]: COMPARISON.atLeast,
  [COMPARISON.equal]: COMPARISON.equal,
  [COMPARISON.atLeast]: COMPARISON.atMost,
} as const);

/** Factors that rows are multiplied by; all have exact or nearly exact products. */
const SCALES = [1, 1, 2, 3, 0.5, 0.1, 7, 1 / 7];

/** The problem, as drafted. */
export function assemble({ sense, variables, pairs, rows }: Draft): QuadraticProblem {
  const assembly = new ProblemAssembly(sense);
  for (const [index, { cost, bounds }] of variables.entries()) {
    assembly.addVariable(`v${(index * 7919) % 100_003}_${index}`);
    if (bounds !== undefined) assembly.restrict(index, VARTYPE.integer, ...bounds);
    assembly.addLinear(index, cost);
  }
  for (const [one, other, bias] of pairs) assembly.addQuadratic(one, other, bias);
  for (const [index, { terms, comparison, rightSide }] of rows.entries()) {
    const row = assembly.addRow({ label: `r${index}`, comparison, rightSide });
    for (const [variable, bias] of terms) assembly.addRowLinear(row, variable, bias);
  }
  return assembly.finish();
}

/** The same problem, written otherwise. */
export function disguised(draft: Draft, stream: RandomStream): Draft {
  const place = Array.from(draft.variables.keys());
  shuffle(place, stream);
  const rows = draft.rows.flatMap((row) => rewritten(row, place, stream));
  shuffle(rows, stream);
  const isTurned = stream.below(2) === 0;
  const sign = isTurned ? -1 : 1;
  const variables = new Array<DraftVariable>(place.length);
  for (const [index, variable] of draft.variables.entries()) {
    variables[place[index]] = { ...variable, cost: sign * variable.cost };
  }
  return {
    sense: isTurned === (draft.sense === "minimise") ? "maximise" : "minimise",
    variables,
    pairs: draft.pairs.map(([one, other, bias]) => [place[one], place[other], sign * bias]),
    rows,
  };
}

/** One row as one or two: scaled, turned, split into halves, repeated, with a bias of zero. */
function rewritten(row: DraftRow, place: readonly number[], stream: RandomStream): DraftRow[] {
  const terms = row.terms.map(([variable, bias]) => [place[variable], bias] as const);
  const moved = scaled({ ...row, terms: shuffled(terms, stream) }, stream);
  const stranger = stream.below(place.length);
  const padded = { ...moved, terms: [...moved.terms, [stranger, 0] as const] };
  const choice = stream.below(8);
  if (choice === 0) return [padded];
  if (choice === 1) return [moved, scaled(moved, stream)];
  if (choice !== 2 || row.comparison !== COMPARISON.equal) return [moved];
  return [
    { ...moved, comparison: COMPARISON.atMost },
    scaled({ ...moved, comparison: COMPARISON.atLeast }, stream),
  ];
}

function scaled({ terms, comparison, rightSide }: DraftRow, stream: RandomStream): DraftRow {
  const scale = SCALES[stream.below(SCALES.length)] * (stream.below(4) === 0 ? -1 : 1);
  return {
    terms: terms.map(([variable, bias]) => [variable, bias * scale]),
    comparison: scale < 0 ? FLIPPED[comparison] : comparison,
    rightSide: rightSide * scale,
  };
}

function shuffled<Item>(items: readonly Item[], stream: RandomStream): Item[] {
  const copy = [...items];
  shuffle(copy, stream);
  return copy;
}
