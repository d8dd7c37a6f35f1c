/**
 * Contact centres drawn at random, of every kind the configuration knows: channels and concurrency,
 * partial skills, shifts with breaks, impatience and redials, ticks and events, loads from idle to
 * hopeless. Small enough that a thousand take seconds.
 */
import type { RandomStream } from "../../src/foundation/index.ts";
import { type Centre, readCentre } from "../../src/worlds/index.ts";

/** A random centre; the same stream, the same centre. */
export function randomCentre(stream: RandomStream): Centre {
  const hours = 2 + 10 * stream.unit();
  const classCount = 1 + stream.below(4);
  const classes = Array.from({ length: classCount }, (_, index) => randomClass(stream, index));
  const groups = Array.from({ length: 1 + stream.below(4) }, (_, index) =>
    randomGroup(stream, index, classes),
  );
  const body = {
    classes,
    groups: [...groups, ...missingGroups(classes, groups)],
    hours,
    warmUpHours: stream.below(3) === 0 ? 0 : hours * 0.4 * stream.unit(),
    abandonments: ["missed", "excluded", "short-excluded"][stream.below(3)],
    ...(stream.below(4) === 0 ? { tickSeconds: 1 + stream.below(30) } : {}),
  };
  return readCentre(body, () => {
    throw new Error("no file was named");
  });
}

interface ClassDraft {
  readonly id: string;
  readonly channel: string;
}

function randomClass(stream: RandomStream, index: number): ClassDraft {
  const redial = { probability: 0.9 * stream.unit(), delay: randomDuration(stream, 300) };
  return {
    id: `class-${index}`,
    channel: stream.below(3) === 0 ? "chat" : "voice",
    ...{ arrivals: randomArrivals(stream), handle: randomDuration(stream, 200) },
    ...(stream.below(3) === 0 ? {} : { patience: randomDuration(stream, 120) }),
    ...(stream.below(3) === 0 ? { redial } : {}),
    ...(stream.below(4) === 0 ? { dayCv: stream.unit() } : {}),
    ...{ withinSeconds: stream.below(3) === 0 ? 0 : stream.below(60) },
    ...{ waitCost: 0.1 + stream.unit() },
  };
}

function randomArrivals(stream: RandomStream) {
  const perHour = stream.below(5) === 0 ? 0 : 120 * stream.unit();
  if (stream.below(2) === 0) return { kind: "constant", perHour };
  const rates = Array.from({ length: 1 + stream.below(6) }, () => 150 * stream.unit());
  return { kind: "table", stepMinutes: 5 + stream.below(90), perHour: rates };
}

function randomDuration(stream: RandomStream, about: number) {
  const meanSeconds = about * (0.2 + 2 * stream.unit());
  const kind = ["fixed", "exponential", "log-normal"][stream.below(3)];
  return kind === "log-normal"
    ? { kind, meanSeconds, cv: 0.1 + stream.unit() }
    : { kind, meanSeconds };
}

function randomGroup(stream: RandomStream, index: number, classes: readonly ClassDraft[]) {
  const skilled = classes.filter(() => stream.below(2) === 0);
  const skills = Object.fromEntries(skilled.map(({ id }) => [id, 0.3 + 0.7 * stream.unit()]));
  const voices = classes.some(({ channel }) => channel === "voice");
  const chats = classes.some(({ channel }) => channel === "chat");
  const concurrency = {
    ...(voices ? { voice: 1 + (stream.below(8) === 0 ? 1 : 0) } : {}),
    ...(chats ? { chat: 1 + stream.below(4) } : {}),
  };
  return {
    ...{ id: `group-${index}`, skills, concurrency },
    ...(stream.below(3) === 0 ? { interference: stream.unit() } : {}),
    ...(stream.below(2) === 0
      ? { agents: 1 + stream.below(12) }
      : { shifts: Array.from({ length: 1 + stream.below(3) }, () => randomShift(stream)) }),
  };
}

function randomShift(stream: RandomStream) {
  const fromMinute = stream.below(400);
  const untilMinute = fromMinute + 60 + stream.below(400);
  const pause = fromMinute + 10 + stream.below(20);
  const breaks = [{ fromMinute: pause, untilMinute: pause + 1 + stream.below(25) }];
  return {
    ...{ agents: 1 + stream.below(8), fromMinute, untilMinute },
    ...(stream.below(2) === 0 ? { breaks } : {}),
  };
}

/** One agent for every class that the groups drawn leave without. */
function missingGroups(
  classes: readonly ClassDraft[],
  groups: readonly { readonly skills: Readonly<Record<string, number>> }[],
) {
  return classes
    .filter(({ id }) => !groups.some(({ skills }) => Object.hasOwn(skills, id)))
    .map(({ id }) => ({ id: `only-${id}`, agents: 1, skills: { [id]: 1 } }));
}
