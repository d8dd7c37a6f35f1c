/**
 * Whether win, tie or loss can be told beforehand: a decision tree of two questions on features,
 * and how often it is right on families it was not made from.
 */
import type { Challenger } from "./camps.ts";
import type { Verdict } from "./entry.ts";
import type { Features } from "./features.ts";

/** What a verdict can be predicted to be. */
export type Outcome = Exclude<Verdict["outcome"], "not-run">;

/** A verdict with what was to be seen before. */
export interface Case {
  readonly family: string;
  readonly challenger: Challenger;
  readonly features: Features;
  readonly outcome: Outcome;
}

/** A decision tree. */
export type Tree =
  | { readonly kind: "leaf"; readonly outcome: Outcome; readonly cases: number }
  | {
      readonly kind: "split";
      readonly feature: string;
      /** Cases of at most this go to `low`. */
      readonly at: number;
      readonly low: Tree;
      readonly high: Tree;
    };

/** How often predictions were right. */
export interface Forecast {
  /** Made from all cases. */
  readonly tree: Tree;
  readonly cases: number;
  /** On families left out. */
  readonly right: number;
  /** By always saying what was most frequent in the other families. */
  readonly rightByHabit: number;
  /** Of the predictions of each outcome. */
  readonly precision: readonly {
    readonly outcome: Outcome;
    readonly predicted: number;
    readonly right: number;
  }[];
}

const OUTCOMES: readonly Outcome[] = ["win", "tie", "loss"];
const QUESTIONS_MAX = 2;
const LEAF_MIN = 2;

/** Features as numbers: what a question can be about. */
const FEATURES: readonly (readonly [name: string, of: (one: Case) => number])[] = [
  ["circuits and annealers", ({ challenger }) => (challenger === "quantum" ? 1 : 0)],
  ["variables", ({ features }) => features.variables],
  ["density", ({ features }) => features.density],
  ["rows", ({ features }) => features.rows],
  ["groups", ({ features }) => features.groups],
  ["special structure", ({ features }) => (features.structure.startsWith("general") ? 0 : 1)],
];

/** Learns from all cases, and tests on each family what was learnt from the others. */
export function forecastOf(cases: readonly Case[]): Forecast | null {
  const families = [...new Set(cases.map(({ family }) => family))];
  if (families.length < 2) return null;
  const tested = families.flatMap((family) => {
    const others = cases.filter((one) => one.family !== family);
    const [tree, habit] = [treeOf(others, QUESTIONS_MAX), mostFrequent(others)];
    return cases
      .filter((one) => one.family === family)
      .map((one) => ({ outcome: one.outcome, predicted: predict(tree, one), habit }));
  });
  return {
    tree: treeOf(cases, QUESTIONS_MAX),
    cases: cases.length,
    right: tested.filter(({ outcome, predicted }) => outcome === predicted).length,
    rightByHabit: tested.filter(({ outcome, habit }) => outcome === habit).length,
    precision: OUTCOMES.map((outcome) => {
      const own = tested.filter(({ predicted }) => predicted === outcome);
      const right = own.filter((one) => one.outcome === outcome).length;
      return { outcome, predicted: own.length, right };
    }),
  };
}

/** The tree in words, one line for each leaf. */
export function treeWords(tree: Tree, path: readonly string[] = []): readonly string[] {
  if (tree.kind === "leaf") {
    const where = path.length === 0 ? "always" : path.join(", ");
    return [`${where}: ${tree.outcome} (${tree.cases} cases)`];
  }
  const { feature, low, high } = tree;
  const at = Number(tree.at.toPrecision(3));
  return [
    ...treeWords(low, [...path, `${feature} at most ${at}`]),
    ...treeWords(high, [...path, `${feature} above ${at}`]),
  ];
}

/** Of the splits that leave the fewest wrong, the first. */
function treeOf(cases: readonly Case[], questions: number): Tree {
  const leaf: Tree = { kind: "leaf", outcome: mostFrequent(cases), cases: cases.length };
  if (questions === 0) return leaf;
  let best: { readonly impurity: number; readonly tree: Tree } = {
    impurity: impurity(cases),
    tree: leaf,
  };
  for (const [feature, of] of FEATURES) {
    const values = [...new Set(cases.map(of))].toSorted((a, b) => a - b);
    for (const [place, value] of values.slice(0, -1).entries()) {
      const at = (value + values[place + 1]) / 2;
      const [low, high] = [
        cases.filter((one) => of(one) <= at),
        cases.filter((one) => of(one) > at),
      ];
      if (Math.min(low.length, high.length) < LEAF_MIN) continue;
      const left = impurity(low) + impurity(high);
      if (left >= best.impurity) continue;
      const next = questions - 1;
      const branches = { low: treeOf(low, next), high: treeOf(high, next) };
      best = { impurity: left, tree: pruned({ kind: "split", feature, at, ...branches }) };
    }
  }
  return best.tree;
}

/** A question whose answers lead to the same is not asked. */
function pruned(split: Extract<Tree, { readonly kind: "split" }>): Tree {
  const { low, high } = split;
  if (low.kind === "split" || high.kind === "split" || low.outcome !== high.outcome) return split;
  return { ...low, cases: low.cases + high.cases };
}

/** The Gini impurity, times the number of cases. */
function impurity(cases: readonly Case[]): number {
  const squares = OUTCOMES.map((one) => cases.filter(({ outcome }) => outcome === one).length ** 2);
  return cases.length - squares.reduce((sum, one) => sum + one, 0) / Math.max(1, cases.length);
}

function mostFrequent(cases: readonly Case[]): Outcome {
  const count = (one: Outcome) => cases.filter(({ outcome }) => outcome === one).length;
  return OUTCOMES.reduce((best, one) => (count(one) > count(best) ? one : best));
}

function predict(tree: Tree, one: Case): Outcome {
  if (tree.kind === "leaf") return tree.outcome;
  const [, of] = FEATURES.find(([name]) => name === tree.feature) ?? FEATURES[0];
  return predict(of(one) <= tree.at ? tree.low : tree.high, one);
}
