/**
 * Waiting lines in closed form: what a pool of equal agents owes its customers when contacts arrive
 * at random. Simulated centres are held against these, and plans begin with them.
 */
import { assert } from "#foundation";

/** A pool: times and rates in one unit of time, e.g. seconds. */
export interface Pool {
  /** Contacts arriving a unit of time (Poisson). */
  readonly arrivalRate: number;
  /** Mean handling time (exponential). */
  readonly handleTimeMean: number;
  readonly agents: number;
}

/** What Erlang C says of a pool in which everybody waits as long as it takes. */
export interface QueueFigures {
  readonly waitProbability: number;
  /** Mean wait of all contacts: the average speed of answer. */
  readonly waitMean: number;
  readonly occupancy: number;
  /** Share answered within `time`. */
  serviceLevel(time: number): number;
}

/** What Erlang A says of a pool whose customers lose patience. */
export interface ImpatientQueueFigures {
  readonly waitProbability: number;
  /** Mean wait of all contacts, served or not. */
  readonly waitMean: number;
  readonly abandonProbability: number;
  readonly occupancy: number;
}

const WEIGHT_MAX = 1e200;

/**
 * Erlang B: the share of contacts that find all `agents` busy where nobody waits; `load` is the
 * arrival rate times the mean handling time.
 *
 * Source: A. K. Erlang (1917), by the recursion in the number of agents.
 */
function erlangB(load: number, agents: number): number {
  let blocked = 1;
  for (let busy = 1; busy <= agents; busy += 1)
    blocked = (load * blocked) / (busy + load * blocked);
  return blocked;
}

/** Erlang C (M/M/N). The load must be below the number of agents. Source: A. K. Erlang (1917). */
export function erlangC({ arrivalRate, handleTimeMean, agents }: Pool): QueueFigures {
  const load = arrivalRate * handleTimeMean;
  assert(load < agents, `erlangC: expected a load below ${agents} agents, got ${load}`);
  const occupancy = load / agents;
  const blocked = erlangB(load, agents);
  const waitProbability = blocked / (1 - occupancy * (1 - blocked));
  const slack = (agents - load) / handleTimeMean;
  return {
    waitProbability,
    waitMean: waitProbability / slack,
    occupancy,
    serviceLevel: (time) => 1 - waitProbability * Math.exp(-slack * time),
  };
}

/**
 * Erlang A (M/M/N+M): patience is exponential with mean `patienceMean`. Any load is stable.
 *
 * Source: C. Palm (1937); O. Garnett, A. Mandelbaum and M. Reiman, Manufacturing & Service
 * Operations Management 4 (2002).
 */
export function erlangA({
  arrivalRate,
  handleTimeMean,
  agents,
  patienceMean,
}: Pool & { readonly patienceMean: number }): ImpatientQueueFigures {
  const load = arrivalRate * handleTimeMean;
  // Weights of the states: all with an agent free or none queueing, the last of these, and those
  // with a queue, which may outweigh it beyond the range of doubles.
  let unqueued = 1 / erlangB(load, agents);
  let brink = 1;
  let weight = 1;
  let queueing = 0;
  let queueLength = 0;
  for (let queue = 1; weight > Number.EPSILON * (brink + queueing) * 1e-4; queue += 1) {
    weight *= arrivalRate / (agents / handleTimeMean + queue / patienceMean);
    queueing += weight;
    queueLength += queue * weight;
    if (queueLength < WEIGHT_MAX) continue;
    unqueued /= WEIGHT_MAX;
    brink /= WEIGHT_MAX;
    weight /= WEIGHT_MAX;
    queueing /= WEIGHT_MAX;
    queueLength /= WEIGHT_MAX;
  }
  const full = unqueued + queueing;
  const waitMean = queueLength / full / arrivalRate;
  const abandonProbability = waitMean / patienceMean;
  return {
    waitProbability: (brink + queueing) / full,
    waitMean,
    abandonProbability,
    occupancy: (load * (1 - abandonProbability)) / agents,
  };
}
