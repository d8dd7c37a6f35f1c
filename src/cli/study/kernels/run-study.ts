/**
 * The study: every seed draws its rows from every table anew, divides them into folds, and scores
 * all models on each; part of the rows first, for the learning curves. It can be interrupted
 * between any two models, and then reports on the seeds that are complete.
 */
import { type RandomStream, randomStream } from "#foundation";
import type { StudyMeans } from "../progress.ts";
import { ALL_FEATURES, CANDIDATES } from "./candidates.ts";
import { type Diagnosis, diagnose } from "./diagnose.ts";
import { type Fold, foldsOf, mixedOrder } from "./folds.ts";
import { type FoldScore, scoreFold } from "./nested.ts";
import type { Table } from "./table.ts";

/** What a study is told. */
export interface StudyOptions {
  readonly seeds: number;
  readonly rows: number;
  readonly features: number;
  readonly folds: number;
  readonly seed: number;
}

/** Parts of the training rows that are learnt from on their own, for the learning curves. */
export const CURVE_SHARES = Object.freeze([0.25, 0.5]);

/** All that was scored of one table under one seed. */
export interface SeedScores {
  /** Of each fold, the scores of all models. */
  readonly folds: readonly (readonly FoldScore[])[];
  /** Of the first fold, by share of its training rows. */
  readonly parts: readonly (readonly FoldScore[])[];
  /** Of the first fold, what the Gram matrices show. */
  readonly diagnoses: readonly Diagnosis[];
  readonly trainRows: number;
}

/** The scores of one table, seed by seed. */
export interface TableScores {
  readonly table: Table;
  readonly seeds: readonly SeedScores[];
}

class Interrupted extends Error {}

/** Runs the study; tables of the answer have as many seeds as were completed. */
export async function runStudy(
  tables: readonly Table[],
  options: StudyOptions,
  means: StudyMeans,
): Promise<readonly TableScores[]> {
  const scores = tables.map((table) => {
    const seeds: SeedScores[] = [];
    return { table, seeds };
  });
  try {
    for (let seed = 0; seed < options.seeds; seed += 1) {
      for (const { table, seeds } of scores) {
        const place = `seed ${seed + 1} of ${options.seeds}, ${table.name}`;
        seeds.push(await scoreSeed(table, options, means, { seed, place }));
      }
    }
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  return scores;
}

async function scoreSeed(
  table: Table,
  options: StudyOptions,
  means: StudyMeans,
  { seed, place }: { readonly seed: number; readonly place: string },
): Promise<SeedScores> {
  const random = randomStream(options.seed, "study kernels", table.name, seed);
  const order = mixedOrder(table.classes, random.fork("rows")).subarray(0, options.rows);
  const folds = foldsOf(order, table.classes, options.folds);
  const score = (fold: Fold, stream: RandomStream, what: string) =>
    scoreFold(table, fold, candidatesFor(table, options), {
      ...{ features: options.features, innerFolds: options.folds, random: stream },
      cpuMs: means.cpuMs,
      pause: async (model) => {
        if (!(await means.goOn(`${place}, ${what}, ${model}`))) throw new Interrupted();
      },
    });
  const [first] = folds;
  const parts: (readonly FoldScore[])[] = [];
  for (const share of CURVE_SHARES) {
    const train = first.train.subarray(0, Math.round(share * first.train.length));
    const part = { train, test: first.test };
    parts.push(withoutMatrices(await score(part, random.fork("part", share), `part ${share}`)));
  }
  const found: (readonly FoldScore[])[] = [];
  for (const [at, fold] of folds.entries()) {
    found.push(await score(fold, random.fork("fold", at), `fold ${at + 1}`));
  }
  const classes = first.train.map((row) => table.classes[row]);
  const diagnoses = diagnose(found[0], classes);
  return { folds: found.map(withoutMatrices), parts, diagnoses, trainRows: classes.length };
}

/** A study keeps thousands of scores; their matrices would fill the memory. */
function withoutMatrices(scores: readonly FoldScore[]): readonly FoldScore[] {
  return scores.map((one) => ({ ...one, gram: undefined }));
}

function candidatesFor({ rows }: Table, { features }: StudyOptions) {
  return rows.width > features ? [...CANDIDATES, ALL_FEATURES] : CANDIDATES;
}
