/**
 * A contact centre ready to be simulated: classes of contacts, groups of agents, and how well each
 * group serves each class. Times are seconds since Monday 00:00, when every run begins.
 */
import type { Duration } from "./arrivals/duration.ts";
import type { ArrivalProcess } from "./arrivals/thinning.ts";

/** Contacts that are alike: one channel, one need, one patience. */
export interface ContactClass {
  readonly id: string;
  readonly channel: string;
  readonly arrivals: ArrivalProcess;
  /** Mean arrivals per hour, redials not counted. */
  readonly perHour: number;
  /** Handling by an agent of proficiency 1 who has nothing else in hand. */
  readonly handle: Duration;
  /** How long a contact waits before it gives up; absent if for ever. */
  readonly patience: Duration | undefined;
  /** Whether and when somebody who gave up tries again. */
  readonly redial: { readonly probability: number; readonly delay: Duration } | undefined;
  /** The wait that still counts as in time. */
  readonly withinSeconds: number;
  /** What a second of waiting costs after a second of waiting, in any unit. */
  readonly waitCost: number;
  /** The share of all waiting contacts this class should be, by the queue-ratio policy. */
  readonly queueShare: number;
  /** What serving a contact is worth, in minor units of money, as the platform is told. */
  readonly value: number;
  /** What comes of serving a contact; absent where nobody is told. */
  readonly outcome: OutcomeProfile | undefined;
}

/** What comes of serving contacts of one class, as shares and on a scale from 1 to 5. */
export interface OutcomeProfile {
  /** Passed on by an agent of proficiency 1; one of proficiency p passes on 1 / p times as many. */
  readonly transferred: number;
  /** Resolved, of those not passed on; what is left grows by 1 / p likewise. */
  readonly resolved: number;
  readonly satisfaction: SatisfactionProfile | undefined;
}

/** What customers say afterwards, cut to the scale. */
export interface SatisfactionProfile {
  /** Of those served at once whose contact was resolved. */
  readonly mean: number;
  readonly deviation: number;
  /** What an unresolved contact takes off, and a minute of waiting. */
  readonly unresolvedLoss: number;
  readonly lossPerMinute: number;
  /** How many say anything. */
  readonly answeredShare: number;
}

/** When an agent is on duty: from, and until but not at. */
export interface Duty {
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/** Agents that are alike. */
export interface AgentGroup {
  readonly id: string;
  readonly site: string;
  /** By class: 1 for the class's own handling time, 0.5 for twice as long, 0 for not at all. */
  readonly proficiency: Float64Array;
  /** By class: which part of an agent one contact takes, in units of {@link WHOLE_AGENT}. */
  readonly load: Int32Array;
  /** By how much handling is longer for every other contact in hand when it begins. */
  readonly interference: number;
  /** The duties of each agent, ascending and apart. */
  readonly agents: readonly (readonly Duty[])[];
}

/**
 * How contacts that gave up count in the service level: as not answered in time, not at all, or not
 * at all if they gave up within the time (and else as not answered in time).
 */
export type AbandonmentRule = "missed" | "excluded" | "short-excluded";

/** A whole agent, in units that every concurrency from 1 to 10 divides. */
export const WHOLE_AGENT = 2520;

/** A contact centre. */
export interface Centre {
  readonly classes: readonly ContactClass[];
  readonly groups: readonly AgentGroup[];
  readonly runSeconds: number;
  /** What happens before is simulated and not counted. */
  readonly warmUpSeconds: number;
  /** The router is asked this often; absent if at every event. */
  readonly tickSeconds: number | undefined;
  readonly abandonments: AbandonmentRule;
}
