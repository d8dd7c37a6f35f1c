/**
 * A small, fast centre to try experiments on: contacts of two kinds arrive at a rate that follows
 * the hours, agents are at home in one kind and slower in the other, queues carry over from slice
 * to slice, and customers lose patience. Control gives the longest-waiting contact to the
 * longest-idle agent; treatment prefers agents at home and lets a contact be passed over by one who
 * is not. What the treatment does to one contact therefore reaches the others, through the agents
 * they share.
 */
import type { RandomStream } from "#foundation";
import { normalQuantile } from "#statistics";

/** One centre. Times in seconds. */
export interface Centre {
  readonly agents: number;
  /** Contacts a second at the mean of the day. */
  readonly arrivalRate: number;
  /** How far the peak rises above the mean, as a share. */
  readonly peak: number;
  /** Standard deviation of a day's own factor, as a share. */
  readonly dayDeviation: number;
  readonly handleTimeMean: number;
  /** How many times as long an agent takes who is not at home. */
  readonly awayFactor: number;
  readonly patienceMean: number;
}

/** The same contacts whichever policy meets them. */
export interface Day {
  readonly count: number;
  readonly arrivals: Float64Array;
  /** 0 or 1. */
  readonly kinds: Uint8Array;
  /** Needed by an agent at home. */
  readonly handleTimes: Float64Array;
  readonly patience: Float64Array;
}

/** What became of each contact of a day. */
export interface DayOutcome {
  /** Time in the queue, whether served or not. */
  readonly waits: Float64Array;
  /** 0 for who left. */
  readonly handled: Float64Array;
}

/** Seconds a day is open. */
export const OPEN_SECONDS = 12 * 3600;
/** How far an agent looks down the queue. */
const LOOK_AHEAD = 8;
const CONTACTS_MAX = 8192;
const LOG_DEVIATION = 0.7;

/** Handling times come from a table of quantiles: mean 1, log-normal. */
const HANDLE_TABLE = handleTable();

/** A centre drawn from the range the experiments are meant for: 82 to 95 % busy. */
export function drawCentre(random: RandomStream): Centre {
  const between = (low: number, high: number) => low + (high - low) * random.unit();
  const agents = 8 + random.below(9);
  const handleTimeMean = between(200, 360);
  const awayFactor = between(1.2, 1.5);
  const busy = between(0.82, 0.95);
  return {
    agents,
    // Half the contacts meet an agent who is away.
    arrivalRate: (busy * agents) / (handleTimeMean * (1 + awayFactor) * 0.5),
    peak: between(0.05, 0.25),
    dayDeviation: between(0.02, 0.08),
    handleTimeMean,
    awayFactor,
    patienceMean: between(90, 240),
  };
}

/** Draws the contacts of a day. */
export function drawDay(centre: Centre, random: RandomStream): Day {
  const { arrivalRate, peak, dayDeviation, handleTimeMean, patienceMean } = centre;
  // A uniform factor has all the variance wanted and no tail.
  const factor = 1 + dayDeviation * Math.sqrt(12) * (random.unit() - 0.5);
  const most = arrivalRate * factor * (1 + peak);
  const arrivals = new Float64Array(CONTACTS_MAX);
  const kinds = new Uint8Array(CONTACTS_MAX);
  const handleTimes = new Float64Array(CONTACTS_MAX);
  const patience = new Float64Array(CONTACTS_MAX);
  let count = 0;
  for (let at = 0; ; ) {
    at -= Math.log(1 - random.unit()) / most;
    if (at >= OPEN_SECONDS || count === CONTACTS_MAX) break;
    const share = (1 + peak * Math.sin((2 * Math.PI * 2 * at) / OPEN_SECONDS)) / (1 + peak);
    if (random.unit() >= share) continue; // Thinning makes the rate follow the hours.
    const word = random.uint32();
    arrivals[count] = at;
    kinds[count] = word & 1;
    handleTimes[count] = handleTimeMean * HANDLE_TABLE[word >>> 22];
    patience[count] = -patienceMean * Math.log(1 - random.unit());
    count += 1;
  }
  return { count, arrivals, kinds, handleTimes, patience };
}

/**
 * Runs a day. `isTreated` says which policy takes care of a contact at a moment; in a switchback it
 * looks at the moment alone, in a user split at the contact alone.
 */
export function runDay(
  centre: Centre,
  day: Day,
  isTreated: (contact: number, now: number) => boolean,
): DayOutcome {
  const { agents, awayFactor } = centre;
  const { count, arrivals, kinds, handleTimes, patience } = day;
  const waits = new Float64Array(count);
  const handled = new Float64Array(count);
  const freeAt = new Float64Array(agents);
  const queue: number[] = [];

  const serve = (contact: number, agent: number, now: number) => {
    const atHome = (agent & 1) === kinds[contact];
    waits[contact] = now - arrivals[contact];
    handled[contact] = handleTimes[contact] * (atHome ? 1 : awayFactor);
    freeAt[agent] = now + handled[contact];
  };
  const dropImpatient = (now: number) => {
    for (let place = queue.length - 1; place >= 0; place -= 1) {
      const contact = queue[place];
      if (arrivals[contact] + patience[contact] > now) continue;
      waits[contact] = patience[contact];
      queue.splice(place, 1);
    }
  };
  const workOff = (until: number) => {
    while (queue.length > 0) {
      const agent = soonestFree(freeAt);
      const now = freeAt[agent];
      if (now > until) return;
      dropImpatient(now);
      if (queue.length === 0) return;
      const depth = Math.min(queue.length, LOOK_AHEAD);
      let place = 0;
      while (place < depth && (agent & 1) !== kinds[queue[place]] && isTreated(queue[place], now)) {
        place += 1;
      }
      const [contact] = queue.splice(place === depth ? 0 : place, 1);
      serve(contact, agent, now);
    }
  };

  for (let contact = 0; contact < count; contact += 1) {
    const now = arrivals[contact];
    workOff(now);
    const agent =
      queue.length > 0 ? -1 : idleAgent(freeAt, now, kinds[contact], isTreated(contact, now));
    if (agent >= 0) serve(contact, agent, now);
    else queue.push(contact);
  }
  workOff(Number.POSITIVE_INFINITY);
  return { waits, handled };
}

function soonestFree(freeAt: Float64Array): number {
  let soonest = 0;
  for (let agent = 1; agent < freeAt.length; agent += 1) {
    if (freeAt[agent] < freeAt[soonest]) soonest = agent;
  }
  return soonest;
}

/** The longest idle, of those at home first where that is asked for; -1 if all are busy. */
function idleAgent(freeAt: Float64Array, now: number, kind: number, prefersHome: boolean): number {
  let longest = -1;
  let longestAtHome = -1;
  for (let agent = 0; agent < freeAt.length; agent += 1) {
    if (freeAt[agent] > now) continue;
    if (longest < 0 || freeAt[agent] < freeAt[longest]) longest = agent;
    if ((agent & 1) !== kind) continue;
    if (longestAtHome < 0 || freeAt[agent] < freeAt[longestAtHome]) longestAtHome = agent;
  }
  return prefersHome && longestAtHome >= 0 ? longestAtHome : longest;
}

function handleTable(): Float64Array {
  const size = 1024;
  const table = new Float64Array(size);
  for (let cell = 0; cell < size; cell += 1) {
    table[cell] = Math.exp(LOG_DEVIATION * normalQuantile((cell + 0.5) / size));
  }
  const mean = table.reduce((sum, value) => sum + value, 0) / size;
  return table.map((value) => value / mean);
}
