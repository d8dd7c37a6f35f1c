/**
 * The books of a run, kept a second time from its events alone, the slow and obvious way: every
 * contact's story must be a possible one, nobody may work off duty or beyond their capacity, nobody
 * may wait whom a free agent could serve, and every tally must come out the same.
 */
import { isDeepStrictEqual } from "node:util";
import { assert } from "../../src/foundation/index.ts";
import type { Centre, CentreEvent, RunTally } from "../../src/worlds/index.ts";

const WHOLE = 2520;

interface Stay {
  readonly classIndex: number;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
  readonly end: "answer" | "abandon" | "none";
  readonly isRedial: boolean;
}

interface Service {
  readonly agent: number;
  readonly fromSeconds: number;
  readonly untilSeconds: number;
}

/** What a run's events tell. */
export interface Story {
  readonly stays: readonly Stay[];
  readonly services: readonly Service[];
}

/** Reads the events in their order. Expects that each contact's story is a possible one. */
export function storyOf(centre: Centre, events: readonly CentreEvent[]): Story {
  const waiting = new Map<number, CentreEvent>();
  const served = new Map<number, CentreEvent>();
  const came = new Set<number>();
  const gone = new Set<number>();
  const stays: Stay[] = [];
  const services: Service[] = [];
  const stay = (entry: CentreEvent, untilSeconds: number, end: Stay["end"]): Stay => ({
    ...{ classIndex: entry.classIndex, fromSeconds: entry.atSeconds, untilSeconds, end },
    isRedial: entry.kind === "redial",
  });
  let lastSeconds = 0;
  for (const event of events) {
    const { kind, contact, atSeconds } = event;
    assert(atSeconds >= lastSeconds, `${atSeconds} after ${lastSeconds}`);
    lastSeconds = atSeconds;
    const entry = waiting.get(contact);
    const begun = served.get(contact);
    if (kind === "arrive" || kind === "redial") {
      const isElsewhere = entry !== undefined || begun !== undefined;
      const isDue = kind === "redial" ? gone.delete(contact) : !came.has(contact);
      assert(isDue && !isElsewhere, `${contact} may ${kind}`);
      came.add(contact);
      waiting.set(contact, event);
    } else if (kind === "finish") {
      assert(begun?.agent === event.agent, `${contact} is answered by whom it finishes with`);
      services.push({ agent: event.agent, fromSeconds: begun.atSeconds, untilSeconds: atSeconds });
      served.delete(contact);
    } else {
      assert(entry !== undefined, `${contact} waits before it may ${kind}`);
      stays.push(stay(entry, atSeconds, kind));
      waiting.delete(contact);
      if (kind === "answer") served.set(contact, event);
      else gone.add(contact);
    }
  }
  const { runSeconds } = centre;
  for (const entry of waiting.values()) stays.push(stay(entry, runSeconds, "none"));
  for (const { agent, atSeconds } of served.values()) {
    services.push({ agent, fromSeconds: atSeconds, untilSeconds: runSeconds });
  }
  return { stays, services };
}

/** Expects the tallies of `run` to be those of its story. */
export function expectTallies(centre: Centre, run: RunTally, story: Story): void {
  const { warmUpSeconds, runSeconds } = centre;
  const after = (from: number, until: number) => Math.max(0, until - Math.max(from, warmUpSeconds));
  assert(run.seconds === runSeconds - warmUpSeconds, "the counted part is what is not warm-up");
  for (const [index, { withinSeconds }] of centre.classes.entries()) {
    const all = story.stays.filter(({ classIndex }) => classIndex === index);
    const counted = all.filter(({ fromSeconds }) => fromSeconds >= warmUpSeconds);
    const waits = (end: Stay["end"]) =>
      counted.filter((one) => one.end === end).map((one) => one.untilSeconds - one.fromSeconds);
    const [answered, abandoned] = [waits("answer"), waits("abandon")];
    const inTime = (wait: number) => wait <= withinSeconds;
    expectPatience(centre, index, all);
    const tally = run.classes[index];
    const counts = {
      arrived: counted.length,
      answered: answered.length,
      abandoned: abandoned.length,
      waited: answered.filter((wait) => wait > 0).length + abandoned.length,
      answeredInTime: answered.filter(inTime).length,
      abandonedInTime: abandoned.filter(inTime).length,
      redials: counted.filter(({ isRedial }) => isRedial).length,
    };
    assert(
      isDeepStrictEqual({ ...tally, ...counts }, { ...tally }),
      `${JSON.stringify(counts)} counted as ${JSON.stringify(tally)}`,
    );
    expectNear(tally.answeredWaitSeconds, sum(answered));
    expectNear(tally.abandonedWaitSeconds, sum(abandoned));
    // Little's law along the path: the integral of the queue is the sum of the waits.
    const queueSeconds = sum(all.map((one) => after(one.fromSeconds, one.untilSeconds)));
    expectNear(tally.queueSeconds, queueSeconds);
  }
  expectAgentTime(centre, run, story, after);
}

