/**
 * The simulated week: a contact centre in virtual time, routed hour by hour by its rule or by the
 * platform as an experiment's coins say, then read, then valued. Same days, seed and decisions,
 * same week.
 */
import type { RoutingRequest } from "#decisions";
import {
  assignMoment,
  type CaseReading,
  type ContactOutcome,
  type ExperimentReading,
  readBusinessCase,
  readCase,
  readExperiment,
  type Staffing,
} from "#experiments";
import { assert, randomStream } from "#foundation";
import {
  type CentreSnapshot,
  longestWaiting,
  type Pairing,
  pairingsOf,
  routingRequest,
  simulateWaiting,
} from "#worlds";
import { exampleCentre } from "./example-centre.ts";
import { armNow, type CentreFrame, clockText, FloorWatch } from "./floor-watch.ts";
import { OutcomeLog } from "./outcome-log.ts";
import { StaffingLog } from "./staffing-log.ts";
import type { TickDecision } from "./tick-decision.ts";
import { weekCase } from "./week-case.ts";
import {
  HANDLING_COST,
  POOL,
  READING_PLAN,
  SERVICE_LEVEL,
  WEEK_DAYS,
  weekDesign,
} from "./week-design.ts";

/** How long, and with whose contacts. */
export interface WeekPlan {
  /** Opening days, even; a week has 6. */
  readonly days: number;
  readonly seed: number;
}

/** Where a study runs. */
export interface WeekHost {
  decide(request: RoutingRequest): Promise<TickDecision>;
  /**
   * Called with a look at the floor after every {@link FRAME_SECONDS} of virtual time that had
   * somebody to route; what it returns is waited for. Rejecting ends the study.
   */
  look(frame: CentreFrame): Promise<void>;
}

/** What a simulated week says. */
export interface CentreWeek {
  readonly days: number;
  readonly seed: number;
  readonly contacts: number;
  readonly decisions: number;
  /** Decisions by the solver whose answer was given, most frequent first. */
  readonly solvers: readonly { readonly solver: string; readonly decisions: number }[];
  /** Decisions by rung of the ladder, most frequent first. */
  readonly rungs: readonly { readonly rung: string; readonly decisions: number }[];
  /** The experiment as `tandem roi --experiment` reads it. */
  readonly experiment: ExperimentDocument;
  readonly reading: ExperimentReading;
  /** The business case as `tandem roi` reads it. */
  readonly businessCase: ReturnType<typeof weekCase>;
  readonly worth: CaseReading;
}

/** An experiment with everything that was seen, as a document. */
export type ExperimentDocument = ReturnType<typeof weekDesign> & {
  readonly contacts: readonly ContactOutcome[];
  readonly staffing: readonly Staffing[];
} & Readonly<Record<string, unknown>>;

/** Virtual time between two looks. */
const FRAME_SECONDS = 60;
const CASE_DRAWS = 10_000;

/**
 * Runs the week.
 *
 * @throws Fault `study-days-invalid`, and what the host throws.
 */
export async function runCentreWeek({ days, seed }: WeekPlan, host: WeekHost): Promise<CentreWeek> {
  const design = weekDesign(days, seed);
  const centre = exampleCentre(days);
  const watch = new FloorWatch(centre);
  const log = new OutcomeLog(design, SERVICE_LEVEL, HANDLING_COST);
  const time = new StaffingLog(design, centre);
  const tally = { solvers: new Map<string, number>(), rungs: new Map<string, number>() };
  let decisions = 0;
  let nextLookSeconds = 0;

  const armAt = (atSeconds: number) =>
    assignMoment(design, POOL, design.startUtcMs + Math.floor(atSeconds * 1000))?.arm ?? "control";
  const frameAt = (atSeconds: number): CentreFrame => ({
    ...{ atSeconds, time: clockText(atSeconds), runSeconds: centre.runSeconds },
    ...{ arm: armAt(atSeconds), decisions },
    classes: watch.classes(atSeconds),
    groups: watch.groups(atSeconds),
    arms: log.arms().map(armNow),
  });
  const byPlatform = async (snapshot: CentreSnapshot): Promise<readonly Pairing[]> => {
    const { answer, rung, solver } = await host.decide(routingRequest(snapshot));
    decisions += 1;
    count(tally.solvers, solver);
    count(tally.rungs, rung);
    return pairingsOf(answer);
  };
  const route = async (snapshot: CentreSnapshot): Promise<readonly Pairing[]> => {
    const { atSeconds } = snapshot;
    if (atSeconds >= nextLookSeconds) {
      nextLookSeconds = atSeconds + FRAME_SECONDS;
      await host.look(frameAt(atSeconds));
    }
    return armAt(atSeconds) === "treatment" ? byPlatform(snapshot) : longestWaiting.route(snapshot);
  };
  await simulateWaiting(centre, route, { seed, replication: 0 }, (event) => {
    watch.see(event);
    log.see(event);
    time.see(event);
  });

  const random = randomStream(seed, "contact-centre-week");
  const { primary, guardrails, level } = READING_PLAN;
  const experiment = {
    ...{ ...design, primary, guardrails, level, serviceLevel: SERVICE_LEVEL, isOver: true },
    contacts: log.outcomes,
    staffing: time.staffing(),
  };
  const read = readExperiment(experiment);
  assert(read.kind === "switchback", "the reading of a switchback");
  const { reading, improvement } = read;
  const businessCase = weekCase(
    log.outcomes.length / days,
    reading.primary.standardError * Math.sqrt(days / WEEK_DAYS),
  );
  // Each of the two takes a while; others of this process have a turn between them.
  await new Promise<void>((resolve) => setImmediate(resolve));
  const worth = readCase(
    readBusinessCase(businessCase, improvement),
    CASE_DRAWS,
    random.fork("case"),
  );
  return {
    ...{ days, seed, decisions, contacts: log.outcomes.length },
    solvers: ranked(tally.solvers).map(([solver, times]) => ({ solver, decisions: times })),
    rungs: ranked(tally.rungs).map(([rung, times]) => ({ rung, decisions: times })),
    ...{ experiment, reading, businessCase, worth },
  };
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function ranked(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].toSorted(([, one], [, other]) => other - one);
}
