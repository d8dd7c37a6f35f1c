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

/** The outside world as a lane sees it. */
export interface LaneLink {
  /** Asked once per tick, ticks counted from 1 within a leg. */
  shouldStop(leg: number, tick: number): boolean;
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
}

/** The seed of one leg; streams of different legs share nothing. */
function legSeed(seed: number, laneIndex: number, legIndex: number): number {
  return randomStream(seed, "lane", laneIndex, "leg", legIndex).uint32();
}

/**
 * Runs the lane to its end; one attempt per leg begun. A leg that throws becomes a failed attempt.
 * `onAttempt` is told of each as it ends, and whether the lane ends with it.
 */
export function runLane(
  task: LaneTask,
  link: LaneLink,
  solverNamed: (name: string) => Solver | undefined,
  onAttempt?: (attempt: Attempt, isLast: boolean) => void,
): Attempt[] {
  const attempts: Attempt[] = [];
  const { sense } = task.problem;
  let best = task.start;
  for (const [legIndex, leg] of task.lane.entries()) {
    const attempt = runLeg(task, link, solverNamed(leg.solver), leg, legIndex, best);
    attempts.push(attempt);
    if (attempt.best !== undefined && isBetter(sense, attempt.best, best)) best = attempt.best;
    const isOver = attempt.end === "stopped" || isSettled(sense, attempt, best, task.gapMax);
    const isLast = isOver || legIndex === task.lane.length - 1;
    onAttempt?.(attempt, isLast);
    if (isLast) break;
  }
  return attempts;
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

function runLeg(
  task: LaneTask,
  link: LaneLink,
  solver: Solver | undefined,
  leg: Leg,
  legIndex: number,
  start: Incumbent | undefined,
): Attempt {
  const seed = legSeed(task.seed, task.laneIndex, legIndex);
  const startedMs = link.elapsedMs();
  const blank = { ...unstartedAttempt(task, legIndex), solverVersion: solver?.version ?? 0 };
  const refusal = refusalOf(solver, task.problem, leg);
  if (solver === undefined || refusal !== undefined) {
    return { ...blank, end: "failed", fault: refusal, startedMs, endedMs: startedMs };
  }
  const log = openLegLog({ sense: task.problem.sense, link, leg, legIndex, start });
  try {
    const result = solver.solve(task.problem, { seed, start: start?.sample, ...log.options });
    return {
      ...blank,
      ...log.events(),
      end: log.stopped() ? "stopped" : "finished",
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

interface LegSetup {
  readonly sense: ObjectiveSense;
  readonly link: LaneLink;
  readonly leg: Leg;
  readonly legIndex: number;
  readonly start: Incumbent | undefined;
}

/** Answers a solver's ticks from the link and writes down everything that came from outside. */
function openLegLog({ sense, link, leg, legIndex, start }: LegSetup) {
  const exchanges: Exchange[] = [];
  const improvements: Improvement[] = [];
  let best = start;
  let ticks = 0;
  let spent = 0;
  let stopped = false;
  return {
    stopped: () => stopped,
    events: () => ({ ticks, work: spent, exchanges, improvements }),
    options: {
      budget: {
        tick: (work: number) => {
          ticks += 1;
          spent += work;
          if (spent >= leg.workLimit) return "stop" as const;
          stopped = link.shouldStop(legIndex, ticks);
          return stopped ? ("stop" as const) : ("continue" as const);
        },
      },
      exchange: (): Sample | undefined => {
        const offered = link.offered(legIndex, ticks, best);
        if (offered === undefined) return undefined;
        exchanges.push({ tick: ticks, ...offered });
        return offered.sample;
      },
      onIncumbent: (sample: Sample, objective: number) => {
        const incumbent = { sample: { values: sample.values.slice() }, objective };
        if (!isBetter(sense, incumbent, best)) return;
        best = incumbent;
        improvements.push({ tick: ticks, objective, length: sample.values.length });
        link.share(incumbent);
      },
    },
  };
}

/** The attempt of a leg that never began. */
export function unstartedAttempt(
  task: Pick<LaneTask, "lane" | "laneIndex" | "seed">,
  legIndex: number,
): Attempt {
  const leg = task.lane[legIndex];
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
