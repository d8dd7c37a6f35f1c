/**
 * One fold of nested cross-validation: every model chooses its configuration by folds within the
 * training rows, learns from all of them, and is judged once on rows nobody has seen.
 */
import { present, type RandomStream } from "#foundation";
import { type FeatureRows, takeRows } from "#learning";
import type { Candidate, Family, Setting } from "./candidates.ts";
import { balancedAccuracy, type Fold, foldsOf, mixedOrder } from "./folds.ts";
import type { Cases, Learner, Machine } from "./learner.ts";
import { type Preparation, reduction, standardisation } from "./preparation.ts";
import type { Table } from "./table.ts";

/** How a model did on one fold. */
export interface FoldScore {
  readonly name: string;
  readonly family: Family;
  /** The configuration chosen, and its balanced accuracy in the folds within. */
  readonly chosen: string;
  readonly innerScore: number;
  /** The balanced accuracy on the rows held out. */
  readonly score: number;
  readonly tuneCpuMs: number;
  /** All rows held out together. */
  readonly predictCpuMs: number;
  readonly predictions: number;
  /** Of a device, for one prediction. */
  readonly circuits: number;
  /** The Gram matrix of the training rows under the chosen configuration, of kernel models. */
  readonly gram: Float64Array | undefined;
}

/** What a fold needs besides its rows. */
export interface FoldOptions {
  readonly features: number;
  readonly innerFolds: number;
  readonly random: RandomStream;
  /** CPU time of this process so far. */
  readonly cpuMs: () => number;
  /** Called between models; may throw to end the work. */
  readonly pause: (progress: string) => Promise<void>;
}

/** Scores every candidate on one fold of `table`. */
export async function scoreFold(
  table: Table,
  { train, test }: Fold,
  candidates: readonly Candidate[],
  options: FoldOptions,
): Promise<readonly FoldScore[]> {
  const { rows, classes } = table;
  const seen = takeRows(rows, train);
  const all = standardisation(seen);
  const kept = reduction(all(seen), options.features);
  const own = train.map((row) => classes[row]);
  const order = mixedOrder(own, options.random.fork("inner"));
  const task: Task = {
    classes: own,
    classCount: table.classNames.length,
    inner: foldsOf(order, own, options.innerFolds),
    unseen: test.map((row) => classes[row]),
  };
  const scores: FoldScore[] = [];
  for (const candidate of candidates) {
    await options.pause(candidate.name);
    const prepare: Preparation =
      candidate.family === "reference" ? all : (others) => kept(all(others));
    const views = { train: prepare(seen), test: prepare(takeRows(rows, test)) };
    scores.push(scoreCandidate(candidate, task, views, options));
  }
  return scores;
}

interface Task {
  readonly classes: Int32Array;
  readonly classCount: number;
  readonly inner: readonly Fold[];
  readonly unseen: Int32Array;
}

interface Views {
  readonly train: FeatureRows;
  readonly test: FeatureRows;
}

function scoreCandidate(
  candidate: Candidate,
  task: Task,
  views: Views,
  { random, cpuMs }: FoldOptions,
): FoldScore {
  const startedMs = cpuMs();
  // The same draws for every setting: what is random in a kernel is not tuned.
  const stream = () => random.fork(candidate.name);
  const best = tuned(candidate.settings, task, (setting) => setting.open(views.train, stream()));
  const everyone = Int32Array.from(task.classes.keys());
  const machines = learnt(best.learner, everyone, task, best.level);
  const learntMs = cpuMs();
  const told = toldClasses(machines, best.learner.fresh(views.test));
  const { setting, level } = best;
  return {
    name: candidate.name,
    family: candidate.family,
    chosen: [setting.label, setting.levels[level]].filter((text) => text !== "").join(", "),
    innerScore: best.score,
    score: balancedAccuracy(task.unseen, told, task.classCount),
    tuneCpuMs: learntMs - startedMs,
    predictCpuMs: cpuMs() - learntMs,
    predictions: task.unseen.length,
    circuits: candidate.circuits(Math.max(...machines.map(({ rowsUsed }) => rowsUsed))),
    gram: best.learner.gram,
  };
}

interface Tuned {
  readonly setting: Setting;
  readonly level: number;
  readonly learner: Learner;
  readonly score: number;
}

/** The configuration with the best score in the folds within; the first of equals. */
function tuned(
  settings: readonly Setting[],
  task: Task,
  open: (setting: Setting) => Learner,
): Tuned {
  let best: Tuned | undefined;
  for (const setting of settings) {
    const learner = open(setting);
    for (const level of setting.levels.keys()) {
      const score = innerScore(learner, task, level);
      if (best === undefined || score > best.score) best = { setting, level, learner, score };
    }
  }
  return present(best, "a configuration");
}

function innerScore(learner: Learner, task: Task, level: number): number {
  const told = new Int32Array(task.classes.length);
  for (const { train, test } of task.inner) {
    const machines = learnt(learner, train, task, level);
    const found = toldClasses(machines, learner.known(test));
    for (const [at, row] of test.entries()) told[row] = found[at];
  }
  return balancedAccuracy(task.classes, told, task.classCount);
}

/** One machine for two classes, else one for each class against the rest. */
function learnt(learner: Learner, members: Int32Array, task: Task, level: number): Machine[] {
  const { classes, classCount } = task;
  const ones = classCount === 2 ? [1] : Array.from({ length: classCount }, (_, one) => one);
  return ones.map((one) =>
    learner.learn(
      members,
      Float64Array.from(members, (row) => (classes[row] === one ? 1 : -1)),
      level,
    ),
  );
}

function toldClasses(machines: readonly Machine[], cases: Cases): Int32Array {
  const scores = machines.map((machine) => machine.scores(cases));
  if (scores.length === 1) return Int32Array.from(scores[0], (score) => (score > 0 ? 1 : 0));
  return Int32Array.from({ length: cases.rows.count }, (_, row) =>
    scores.reduce((best, one, at) => (one[row] > scores[best][row] ? at : best), 0),
  );
}
