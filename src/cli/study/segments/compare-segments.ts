/**
 * Segments by every method on every kernel, beside classes that none of them sees, seed by seed.
 */
import { counted, randomStream } from "#foundation";
import { adjustedRandIndex, likenessWithin, takeRows } from "#learning";
import { studentT } from "#statistics";
import { mixedOrder } from "../kernels/folds.ts";
import { reduction, standardisation } from "../kernels/preparation.ts";
import type { Table } from "../kernels/table.ts";
import type { StudyMeans } from "../progress.ts";
import { breaksLimits, clustersBy, gramOf, PAIRS, type SegmentsTask } from "./methods.ts";

/** How one method did on one kernel. */
export interface SegmentsRow {
  readonly kernel: string;
  readonly method: string;
  /** Mean adjusted Rand index with the classes; least and greatest of a seed. */
  readonly agreement: number;
  readonly least: number;
  readonly greatest: number;
  /** Mean of what the annealer maximises: likeness within segments. */
  readonly likeness: number;
  /** Seeds in which a segment broke a limit on its size. */
  readonly broken: number;
  readonly cpuMs: number;
}

/** Two rows of the table compared seed by seed. */
export interface SegmentsComparison {
  readonly title: string;
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  readonly words: string;
}

/** What was found. */
export interface SegmentsReport {
  readonly study: "segments";
  readonly table: string;
  readonly clusters: number;
  readonly seeds: number;
  readonly seedsDone: number;
  readonly isPartial: boolean;
  readonly methods: readonly SegmentsRow[];
  readonly comparisons: readonly SegmentsComparison[];
}

interface Outcome {
  readonly agreement: number;
  readonly likeness: number;
  readonly isBroken: boolean;
  readonly cpuMs: number;
}

/** Runs all methods for all seeds; `undefined` if stopped before two were complete. */
export async function compareSegments(
  table: Table,
  task: SegmentsTask,
  means: StudyMeans,
): Promise<SegmentsReport | undefined> {
  const seeds: (readonly Outcome[])[] = [];
  for (let seed = 0; seed < task.seeds; seed += 1) {
    const outcomes = await outcomesOf(table, task, means, seed);
    if (outcomes === undefined) break;
    seeds.push(outcomes);
  }
  if (seeds.length < 2) return undefined;
  const methods = PAIRS.map(([kernel, method], at) => rowOf(kernel, method, seeds, at));
  return {
    study: "segments",
    table: table.name,
    clusters: task.clusters,
    seeds: task.seeds,
    seedsDone: seeds.length,
    isPartial: seeds.length < task.seeds,
    methods,
    comparisons: CONTESTS.map(([title, first, second]) => compare(title, seeds, first, second)),
  };
}

/** Places in the list of pairs. */
const CONTESTS = Object.freeze([
  ["Ising against k-means, rbf", 2, 0],
  ["Ising against spectral, rbf", 2, 1],
  ["ZZ against rbf, k-means", 6, 0],
  ["ZZ against separable, k-means", 6, 3],
] as const);

async function outcomesOf(
  table: Table,
  task: SegmentsTask,
  means: StudyMeans,
  seed: number,
): Promise<readonly Outcome[] | undefined> {
  const random = randomStream(task.seed, "study segments", table.name, seed);
  const order = mixedOrder(table.classes, random.fork("rows")).subarray(0, task.rows);
  const drawn = takeRows(table.rows, order);
  const standard = standardisation(drawn)(drawn);
  const rows = reduction(standard, task.features)(standard);
  const classes = order.map((row) => table.classes[row]);
  const outcomes: Outcome[] = [];
  for (const [kernel, method] of PAIRS) {
    const place = `seed ${seed + 1} of ${task.seeds}, ${kernel}, ${method}`;
    if (!(await means.goOn(place))) return undefined;
    const startedMs = means.cpuMs();
    const gram = gramOf(kernel, rows, random);
    const clusters = clustersBy(method, gram, task, random.fork(kernel, method));
    outcomes.push({
      agreement: adjustedRandIndex(clusters, classes),
      likeness: likenessWithin(gram, rows.count, clusters),
      isBroken: breaksLimits(clusters, task),
      cpuMs: means.cpuMs() - startedMs,
    });
  }
  return outcomes;
}

function rowOf(
  kernel: string,
  method: string,
  seeds: readonly (readonly Outcome[])[],
  at: number,
): SegmentsRow {
  const own = seeds.map((outcomes) => outcomes[at]);
  const agreements = own.map(({ agreement }) => agreement);
  return {
    ...{ kernel, method, agreement: mean(agreements) },
    least: Math.min(...agreements),
    greatest: Math.max(...agreements),
    likeness: mean(own.map(({ likeness }) => likeness)),
    broken: own.filter(({ isBroken }) => isBroken).length,
    cpuMs: mean(own.map(({ cpuMs }) => cpuMs)),
  };
}

function compare(
  title: string,
  seeds: readonly (readonly Outcome[])[],
  first: number,
  second: number,
): SegmentsComparison {
  const gaps = seeds.map((outcomes) => outcomes[first].agreement - outcomes[second].agreement);
  const difference = mean(gaps);
  const squares = gaps.reduce((sum, gap) => sum + (gap - difference) ** 2, 0);
  const standardError = Math.sqrt(squares / (gaps.length - 1) / gaps.length);
  const reach = standardError * studentT(gaps.length - 1).quantile(0.975);
  const [lower, upper] = [difference - reach, difference + reach];
  const who = lower > 0 ? "the first is nearer to the classes" : "the second is nearer";
  const words = lower <= 0 && upper >= 0 ? "a tie" : who;
  return { title, difference, lower, upper, words };
}

/** The report for people. */
export function segmentsText(report: SegmentsReport): string {
  const { table, clusters, seedsDone, seeds, methods, comparisons } = report;
  const lines = [
    `${table}: ${counted(clusters, "segment")}, ${counted(seedsDone, "seed")}; ` +
      `agreement is the adjusted Rand index`,
    ...methods.map(
      (row) =>
        `  ${row.kernel.padEnd(20)} ${row.method.padEnd(9)} agreement ${row.agreement.toFixed(3)}` +
        ` (${row.least.toFixed(3)} to ${row.greatest.toFixed(3)}), likeness ` +
        `${row.likeness.toFixed(2)}, limits broken in ${counted(row.broken, "seed")}, ` +
        `${row.cpuMs.toFixed(0)} CPU-ms`,
    ),
    ...comparisons.map(({ title, words, difference, lower, upper }) => {
      const range = `${lower.toFixed(3)} to ${upper.toFixed(3)}`;
      return `${title}: ${words} (${difference.toFixed(3)}, ${range})`;
    }),
    ...(report.isPartial ? [`Interrupted after ${seedsDone} of ${counted(seeds, "seed")}.`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
