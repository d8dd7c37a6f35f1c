/**
 * Problems that look like a structure and are not, each with what it is instead: one row, one
 * bias or one product more. All are too large to be enumerated and too entangled to be a tree.
 */
import type { RandomStream } from "#foundation";
import { COMPARISON, type StructureKind } from "#problem";
import type { Draft, DraftRow } from "./draft.ts";
import {
  between,
  type Family,
  generalisedAssignment,
  indices,
  knapsack,
  linearAssignment,
  minCostFlow,
  multiKnapsack,
  multipleChoiceKnapsack,
  quadraticAssignment,
  quadraticKnapsack,
  selectK,
  sumRow,
  transportation,
} from "./families.ts";

/** Large enough that no near miss is enumerable or tree-like. */
const LARGE = 26;
/** The same for sparse problems, which stay like trees for longer. */
const WIDE = 90;

/** A near miss and the right answer. */
export interface NearMiss {
  readonly remark: string;
  readonly kind: StructureKind;
  readonly draw: Family;
}

function weighedRow(stream: RandomStream, count: number): DraftRow {
  const terms = indices(count).map((one) => [one, between(stream, 2, 9)] as const);
  return { terms, comparison: COMPARISON.atMost, rightSide: count };
}

/** The draft with the biases of one row changed. */
function withTerms(
  draft: Draft,
  row: number,
  change: (terms: DraftRow["terms"]) => DraftRow["terms"],
): Draft {
  const rows = draft.rows.map((one, at) =>
    at === row ? { ...one, terms: change(one.terms) } : one,
  );
  return { ...draft, rows };
}

function doubled(terms: DraftRow["terms"]): DraftRow["terms"] {
  return terms.map(([variable, bias], at) => [variable, at === 0 ? 2 * bias : bias]);
}

function plusRow(draft: Draft, row: DraftRow): Draft {
  return { ...draft, rows: [...draft.rows, row] };
}

function plusPair(draft: Draft): Draft {
  return { ...draft, pairs: [...draft.pairs, [0, draft.variables.length - 1, 3]] };
}

/** The first draft of a family that is as wanted. */
function drawUntil(
  stream: RandomStream,
  family: Family,
  size: number,
  isWanted: (draft: Draft) => boolean,
): Draft {
  for (;;) {
    const draft = family(stream, size);
    if (isWanted(draft)) return draft;
  }
}

function hasMany({ variables }: Draft): boolean {
  return variables.length > 150;
}

/** The draft in which whatever may be given once has to be. */
function allGiven(draft: Draft): Draft {
  const rows = draft.rows.map((row) =>
    row.rightSide === 1 ? { ...row, comparison: COMPARISON.equal } : row,
  );
  return { ...draft, rows };
}

/** An assignment that leaves some columns over. */
function wideAssignment(stream: RandomStream): Draft {
  const has = ({ rows }: Draft, wanted: number) =>
    rows.some(({ comparison }) => comparison === wanted);
  return drawUntil(stream, linearAssignment, 9, (draft) => {
    const isWide = has(draft, COMPARISON.atMost) && has(draft, COMPARISON.equal);
    return isWide && draft.variables.length > 30;
  });
}

/** Edges of a complete graph, of which no two share a vertex; odd cycles make it no assignment. */
const matching: Family = (stream) => {
  const vertices = 12;
  const edges = indices(vertices).flatMap((one) =>
    indices(one).map((other) => [other, one] as const),
  );
  return {
    sense: "maximise",
    variables: edges.map(() => ({ cost: between(stream, 1, 50) })),
    pairs: [],
    rows: indices(vertices).map((vertex) => {
      const own = indices(edges.length).filter((edge) => edges[edge].includes(vertex));
      return sumRow(own, COMPARISON.atMost, 1);
    }),
  };
};

/** Every row needs one of its variables at least. */
const covering: Family = (stream) => {
  const count = 40;
  const members = () => indices(count).filter(() => stream.below(3) === 0);
  return {
    sense: "minimise",
    variables: indices(count).map(() => ({ cost: between(stream, 1, 20) })),
    pairs: [],
    rows: indices(30).map(() => sumRow(members(), COMPARISON.atLeast, 1)),
  };
};