/** Where patience is fixed, everybody gives up then and nobody waits longer. */
function expectPatience({ classes }: Centre, index: number, stays: readonly Stay[]): void {
  const { patience } = classes[index];
  if (patience?.kind !== "fixed") return;
  for (const { fromSeconds, untilSeconds, end } of stays) {
    const left = patience.meanSeconds - (untilSeconds - fromSeconds);
    assert(
      left > -1e-6 && (end !== "abandon" || left < 1e-6),
      `${left} s of patience left: ${end}`,
    );
  }
}

function expectAgentTime(
  centre: Centre,
  run: RunTally,
  { services }: Story,
  after: (from: number, until: number) => number,
): void {
  let agent = 0;
  for (const [group, { agents }] of centre.groups.entries()) {
    let [busySeconds, idleSeconds] = [0, 0];
    for (const duties of agents) {
      const busy = union(services.filter((one) => one.agent === agent));
      busySeconds += sum(busy.map(([from, until]) => after(from, until)));
      for (const { fromSeconds, untilSeconds } of duties) {
        const overlaps = busy.map(([from, until]) =>
          after(Math.max(from, fromSeconds), Math.max(fromSeconds, Math.min(until, untilSeconds))),
        );
        idleSeconds += after(fromSeconds, untilSeconds) - sum(overlaps);
      }
      agent += 1;
    }
    expectNear(run.groups[group].busySeconds, busySeconds);
    expectNear(run.groups[group].idleSeconds, idleSeconds);
  }
}

/** The stretches of time in which any of the services goes on, apart and ascending. */
function union(services: readonly Service[]): readonly (readonly [number, number])[] {
  const stretches: [number, number][] = [];
  for (const { fromSeconds, untilSeconds } of services.toSorted(
    (one, other) => one.fromSeconds - other.fromSeconds,
  )) {
    const last = stretches.at(-1);
    if (last !== undefined && fromSeconds <= last[1]) last[1] = Math.max(last[1], untilSeconds);
    else stretches.push([fromSeconds, untilSeconds]);
  }
  return stretches;
}

/**
 * Expects that agents only take what they can, on duty and within their capacity, and, if the
 * centre asks at every event, that nobody waits beside an agent who could serve them.
 */
export function expectFairWork(centre: Centre, events: readonly CentreEvent[]): void {
  const groupOf = centre.groups.flatMap(({ agents }, group) => agents.map(() => group));
  const duties = centre.groups.flatMap(({ agents }) => agents);
  const load = new Int32Array(groupOf.length);
  const waiting = centre.classes.map(() => 0);
  const isOnDuty = (agent: number, at: number) =>
    duties[agent].some((duty) => duty.fromSeconds <= at && at <= duty.untilSeconds);
  const isSurelyOnDuty = (agent: number, at: number) =>
    duties[agent].some((duty) => duty.fromSeconds < at && at < duty.untilSeconds);
  for (const [place, { kind, atSeconds, classIndex, agent }] of events.entries()) {
    if (kind === "arrive" || kind === "redial") waiting[classIndex] += 1;
    if (kind === "answer" || kind === "abandon") waiting[classIndex] -= 1;
    if (kind === "answer") {
      const group = centre.groups[groupOf[agent]];
      load[agent] += group.load[classIndex];
      assert(group.proficiency[classIndex] > 0, `agent ${agent} is skilled for ${classIndex}`);
      assert(isOnDuty(agent, atSeconds), `agent ${agent} is on duty at ${atSeconds}`);
      assert(load[agent] <= WHOLE, `agent ${agent} has at most its capacity in hand`);
    }
    if (kind === "finish") load[agent] -= centre.groups[groupOf[agent]].load[classIndex];
    const isLastOfInstant = events[place + 1]?.atSeconds !== atSeconds;
    if (!isLastOfInstant || centre.tickSeconds !== undefined) continue;
    if (waiting.every((count) => count === 0)) continue;
    for (let one = 0; one < groupOf.length; one += 1) {
      if (!isSurelyOnDuty(one, atSeconds)) continue;
      const { proficiency, load: needs } = centre.groups[groupOf[one]];
      const left = waiting.findIndex(
        (count, at) => count > 0 && proficiency[at] > 0 && load[one] + needs[at] <= WHOLE,
      );
      assert(left < 0, `class ${left} has nobody waiting beside agent ${one} at ${atSeconds}`);
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function expectNear(one: number, other: number): void {
  const tolerance = 1e-7 * (1 + Math.abs(one) + Math.abs(other));
  assert(Math.abs(one - other) <= tolerance, `${one} is ${other}`);
}
