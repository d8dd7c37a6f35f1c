/**
 * One lane of a race: its legs in turn on the current thread. What reaches a solver from outside -
 * stop requests and other lanes' samples - comes through a {@link LaneLink} at numbered ticks and
 * is written down, so the same lane can be run again from what was written, without a clock and
 * without the other lanes.
 */
import { randomStream } from "#foundation";
import { beats, type ObjectiveSense, type Problem, type Sample, type Solver } from "#problem";
import type { Lane, Leg } from "./plan.ts";
import type { Attempt, Exchange, Improvement, Incumbent } from "./report.ts";
import { type Turn, turnAfter } from "./selector/turn.ts";

/** The outside world as a lane sees it. */
export interface LaneLink {
  /** Asked once per tick, ticks counted from 1 within a leg. */
  shouldStop(leg: number, tick: number): boolean;
  /** Asked next where the leg has a time limit: whether its turn ends, at `untilMs` of the race. */
  isTurnOver(leg: number, tick: number, untilMs: number): boolean;
  /** A sample of another lane worth taking over right after this tick. */
  offered(
    leg: number,
    tick: number,
    best: Incumbent | undefined,
  ): Omit<Exchange, "tick"> | undefined;
  /** Shares a better sample with the other lanes. */
  share(incumbent: Incumbent): void;
  /** Milliseconds since the race began. */
  elapsedMs(): number;
}

/** What a lane is to do. */
export interface LaneTask {
  readonly problem: Problem;
  readonly laneIndex: number;
  readonly lane: Lane;
  readonly seed: number;
  readonly start: Incumbent | undefined;
  /** The lane ends once its best is within this gap of a bound it has. */
  readonly gapMax: number;
  /** Attempts made before; the lane goes on after them. */
  readonly past?: readonly Attempt[] | undefined;
  /** Attempts in all, past ones among them; a replay repeats no more than were recorded. */
  readonly legsMax?: number | undefined;
}

/** The seed of one leg; streams of different legs share nothing. */
function legSeed(seed: number, laneIndex: number, legIndex: number): number {
  return randomStream(seed, "lane", laneIndex, "leg", legIndex).uint32();
}

/**
 * Runs the lane to its end; answers one attempt per leg begun. A leg that throws becomes a failed
 * attempt. `onAttempt` is told of each as it ends, and whether the lane ends with it.
 */
export function runLane(
  task: LaneTask,
  link: LaneLink,
  solverNamed: (name: string) => Solver | undefined,
  onAttempt?: (attempt: Attempt, isLast: boolean) => void,
): Attempt[] {
  const { lane, past = [], legsMax = Number.POSITIVE_INFINITY } = task;
  const { sense } = task.problem;
  const attempts = [...past];
  let best = bestOf(sense, task.start, past);
  let turn = turnAfter(lane, sense, attempts);
  while (turn !== undefined && attempts.length < legsMax) {
    const start = bestOf(sense, task.start, attempts.slice(0, turn.startsAfter));
    const attempt = runLeg(task, link, solverNamed(turn.leg.solver), {
      turn,
      legIndex: attempts.length,
      start,
      laneBest: best,
    });
    attempts.push(attempt);
    best = bestOf(sense, best, [attempt]);
    const isOver = attempt.end === "stopped" || isSettled(sense, attempt, best, task.gapMax);
    turn = isOver ? undefined : turnAfter(lane, sense, attempts);
    onAttempt?.(attempt, turn === undefined || attempts.length >= legsMax);
  }
  return attempts.slice(past.length);
}

/** The best of a start and of what came after it. */
function bestOf(
  sense: ObjectiveSense,
  start: Incumbent | undefined,
  attempts: readonly Attempt[],
): Incumbent | undefined {
  let best = start;
  for (const { best: found } of attempts) {
    if (found !== undefined && isBetter(sense, found, best)) best = found;
  }
  return best;
}

/** Whether `a` beats `b`; anything beats nothing. */
export function isBetter(sense: ObjectiveSense, a: Incumbent, b: Incumbent | undefined): boolean {
  return b === undefined || beats(sense, standing(a), standing(b));
}

function standing(incumbent: Incumbent) {
  return { length: incumbent.sample.values.length, objective: incumbent.objective };
}

/**
 * Whether the attempt proves its lane's best to be good enough, or that there is nothing to find.
 */
export function isSettled(
  sense: ObjectiveSense,
  attempt: Attempt,
  best: Incumbent | undefined,
  gapMax: number,
): boolean {
  if (attempt.status === "optimal" || attempt.status === "infeasible") return true;
  if (attempt.bound === undefined || best === undefined) return false;
  const slack = gapMax * Math.max(Math.abs(attempt.bound), Math.abs(best.objective));
  const room = attempt.bound - best.objective;
  return (sense === "maximise" ? room : -room) <= slack;
}

