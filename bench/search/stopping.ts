/**
 * Figure 9: how soon every member of the portfolio hears that it is to stop, whenever it is told,
 * its questions and preparations included, in CPU time; and whether what it then answers keeps the
 * rows. On the largest problem of each family, shipped and made up.
 */
import { type Solver, verifyQuadratic } from "#problem";
import { prepareSolvers } from "#solvers";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { shown } from "../exact/statistics.ts";
import { cpuMs } from "./cpu-race.ts";
import { generatedInstances, type SearchInstance, shippedInstances } from "./selector/instances.ts";
import { membersFor } from "./selector/measurements.ts";

const CPU_MS = 600;
const LATENCY_MS_MAX = 20;

/** One run: times without a tick, milliseconds, and what became of the answer. */
interface Run {
  readonly solver: string;
  readonly problem: string;
  readonly gapsMs: readonly number[];
  readonly isConstrained: boolean;
  /** Absent without an answer. */
  readonly isFeasible: boolean | undefined;
}

/** Figure 9. */
export async function measureStopping({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  await prepareSolvers(true);
  const families = Map.groupBy(
    [...shippedInstances(), ...generatedInstances()],
    ({ family }) => family,
  );
  const runs: Run[] = [];
  for (const [, own] of [...families].slice(0, isQuick ? 2 : undefined)) {
    runs.push(...(await runsOn(await largest(own))));
  }
  const bySolver = [...Map.groupBy(runs, ({ solver }) => solver)];
  const answers = runs.filter(
    ({ isConstrained, isFeasible }) => isConstrained && isFeasible !== undefined,
  );
  const kept = answers.filter(({ isFeasible }) => isFeasible === true).length;
  return [
    latencyReading("all members", runs, true),
    ...bySolver.map(([solver, own]) => latencyReading(solver, own, false)),
    {
      what: "answers to problems with rows that keep all of them",
      goal: "all",
      reached: `${kept} of ${answers.length}`,
      spread: `${runs.length} runs of ${bySolver.length} members`,
      isMet: kept === answers.length,
    },
  ];
}

async function largest(instances: readonly SearchInstance[]): Promise<SearchInstance> {
  let most = -1;
  let found = instances[0];
  for (const instance of instances) {
    const { variableCount, objective, constraints } = await instance.read();
    const size = variableCount + objective.columns.length + constraints.columns.length;
    if (size > most) {
      most = size;
      found = instance;
    }
  }
  return found;
}

async function runsOn(instance: SearchInstance): Promise<readonly Run[]> {
  const names = membersFor(await instance.read());
  const runs: Run[] = [];
  // Each reads the problem anew: what one has found out about it is remembered with it.
  for (const solver of names) runs.push(await runOf(instance, solver));
  return runs;
}

async function runOf(instance: SearchInstance, solver: Solver): Promise<Run> {
  const problem = await instance.read();
  const begin = cpuMs();
  const gapsMs: number[] = [];
  let last = begin;
  const note = () => {
    const now = cpuMs();
    gapsMs.push(now - last);
    last = now;
    return now - begin > CPU_MS ? ("stop" as const) : ("continue" as const);
  };
  solver.supports(problem);
  const { best } = solver.solve(problem, { seed: 1, budget: { tick: note } });
  note();
  const isFeasible = best && verifyQuadratic(problem, best.sample).feasible;
  const isConstrained = problem.constraints.count > 0;
  const longest = shown(most(gapsMs));
  process.stderr.write(`  ${instance.name}, ${solver.name}: ${longest} CPU-ms at most\n`);
  return { solver: solver.name, problem: instance.name, gapsMs, isConstrained, isFeasible };
}

function latencyReading(what: string, runs: readonly Run[], isJudged: boolean): Reading {
  const gaps = runs.flatMap(({ gapsMs }) => gapsMs);
  const p99 = latencyAt(gaps, 0.99);
  const longest = most(gaps);
  const slowest = runs.find(({ gapsMs }) => gapsMs.includes(longest));
  const where = `${slowest?.solver}, ${slowest?.problem}`;
  return {
    what: `${what}: from any moment of a run to its next tick`,
    goal: isJudged ? `99 % within ${LATENCY_MS_MAX} CPU-ms` : "",
    reached: `99 % within ${shown(p99)} CPU-ms`,
    spread: `${runs.length} runs; longest ${shown(longest)} (${where})`,
    isMet: isJudged ? p99 <= LATENCY_MS_MAX : null,
  };
}

/** There are too many for arguments. */
function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}

/** What so much of all time is at most away from the next tick. */
function latencyAt(gaps: readonly number[], share: number): number {
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const beyond = (ms: number) => gaps.reduce((sum, gap) => sum + Math.max(0, gap - ms), 0);
  let [low, high] = [0, most(gaps)];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (beyond(middle) > (1 - share) * total) low = middle;
    else high = middle;
  }
  return high;
}
