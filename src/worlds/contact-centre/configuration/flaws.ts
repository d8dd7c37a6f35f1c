/**
 * What a schema cannot see: members of a centre that each look right and do not fit together.
 */
import type { Flaw } from "#foundation";
import {
  type CentreText,
  type ClassText,
  type GroupText,
  LIMITS,
  type ShiftText,
} from "./schema.ts";

const DAY_MINUTES = 1440;

/** Every place where the members of `centre` do not fit together. */
export function crossFlaws(centre: CentreText): Flaw[] {
  const { classes, groups, hours, warmUpHours } = centre;
  return [
    ...(warmUpHours < hours
      ? []
      : [flaw("/warmUpHours", `less than hours (${hours})`, `${warmUpHours}`)]),
    ...repeatedIds("/classes", classes),
    ...repeatedIds("/groups", groups),
    ...classes.flatMap((one, index) => unserved(one, index, groups)),
    ...groups.flatMap((one, index) => groupFlaws(one, index, classes)),
    ...tooManyAgents(groups),
  ];
}

function repeatedIds(place: string, members: readonly { readonly id: string }[]): Flaw[] {
  const ids = members.map(({ id }) => id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [flaw(`${place}/${index}/id`, "an id of its own", JSON.stringify(id))],
  );
}

/** A class that no group has skill, channel and site for would wait for ever. */
function unserved(one: ClassText, index: number, groups: readonly GroupText[]): Flaw[] {
  if (groups.some((group) => canServe(group, one))) return [];
  const { channel, skill = one.id, sites } = one;
  const where = sites === undefined ? "" : ` at ${sites.join(" or ")}`;
  const expected = `a group${where} with skill ${JSON.stringify(skill)} on channel ${channel}`;
  return [flaw(`/classes/${index}`, expected, "none")];
}

/** Whether agents of `group` have skill, channel and site for contacts of `one`. */
export function canServe(group: GroupText, one: ClassText): boolean {
  const { concurrency, skills, site } = group;
  return (
    Object.hasOwn(skills, one.skill ?? one.id) &&
    (concurrency === undefined || Object.hasOwn(concurrency, one.channel)) &&
    (one.sites === undefined || one.sites.includes(site))
  );
}

function groupFlaws(group: GroupText, index: number, classes: readonly ClassText[]): Flaw[] {
  const place = `/groups/${index}`;
  const known = new Set(classes.map(({ id, skill }) => skill ?? id));
  const channels = new Set(classes.map(({ channel }) => channel));
  const { agents, shifts, skills, concurrency = {} } = group;
  return [
    ...((agents === undefined) === (shifts === undefined)
      ? [flaw(place, "either agents or shifts", agents === undefined ? "neither" : "both")]
      : []),
    ...strangers(`${place}/skills`, Object.keys(skills), known, "a skill that some class needs"),
    ...strangers(
      `${place}/concurrency`,
      Object.keys(concurrency),
      channels,
      "a channel of a class",
    ),
    ...(shifts ?? []).flatMap((shift, at) => shiftFlaws(shift, `${place}/shifts/${at}`)),
  ];
}

function strangers(
  place: string,
  names: readonly string[],
  known: ReadonlySet<string>,
  expected: string,
): Flaw[] {
  return names
    .filter((name) => !known.has(name))
    .map((name) => flaw(place, expected, JSON.stringify(name)));
}

/** Breaks lie within their shift, in order and apart. */
function shiftFlaws({ fromMinute, untilMinute, breaks }: ShiftText, place: string): Flaw[] {
  if (untilMinute <= fromMinute || untilMinute > fromMinute + DAY_MINUTES) {
    const expected = `after fromMinute (${fromMinute}) by at most a day`;
    return [flaw(`${place}/untilMinute`, expected, `${untilMinute}`)];
  }
  let freeFrom = fromMinute;
  return breaks.flatMap((pause, index) => {
    const earliest = freeFrom;
    freeFrom = Math.max(freeFrom, pause.untilMinute);
    const fits =
      pause.fromMinute >= earliest &&
      pause.fromMinute < pause.untilMinute &&
      pause.untilMinute <= untilMinute;
    if (fits) return [];
    const expected = `a break between minute ${earliest} and ${untilMinute}`;
    const got = `${pause.fromMinute} to ${pause.untilMinute}`;
    return [flaw(`${place}/breaks/${index}`, expected, got)];
  });
}

function tooManyAgents(groups: readonly GroupText[]): Flaw[] {
  const agents = groups.reduce((sum, group) => sum + agentCount(group), 0);
  if (agents <= LIMITS.agents) return [];
  return [flaw("/groups", `at most ${LIMITS.agents} agents in all`, `${agents}`)];
}

function agentCount({ agents = 0, shifts = [] }: GroupText): number {
  return shifts.reduce((sum, shift) => sum + shift.agents, agents);
}

function flaw(pointer: string, expected: string, got: string): Flaw {
  return { pointer, message: `expected ${expected}, got ${got}` };
}