/** One leg as it is to be run. */
interface LegRun {
  readonly turn: Turn;
  readonly legIndex: number;
  readonly start: Incumbent | undefined;
  /** The best that the lane has told others of, or began with. */
  readonly laneBest: Incumbent | undefined;
}

function runLeg(task: LaneTask, link: LaneLink, solver: Solver | undefined, run: LegRun): Attempt {
  const { turn, legIndex, start } = run;
  const seed = legSeed(task.seed, task.laneIndex, legIndex);
  const startedMs = link.elapsedMs();
  const unstarted = unstartedAttempt(task, turn.leg, legIndex);
  const blank = { ...unstarted, solverVersion: solver?.version ?? 0 };
  const refusal = refusalOf(solver, task.problem, turn.leg);
  if (solver === undefined || refusal !== undefined) {
    return { ...blank, end: "failed", fault: refusal, startedMs, endedMs: startedMs };
  }
  const log = openLegLog(task.problem.sense, link, { ...run, startedMs });
  try {
    const result = solver.solve(task.problem, { seed, start: start?.sample, ...log.options });
    return {
      ...blank,
      ...log.events(),
      end: log.end(),
      work: result.work,
      status: result.status,
      best: result.best,
      bound: result.bound,
      ...(result.method === undefined ? {} : { method: result.method }),
      conflict: result.conflict ?? [],
      startedMs,
      endedMs: link.elapsedMs(),
    };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return {
      ...blank,
      ...log.events(),
      end: "failed",
      fault,
      startedMs,
      endedMs: link.elapsedMs(),
    };
  }
}

function refusalOf(solver: Solver | undefined, problem: Problem, leg: Leg): string | undefined {
  if (solver === undefined) return `no solver is called ${leg.solver}`;
  const support = solver.supports(problem);
  return support.kind === "no" ? support.reason : undefined;
}

/** Answers a solver's ticks from the link and writes down everything that came from outside. */
function openLegLog(
  sense: ObjectiveSense,
  link: LaneLink,
  run: LegRun & { readonly startedMs: number },
) {
  const { turn, legIndex, start, laneBest } = run;
  const { workLimit, turnMsMax } = turn.leg;
  const turnUntilMs = turnMsMax === undefined ? undefined : run.startedMs + turnMsMax;
  const exchanges: Exchange[] = [];
  const improvements: Improvement[] = [];
  let best = start;
  let ticks = 0;
  let spent = 0;
  let end: "finished" | "stopped" | "expired" = "finished";
  return {
    end: () => end,
    events: () => ({ ticks, work: spent, exchanges, improvements }),
    options: {
      budget: {
        tick: (work: number) => {
          ticks += 1;
          spent += work;
          if (spent >= workLimit) return "stop" as const;
          if (link.shouldStop(legIndex, ticks)) end = "stopped";
          else if (turnUntilMs !== undefined && link.isTurnOver(legIndex, ticks, turnUntilMs)) {
            end = "expired";
          }
          return end === "finished" ? ("continue" as const) : ("stop" as const);
        },
      },
      exchange: (): Sample | undefined => {
        const offered = turn.isHeat ? undefined : link.offered(legIndex, ticks, best);
        if (offered === undefined) return undefined;
        exchanges.push({ tick: ticks, ...offered });
        return offered.sample;
      },
      onIncumbent: (sample: Sample, objective: number) => {
        const incumbent = { sample: { values: sample.values.slice() }, objective };
        if (!isBetter(sense, incumbent, best)) return;
        best = incumbent;
        improvements.push({ tick: ticks, objective, length: sample.values.length });
        if (isBetter(sense, incumbent, laneBest)) link.share(incumbent);
      },
    },
  };
}

/** The attempt of a leg that never began. */
export function unstartedAttempt(
  task: Pick<LaneTask, "laneIndex" | "seed">,
  leg: Leg,
  legIndex: number,
): Attempt {
  return {
    lane: task.laneIndex,
    leg: legIndex,
    solver: leg.solver,
    solverVersion: 0,
    seed: legSeed(task.seed, task.laneIndex, legIndex),
    workLimit: leg.workLimit,
    end: "unstarted",
    ticks: 0,
    work: 0,
    status: "unknown",
    best: undefined,
    bound: undefined,
    conflict: [],
    exchanges: [],
    improvements: [],
    fault: undefined,
    startedMs: 0,
    endedMs: 0,
  };
}
