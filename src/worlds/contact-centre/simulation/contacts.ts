/**
 * The contacts of a run, drawn before it begins: when each comes, how much work it is, how long it
 * has patience. Each class draws from streams of its own, one per purpose, so neither another
 * policy, nor another roster, nor one class more changes what is drawn for the others: policies are
 * compared on common random numbers.
 */
import type { RandomStream } from "#foundation";
import { durationSampler } from "../arrivals/duration.ts";
import { arrivalTimes } from "../arrivals/thinning.ts";
import type { Centre, ContactClass } from "../centre.ts";

/** All contacts of a run in the order they come; parallel arrays, one entry each. */
export interface Contacts {
  readonly count: number;
  readonly classOf: Uint8Array;
  readonly arriveAtSeconds: Float64Array;
  /** Seconds of handling by an agent of proficiency 1 with nothing else in hand. */
  readonly workSeconds: Float64Array;
  /** Seconds of waiting before the contact gives up; infinite for never. */
  readonly patienceSeconds: Float64Array;
  /** What the contact draws for coming back after it has given up `attempt` times. */
  readonly comeBack: (contact: number, attempt: number) => ComeBack | undefined;
  /** What the contact draws from for what comes of it. */
  readonly outcomeStream: (contact: number) => RandomStream;
}

/** Another try: when, and with how much patience. */
export interface ComeBack {
  readonly delaySeconds: number;
  readonly patienceSeconds: number;
}

/** Draws the contacts of the run that `stream` belongs to. */
export function drawContacts({ classes, runSeconds }: Centre, stream: RandomStream): Contacts {
  const streams = classes.map(({ id }) => stream.fork(id));
  const times = classes.map(({ arrivals }, index) =>
    arrivalTimes(arrivals, runSeconds, streams[index].fork("arrivals")),
  );
  const count = times.reduce((sum, { length }) => sum + length, 0);
  const classOf = new Uint8Array(count);
  const ordinal = new Int32Array(count);
  const arriveAtSeconds = new Float64Array(count);
  const workSeconds = new Float64Array(count);
  const patienceSeconds = new Float64Array(count);
  const works = classes.map(({ handle }, index) =>
    durationSampler(handle, streams[index].fork("handle")),
  );
  const patiences = classes.map((one, index) =>
    patienceSampler(one, streams[index].fork("patience")),
  );
  const taken = new Int32Array(classes.length);
  for (let contact = 0; contact < count; contact += 1) {
    const next = earliest(times, taken);
    classOf[contact] = next;
    ordinal[contact] = taken[next];
    arriveAtSeconds[contact] = times[next][taken[next]];
    workSeconds[contact] = works[next]();
    patienceSeconds[contact] = patiences[next]();
    taken[next] += 1;
  }
  const comeBack = (contact: number, attempt: number) => {
    const index = classOf[contact];
    return drawComeBack(classes[index], streams[index].fork("redial", ordinal[contact], attempt));
  };
  const outcomeStream = (contact: number) =>
    streams[classOf[contact]].fork("outcome", ordinal[contact]);
  const each = { classOf, arriveAtSeconds, workSeconds, patienceSeconds };
  return { count, ...each, comeBack, outcomeStream };
}

function drawComeBack(one: ContactClass, stream: RandomStream): ComeBack | undefined {
  const { redial } = one;
  if (redial === undefined || stream.unit() >= redial.probability) return undefined;
  return {
    delaySeconds: durationSampler(redial.delay, stream.fork("delay"))(),
    patienceSeconds: patienceSampler(one, stream.fork("patience"))(),
  };
}

function patienceSampler({ patience }: ContactClass, stream: RandomStream): () => number {
  if (patience === undefined) return () => Number.POSITIVE_INFINITY;
  return durationSampler(patience, stream);
}

/** The class whose next contact comes first; of two at one instant, the first listed. */
function earliest(times: readonly (readonly number[])[], taken: Int32Array): number {
  let best = -1;
  let bestAt = Number.POSITIVE_INFINITY;
  for (let index = 0; index < times.length; index += 1) {
    const at = taken[index] < times[index].length ? times[index][taken[index]] : bestAt;
    if (at < bestAt) [best, bestAt] = [index, at];
  }
  return best;
}