/** All near misses. */
export const nearMisses: readonly NearMiss[] = [
  {
    remark: "assignment with a coupling row",
    kind: "general-linear",
    draw: (stream) => {
      const draft = wideAssignment(stream);
      return plusRow(draft, weighedRow(stream, draft.variables.length));
    },
  },
  {
    remark: "assignment with one product",
    kind: "general-quadratic",
    draw: (stream) => plusPair(wideAssignment(stream)),
  },
  {
    remark: "assignment with one bias of two",
    kind: "general-linear",
    draw: (stream) => withTerms(wideAssignment(stream), 0, doubled),
  },
  {
    remark: "assignment of which one row allows two or three",
    kind: "transportation",
    draw: (stream) => {
      const draft = wideAssignment(stream);
      const { terms } = draft.rows[0];
      const rows = [{ terms, comparison: COMPARISON.equal, rightSide: 2 }, ...draft.rows.slice(1)];
      return { ...draft, rows };
    },
  },
  {
    remark: "transportation with one product",
    kind: "general-quadratic",
    draw: (stream) => plusPair(drawUntil(stream, transportation, LARGE, hasMany)),
  },
  {
    remark: "flow with a multiplier of two",
    kind: "general-linear",
    draw: (stream) => withTerms(minCostFlow(stream, WIDE), 0, doubled),
  },
  {
    remark: "flow with an arc in a third row",
    kind: "general-linear",
    draw: (stream) => {
      const draft = minCostFlow(stream, WIDE);
      return plusRow(draft, sumRow(indices(draft.variables.length), COMPARISON.atMost, 40));
    },
  },
  { remark: "matching in a graph with odd cycles", kind: "general-linear", draw: matching },
  { remark: "covering", kind: "general-linear", draw: covering },
  {
    remark: "knapsack with one product",
    kind: "quadratic-knapsack",
    draw: (stream) => plusPair(knapsack(stream, LARGE)),
  },
  {
    remark: "knapsack with a floor as well",
    kind: "general-linear",
    draw: (stream) => {
      const draft = knapsack(stream, LARGE);
      const [{ terms, rightSide }] = draft.rows;
      const floor = rightSide - 40;
      return plusRow(draft, { terms, comparison: COMPARISON.atLeast, rightSide: floor });
    },
  },
  {
    remark: "multiple choice with two capacities",
    kind: "general-linear",
    draw: (stream) => {
      const draft = allGiven(drawUntil(stream, multipleChoiceKnapsack, WIDE, hasMany));
      return plusRow(draft, weighedRow(stream, draft.variables.length));
    },
  },
  {
    remark: "several capacities, one of which has to be filled",
    kind: "general-linear",
    draw: (stream) => {
      const draft = multiKnapsack(stream, LARGE);
      const [first, ...rest] = draft.rows;
      return { ...draft, rows: [{ ...first, comparison: COMPARISON.equal }, ...rest] };
    },
  },
  {
    remark: "several capacities and a demand",
    kind: "general-linear",
    draw: (stream) => {
      const draft = multiKnapsack(stream, LARGE);
      return plusRow(draft, sumRow(indices(9), COMPARISON.atLeast, 3));
    },
  },
  {
    remark: "tasks of which two share a variable",
    kind: "general-linear",
    draw: (stream) => {
      const draft = allGiven(drawUntil(stream, generalisedAssignment, WIDE, hasMany));
      const stranger = draft.rows[1].terms[0];
      return withTerms(draft, 0, (terms) => [...terms, stranger]);
    },
  },
  {
    remark: "selection in which one counts twice",
    kind: "general-quadratic",
    draw: (stream) => {
      const draft = selectK(stream, LARGE);
      const rows = draft.rows.map((row) => ({ ...row, comparison: COMPARISON.equal }));
      return withTerms({ ...draft, rows }, 0, doubled);
    },
  },
  {
    remark: "selection with a second row",
    kind: "general-quadratic",
    draw: (stream) => plusRow(selectK(stream, LARGE), sumRow(indices(25), COMPARISON.atMost, 4)),
  },
  {
    remark: "quadratic knapsack with a second row",
    kind: "general-quadratic",
    draw: (stream) =>
      plusRow(quadraticKnapsack(stream, LARGE), sumRow(indices(25), COMPARISON.atMost, 4)),
  },
  {
    remark: "quadratic assignment with a further row",
    kind: "general-quadratic",
    draw: (stream) => {
      const isLarge = ({ variables }: Draft) => variables.length > 30;
      const draft = drawUntil(stream, quadraticAssignment, 7, isLarge);
      return plusRow(draft, sumRow([0, 8, 15, 22], COMPARISON.atMost, 2));
    },
  },
];
