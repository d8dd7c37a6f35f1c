/**
 * What a study found, table by table, as plain values: what `--json` prints and the page shows.
 */
import { present } from "#foundation";
import { adjustP, quantile } from "#statistics";
import { CONFIGURATIONS, type Family } from "./candidates.ts";
import { type Comparison, type Contest, champion, compare } from "./comparison.ts";
import type { Diagnosis } from "./diagnose.ts";
import type { FoldScore } from "./nested.ts";
import { CURVE_SHARES, type SeedScores, type StudyOptions, type TableScores } from "./run-study.ts";
import { overallWords, type Verdict, verdictOf } from "./verdict.ts";

/** How a model did on a table, over all folds of all seeds. */
export interface ModelRow {
  readonly name: string;
  readonly family: Family;
  /** Mean balanced accuracy; least and greatest mean of a seed. */
  readonly score: number;
  readonly least: number;
  readonly greatest: number;
  /** The configuration chosen most often. */
  readonly chosen: string;
  readonly tuneCpuMs: number;
  readonly predictCpuUs: number;
  /** Of a device, for one prediction: the median. */
  readonly circuits: number;
}

/** A family's mean balanced accuracy on the first folds after learning from so many rows. */
export interface CurvePoint {
  readonly family: Family;
  readonly rows: number;
  readonly score: number;
}

/** What was found on one table. */
export interface TableReport {
  readonly name: string;
  readonly rows: number;
  readonly features: number;
  readonly classes: readonly string[];
  readonly trainRows: number;
  readonly qubits: number;
  /** Mean balanced accuracy over all folds, by family. */
  readonly families: Readonly<Record<(typeof FAMILIES)[number], number>>;
  readonly models: readonly ModelRow[];
  readonly comparisons: readonly Comparison[];
  readonly curves: readonly CurvePoint[];
  /** Medians over the seeds. */
  readonly diagnoses: readonly Diagnosis[];
  readonly verdict: Verdict;
}

/** What a study found. */
export interface StudyReport {
  readonly study: "kernels";
  readonly seeds: number;
  readonly seedsDone: number;
  readonly isPartial: boolean;
  readonly folds: number;
  readonly rowsMax: number;
  readonly featuresMax: number;
  readonly seed: number;
  readonly configurations: number;
  readonly metric: "balanced accuracy";
  readonly tables: readonly TableReport[];
  readonly words: readonly string[];
}

const FAMILIES = Object.freeze(["classical", "inspired", "quantum"] as const);

const CONTESTS: readonly Contest[] = Object.freeze([
  { title: "quantum against classical", of: isFamily("quantum"), against: isFamily("classical") },
  { title: "inspired against classical", of: isFamily("inspired"), against: isFamily("classical") },
  { title: "quantum against inspired", of: isFamily("quantum"), against: isFamily("inspired") },
  {
    title: "entanglement: ZZ against separable",
    of: ({ name }) => name.startsWith("zz-"),
    against: ({ name }) => name.startsWith("separable-"),
  },
]);

/** Reports on seeds complete on every table: at least two. */
export function reportOf(scores: readonly TableScores[], options: StudyOptions): StudyReport {
  const seedsDone = seedsComplete(scores);
  const found = scores.map(({ table, seeds }) => ({ table, seeds: seeds.slice(0, seedsDone) }));
  const comparisons = found.map(({ seeds }) => CONTESTS.map((contest) => compare(contest, seeds)));
  // One question is asked of every table: was quantum better than classical?
  const adjusted = adjustP(
    comparisons.map(([first]) => first.p),
    "holm",
  );
  const tables = found.map((one, at) => ({
    ...factsOf(one, options),
    comparisons: comparisons[at],
    verdict: verdictOf(comparisons[at], adjusted[at]),
  }));
  return {
    study: "kernels",
    seeds: options.seeds,
    seedsDone,
    isPartial: seedsDone < options.seeds,
    folds: options.folds,
    rowsMax: options.rows,
    featuresMax: options.features,
    seed: options.seed,
    configurations: CONFIGURATIONS,
    metric: "balanced accuracy",
    tables,
    words: overallWords(tables.map(({ verdict }) => verdict)),
  };
}

/** How many seeds are complete on every table. */
export function seedsComplete(scores: readonly TableScores[]): number {
  return Math.min(...scores.map(({ seeds }) => seeds.length));
}

function factsOf({ table, seeds }: TableScores, { features }: StudyOptions) {
  return {
    name: table.name,
    rows: table.rows.count,
    features: table.rows.width,
    classes: table.classNames,
    trainRows: seeds[0].trainRows,
    qubits: Math.min(features, table.rows.width),
    families: {
      classical: familyScore(seeds, "classical"),
      inspired: familyScore(seeds, "inspired"),
      quantum: familyScore(seeds, "quantum"),
    },
    models: modelRows(seeds),
    curves: curvesOf(seeds),
    diagnoses: medianDiagnoses(seeds),
  };
}

function modelRows(seeds: readonly SeedScores[]): readonly ModelRow[] {
  return seeds[0].folds[0].map(({ name, family }) => {
    const bySeed = seeds.map(({ folds }) => folds.map((scores) => named(scores, name)));
    const all = bySeed.flat();
    const means = bySeed.map((folds) => mean(folds.map(({ score }) => score)));
    const sum = (of: (score: FoldScore) => number) =>
      all.reduce((total, one) => total + of(one), 0);
    const predictCpuUs =
      (1000 * sum(({ predictCpuMs }) => predictCpuMs)) / sum(({ predictions }) => predictions);
    return {
      name,
      family,
      score: mean(means),
      least: Math.min(...means),
      greatest: Math.max(...means),
      chosen: mostFrequent(all.map(({ chosen }) => chosen)),
      tuneCpuMs: sum(({ tuneCpuMs }) => tuneCpuMs) / all.length,
      predictCpuUs,
      circuits: median(all.map(({ circuits }) => circuits)),
    };
  });
}

function familyScore(seeds: readonly SeedScores[], family: Family): number {
  const folds = seeds.flatMap((seed) => seed.folds);
  return mean(folds.map((scores) => champion(scores, isFamily(family)).score));
}

function curvesOf(seeds: readonly SeedScores[]): readonly CurvePoint[] {
  return FAMILIES.flatMap((family) => {
    const score = (of: (seed: SeedScores) => readonly FoldScore[]) =>
      mean(seeds.map((seed) => champion(of(seed), isFamily(family)).score));
    const { trainRows } = seeds[0];
    return [
      ...CURVE_SHARES.map((share, at) => ({
        family,
        rows: Math.round(share * trainRows),
        score: score(({ parts }) => parts[at]),
      })),
      { family, rows: trainRows, score: score(({ folds }) => folds[0]) },
    ];
  });
}

function medianDiagnoses(seeds: readonly SeedScores[]): readonly Diagnosis[] {
  return seeds[0].diagnoses.map(({ name, family }) => {
    const all = seeds.map(({ diagnoses }) => named(diagnoses, name));
    const of = (value: (one: Diagnosis) => number) => median(all.map(value));
    return {
      name,
      family,
      alignment: of((one) => one.alignment),
      effectiveRank: of((one) => one.effectiveRank),
      shotsMin: of((one) => one.shotsMin),
      geometricDifference: of((one) => one.geometricDifference),
      complexity: of((one) => one.complexity),
    };
  });
}

function isFamily(family: Family): (score: FoldScore) => boolean {
  return (score) => score.family === family;
}

function named<Item extends { readonly name: string }>(items: readonly Item[], name: string): Item {
  return present(
    items.find((one) => one.name === name),
    name,
  );
}

function mostFrequent(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
