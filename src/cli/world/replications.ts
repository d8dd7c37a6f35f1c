/**
 * Replications: independent runs of a centre, under one policy or several on the same random
 * numbers, and what they say of each measure with its interval.
 */
import { type Estimate, type MeanRange, meanEstimate } from "#statistics";
import {
  type Centre,
  classTally,
  MEASURES,
  type Measure,
  type MeasuredTally,
  type MeasureName,
  type RunTally,
  rangeOf,
  wholeTally,
} from "#worlds";
import type { CentrePolicy } from "./centre-policies.ts";

/** How sure intervals are. */
const LEVEL = 0.95;

/** An estimate of each measure; absent where no run, or only one, had anything to measure. */
export type Estimates = Readonly<Partial<Record<MeasureName, Estimate>>>;

/** What all runs under one policy say. */
export interface PolicyReport {
  readonly policy: string;
  readonly measures: Estimates;
  /** By id of the class; agents' measures are those of all agents. */
  readonly classes: Readonly<Record<string, Estimates>>;
}

/** One policy's measures less another's, run by run on the same contacts. */
export interface PolicyDifference {
  readonly policy: string;
  readonly lessPolicy: string;
  readonly measures: Estimates;
}

/** Runs to do, and who is told and asked between them. */
export interface ReplicationPlan {
  readonly centre: Centre;
  readonly policies: readonly CentrePolicy[];
  readonly replications: number;
  readonly seed: number;
  /** Called before each run, which may take a second; may throw to end it all. */
  readonly between: (run: number, of: number) => Promise<void>;
}

/** The runs of every policy, replication by replication. */
export async function replicate(plan: ReplicationPlan): Promise<RunTally[][]> {
  const { centre, policies, replications, seed, between } = plan;
  const runs: RunTally[][] = policies.map(() => []);
  for (let replication = 0; replication < replications; replication += 1) {
    for (const [index, { run }] of policies.entries()) {
      await between(replication * policies.length + index + 1, replications * policies.length);
      runs[index].push(await run(centre, { seed, replication }));
    }
  }
  return runs;
}

/** What the runs under one policy say. */
export function policyReport(
  centre: Centre,
  { name }: CentrePolicy,
  runs: readonly RunTally[],
): PolicyReport {
  const classes = centre.classes.map(({ id }, index): [string, Estimates] => [
    id,
    estimates(runs.map((run) => classTally(centre, run, index))),
  ]);
  const measures = estimates(runs.map((run) => wholeTally(centre, run)));
  return { policy: name, measures, classes: Object.fromEntries(classes) };
}

/** What `runs` have more than `others`, pair by pair. */
export function differences(
  centre: Centre,
  runs: readonly RunTally[],
  others: readonly RunTally[],
): Estimates {
  const tallies = runs.map((run) => wholeTally(centre, run));
  const otherTallies = others.map((run) => wholeTally(centre, run));
  return estimatesOf(differenceRange, (of) =>
    tallies.flatMap((tally, at) => {
      const [one, other] = [of(tally), of(otherTallies[at])];
      return one === undefined || other === undefined ? [] : [one - other];
    }),
  );
}

/** What the difference of two of a measure can be. */
function differenceRange(measure: Measure): MeanRange {
  const [least, most] = rangeOf(measure);
  return [least - most, most - least];
}

function estimates(tallies: readonly MeasuredTally[]): Estimates {
  return estimatesOf(rangeOf, (of) => tallies.flatMap((tally) => of(tally) ?? []));
}

function estimatesOf(
  rangeOfMean: (measure: Measure) => MeanRange,
  valuesOf: (of: Measure["of"]) => readonly number[],
): Estimates {
  const entries = MEASURES.flatMap((measure): [MeasureName, Estimate][] => {
    const values = valuesOf(measure.of);
    const range = rangeOfMean(measure);
    return values.length < 2 ? [] : [[measure.name, meanEstimate(values, LEVEL, range)]];
  });
  return Object.fromEntries(entries);
}
