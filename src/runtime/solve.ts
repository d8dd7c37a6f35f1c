/**
 * Solve and replay: the two sentences of the runtime. Both take a bare problem; no customer is in
 * sight.
 */
import type { Clock, DecisionBudget } from "#foundation";
import { type Problem, type Sample, verify } from "#problem";
import { conclude } from "./conclude.ts";
import type { LaneTask } from "./lane.ts";
import type { Plan } from "./plan.ts";
import type { SolverPool } from "./pool.ts";
import { laneTasks, race } from "./race.ts";
import type { Attempt, Incumbent, SolveReport } from "./report.ts";

/** What to solve, how, and until when. */
export interface SolveRequest {
  readonly problem: Problem;
  readonly plan: Plan;
  readonly seed: number;
  /**
   * The decision type's own rule applied to the problem; the answer of last resort and every lane's
   * start.
   */
  readonly rule: Sample | undefined;
  readonly budget: Pick<DecisionBudget, "searchUntilMs" | "abandonAtMs">;
  readonly signal?: AbortSignal | undefined;
  /** Told now and then of the best sample so far; for people who watch. */
  readonly onBetter?: ((best: Incumbent) => void) | undefined;
}

/** What solving needs from its surroundings. */
export interface SolveMeans {
  readonly pool: SolverPool;
  readonly clock: Clock;
}

/**
 * Solves: races the plan from the rule's sample and judges what comes back. Never rejects for lack
 * of an answer.
 */
export async function solve(request: SolveRequest, means: SolveMeans): Promise<SolveReport> {
  const rule = ruleIncumbent(request.problem, request.rule);
  const entry = { ...request, start: rule, signal: request.signal };
  const attempts = await race(entry, means.pool, means.clock);
  return conclude(request.problem, rule, attempts, request.plan.gapMax);
}

/** A replayed solve. */
export interface Replayed {
  readonly report: SolveReport;
  /** Attempts that cannot be run again and were taken from the record, with the reason. */
  readonly taken: readonly string[];
}

/**
 * Runs recorded attempts again: same legs, same seeds, stopped at the recorded ticks, with the
 * recorded exchanges. Attempts of ended threads are taken from the record, and so is what their
 * lane did not begin.
 */
export async function replay(
  request: Pick<SolveRequest, "problem" | "plan" | "seed" | "rule">,
  recorded: readonly Attempt[],
  pool: SolverPool,
): Promise<Replayed> {
  const rule = ruleIncumbent(request.problem, request.rule);
  const tasks = laneTasks({ ...request, start: rule });
  const lanes = await Promise.all(
    tasks.map(async (task) => {
      const scripts = recorded.filter((attempt) => attempt.lane === task.laneIndex);
      return repeatLane(task, scripts, pool);
    }),
  );
  const taken = recorded.filter(({ end }) => end === "abandoned").map(reasonTaken);
  const report = conclude(request.problem, rule, lanes.flat(), request.plan.gapMax);
  return { report, taken };
}

/** A lane's attempts in turn: each run again, or taken where that cannot be. */
async function repeatLane(
  task: LaneTask,
  recorded: readonly Attempt[],
  pool: SolverPool,
): Promise<readonly Attempt[]> {
  let past: readonly Attempt[] = [];
  while (past.length < recorded.length) {
    const rest = recorded.slice(past.length);
    const taken = rest.findIndex((attempt) => !isRepeatable(attempt));
    const scripts = taken < 0 ? rest : rest.slice(0, taken);
    const legsMax = past.length + scripts.length;
    const orders = { kind: "scripted", scripts } as const;
    const isAny = scripts.length > 0;
    const again = isAny
      ? (await pool.run({ ...task, past, legsMax }, orders).outcome).attempts
      : [];
    // A run that ended sooner than it was recorded to has diverged: nothing can follow it.
    if (again.length < scripts.length) return [...past, ...again];
    past = [...past, ...again, ...rest.slice(scripts.length, scripts.length + 1)];
  }
  return past;
}

function isRepeatable(attempt: Attempt): boolean {
  return attempt.end !== "abandoned" && attempt.end !== "unstarted";
}

function reasonTaken({ lane, leg, solver, fault, end }: Attempt): string {
  return `lane ${lane}, leg ${leg} (${solver}): ${fault ?? end}`;
}

function ruleIncumbent(problem: Problem, sample: Sample | undefined): Incumbent | undefined {
  if (sample === undefined) return undefined;
  const { feasible, objective } = verify(problem, sample);
  return feasible ? { sample, objective } : undefined;
}
