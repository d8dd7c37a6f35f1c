/**
 * One problem in the ledger: each camp's strongest solver, found by a run of every member, then
 * seeds that the choice has not seen, and what was found beside the classical camp.
 */
import { isBetterObjective, type QuadraticProblem, type Solver } from "#problem";
import type { StudyMeans } from "../progress.ts";
import { type AnnealerOutlook, annealerOutlook } from "./annealer-outlook.ts";
import { timeToBest } from "./break-even.ts";
import { CAMPS, type Camp, type Challenger, type Lineup, lineupOf } from "./camps.ts";
import { type CircuitOutlook, circuitOutlook } from "./circuit-outlook.ts";
import { type Features, featuresOf } from "./features.ts";
import { rankTest } from "./rank-test.ts";
import { isStronger, type Run, runOnce } from "./run.ts";

/** What every problem gets. */
export interface EntryOptions {
  readonly budgetMs: number;
  readonly seeds: number;
  readonly seed: number;
}

/** A camp on a problem. */
export interface CampEntry {
  readonly camp: Camp;
  /** `null` where nobody takes the problem. */
  readonly champion: string | null;
  readonly runs: readonly Run[];
  /** By run, relative to the best; `null` without an answer. */
  readonly gaps: readonly (number | null)[];
  /** CPU milliseconds to the best with 99 %. */
  readonly timeToBest: { readonly ms: number; readonly isAtLeast: boolean };
  readonly refusals: Lineup["refusals"];
}

/** How a challenger's answers compare with the classical ones after the same time. */
export interface Verdict {
  readonly challenger: Challenger;
  readonly outcome: "win" | "tie" | "loss" | "not-run";
  /** Two-sided, exact; `null` where it was not run. */
  readonly p: number | null;
}

/** What was found on one problem. */
export interface Entry {
  readonly features: Features;
  readonly best: number | null;
  /** Somebody has proved it, or it was given. */
  readonly isBestKnown: boolean;
  readonly camps: readonly CampEntry[];
  readonly verdicts: readonly Verdict[];
  readonly circuit: CircuitOutlook;
  readonly annealer: AnnealerOutlook;
}

/** Chance alone finds a difference in one verdict of twenty. */
const P_MAX = 0.05;

/** Studies a problem; `undefined` when told to stop before the end. */
export async function studyProblem(
  problem: QuadraticProblem,
  listed: number | undefined,
  options: EntryOptions,
  { cpuMs, goOn }: StudyMeans,
): Promise<Entry | undefined> {
  const { budgetMs, seeds, seed } = options;
  let target = listed;
  let found: number | undefined = listed;
  const runFor = async (solver: Solver, runSeed: number): Promise<Run | undefined> => {
    if (!(await goOn(`${solver.name}, seed ${runSeed}`))) return undefined;
    const run = runOnce(problem, solver, { seed: runSeed, budgetMs, target, cpuMs });
    if (run.objective === null) return run;
    if (found === undefined || isBetterObjective(problem.sense, run.objective, found)) {
      found = run.objective;
      if (listed !== undefined) target = found;
    }
    if (run.isProved) target = run.objective;
    return run;
  };
  const camps: Omit<CampEntry, "gaps" | "timeToBest">[] = [];
  for (const camp of CAMPS) {
    const { able, refusals } = lineupOf(camp, problem);
    const champion = await strongest(problem, able, (solver) => runFor(solver, seed));
    if (champion === "stopped") return undefined;
    const runs: Run[] = [];
    for (let at = 1; champion !== undefined && at <= seeds; at += 1) {
      const run = await runFor(champion, seed + at);
      if (run === undefined) return undefined;
      runs.push(run);
    }
    camps.push({ camp, champion: champion?.name ?? null, runs, refusals });
  }
  if (!(await goOn("circuits and reads by themselves"))) return undefined;
  const measured = camps.map((camp) => againstBest(problem, camp, found));
  const classicalMs = measured[0].timeToBest.ms;
  return {
    features: featuresOf(problem),
    best: found ?? null,
    isBestKnown: target !== undefined,
    camps: measured,
    verdicts: measured.slice(1).flatMap((camp) => verdictOf(camp, measured[0])),
    circuit: circuitOutlook(problem, classicalMs),
    annealer:
      found === undefined
        ? { kind: "not-embedded", reason: "no answer to look for" }
        : annealerOutlook(problem, { best: found, classicalMs, budgetMs, seed, cpuMs }),
  };
}

/** Whoever does best in one run; nobody else is asked where there is no choice. */
async function strongest(
  { sense }: QuadraticProblem,
  able: readonly Solver[],
  runFor: (solver: Solver) => Promise<Run | undefined>,
): Promise<Solver | undefined | "stopped"> {
  if (able.length < 2) return able[0];
  let first: { readonly solver: Solver; readonly run: Run } | undefined;
  for (const solver of able) {
    const run = await runFor(solver);
    if (run === undefined) return "stopped";
    if (first === undefined || isStronger(sense, run, first.run)) first = { solver, run };
  }
  return first?.solver;
}

function againstBest(
  { sense }: QuadraticProblem,
  camp: Omit<CampEntry, "gaps" | "timeToBest">,
  best: number | undefined,
): CampEntry {
  const gaps = camp.runs.map(({ objective }) => {
    if (objective === null || best === undefined) return null;
    if (!isBetterObjective(sense, best, objective)) return 0;
    return Math.abs(objective - best) / (Math.abs(best) || 1);
  });
  const times = camp.runs.map((run, at) => {
    const isThere = gaps[at] === 0;
    return { ms: isThere ? run.foundMs : run.endedMs, isThere };
  });
  return { ...camp, gaps, timeToBest: timeToBest(times) };
}

function verdictOf({ camp, gaps }: CampEntry, classical: CampEntry): readonly Verdict[] {
  if (camp === "classical") return [];
  if (gaps.length === 0) return [{ challenger: camp, outcome: "not-run", p: null }];
  const [own, others] = [gaps, classical.gaps].map((some) =>
    some.map((gap) => gap ?? Number.POSITIVE_INFINITY),
  );
  if (others.length === 0) return [{ challenger: camp, outcome: "win", p: null }];
  const { p, difference } = rankTest(own, others);
  const outcome = p > P_MAX ? "tie" : difference < 0 ? "win" : "loss";
  return [{ challenger: camp, outcome, p }];
}
