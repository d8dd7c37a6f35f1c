/**
 * Descriptions of centres: what is left out is filled in, every flaw is named where it is, and
 * shifts become duties.
 */
import { describe, expect, test } from "vitest";
import { Fault } from "#foundation";
import { rateCurve } from "../arrivals/rate-curve.ts";
import { readCentre } from "./read-centre.ts";

const calls = {
  id: "calls",
  arrivals: { kind: "constant", perHour: 100 },
  handle: { kind: "exponential", meanSeconds: 200 },
};
const pool = { id: "pool", agents: 3, skills: { calls: 1 } };
const noFile = () => {
  throw new Error("no file was named");
};
const read = (body: unknown) => readCentre(body, noFile);
const centreWith = (shifts: readonly unknown[], more = {}) =>
  read({ classes: [calls], groups: [{ id: "pool", skills: { calls: 1 }, shifts }], ...more });

function flawsOf(body: unknown): readonly string[] {
  try {
    read(body);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    expect(error.row.code).toBe("world-centre-invalid");
    return error.flaws.map(({ pointer, message }) => `${pointer}: ${message}`);
  }
  return [];
}

describe("what is filled in", () => {
  test("a week with four hours of warm-up, agents always there", () => {
    const centre = read({ classes: [calls], groups: [pool] });
    expect([centre.runSeconds, centre.warmUpSeconds]).toEqual([168 * 3600, 4 * 3600]);
    expect(centre.tickSeconds).toBeUndefined();
    expect(centre.groups[0].agents).toEqual(
      [1, 2, 3].map(() => [{ fromSeconds: 0, untilSeconds: 168 * 3600 }]),
    );
    expect(centre.classes[0]).toMatchObject({ channel: "voice", withinSeconds: 20, perHour: 100 });
    expect(centre.classes[0].patience).toBeUndefined();
  });

  test("who can serve whom: skill, channel and site", () => {
    const chat = { ...calls, id: "chat", channel: "chat", skill: "calls" };
    const local = { ...calls, id: "local", skill: "calls", sites: ["north"] };
    const centre = read({
      classes: [calls, chat, local],
      groups: [
        pool,
        { ...pool, id: "north", site: "north", concurrency: { voice: 1 }, skills: { calls: 0.5 } },
        { ...pool, id: "chatters", concurrency: { chat: 3 } },
      ],
    });
    expect(centre.groups.map(({ proficiency }) => [...proficiency])).toEqual([
      [1, 1, 0],
      [0.5, 0, 0.5],
      [0, 1, 0],
    ]);
    expect(centre.groups[2].load[1]).toBe(2520 / 3);
  });

  test("a file of calls is asked for by name, and scaled", () => {
    const arrivals = { kind: "calls", file: "bank.csv", share: 0.5 };
    const centre = readCentre({ classes: [{ ...calls, arrivals }], groups: [pool] }, (file) => {
      expect(file).toBe("bank.csv");
      return rateCurve(300, [10, 30]);
    });
    expect([...centre.classes[0].arrivals.curve.perHour]).toEqual([5, 15]);
  });
});

describe("shifts", () => {
  const DAY = 86_400;
  const shift = { agents: 2, fromMinute: 480, untilMinute: 960 };

  test("breaks part them, days repeat them, the end of the run cuts them", () => {
    const breaks = [{ fromMinute: 720, untilMinute: 750 }];
    const centre = centreWith([{ ...shift, days: [1, 3], breaks }], { hours: 58 });
    const duty = (day: number, from: number, until: number) => ({
      fromSeconds: day * DAY + from * 60,
      untilSeconds: day * DAY + until * 60,
    });
    const duties = [duty(0, 480, 720), duty(0, 750, 960), duty(2, 480, 600)];
    expect(centre.groups[0].agents).toEqual([duties, duties]);
  });

  test("a night shift of Sunday reaches into the run's first Monday", () => {
    const night = { agents: 1, days: [7], fromMinute: 1320, untilMinute: 1800 };
    const centre = centreWith([night], { hours: 24 });
    expect(centre.groups[0].agents).toEqual([[{ fromSeconds: 0, untilSeconds: 6 * 3600 }]]);
  });

  test("on no day of the run, nobody comes", () => {
    expect(centreWith([{ ...shift, days: [6] }], { hours: 24 }).groups[0].agents).toEqual([[], []]);
  });
});

const FLAWED: readonly (readonly [remark: string, body: unknown, flaw: string])[] = [
  ["nothing at all", undefined, ": expected an object, got nothing"],
  ["no class", { classes: [], groups: [pool] }, "/classes: expected at least 1 entry"],
  ["a member nobody knows", { classes: [calls], groups: [pool], hour: 3 }, "/hour: expected no"],
  [
    "an arrival of no known kind",
    { classes: [{ ...calls, arrivals: { kind: "steady" } }], groups: [pool] },
    "/classes/0/arrivals/kind: ",
  ],
  [
    "handling that takes no time",
    { classes: [{ ...calls, handle: { kind: "fixed", meanSeconds: 0 } }], groups: [pool] },
    "/classes/0/handle/meanSeconds: expected more than 0, got 0",
  ],
  [
    "a warm-up without an end",
    { classes: [calls], groups: [pool], hours: 4 },
    "/warmUpHours: expected less than hours (4), got 4",
  ],
  ["an id twice", { classes: [calls, calls], groups: [pool] }, "/classes/1/id: expected an id of"],
  [
    "a class nobody serves",
    { classes: [calls, { ...calls, id: "chat" }], groups: [pool] },
    '/classes/1: expected a group with skill "chat" on channel voice, got none',
  ],
  [
    "a skill nobody needs",
    { classes: [calls], groups: [{ ...pool, skills: { calls: 1, cals: 1 } }] },
    '/groups/0/skills: expected a skill that some class needs, got "cals"',
  ],
  [
    "a channel nobody uses",
    { classes: [calls], groups: [{ ...pool, concurrency: { voice: 1, fax: 2 } }] },
    '/groups/0/concurrency: expected a channel of a class, got "fax"',
  ],
  [
    "agents and shifts both",
    {
      classes: [calls],
      groups: [{ ...pool, shifts: [{ agents: 1, fromMinute: 0, untilMinute: 60 }] }],
    },
    "/groups/0: expected either agents or shifts, got both",
  ],
  [
    "neither agents nor shifts",
    { classes: [calls], groups: [{ ...pool, agents: undefined }] },
    "/groups/0: expected either agents or shifts, got neither",
  ],
  [
    "a shift that ends before it begins",
    {
      classes: [calls],
      groups: [
        { id: "g", skills: { calls: 1 }, shifts: [{ agents: 1, fromMinute: 60, untilMinute: 60 }] },
      ],
    },
    "/groups/0/shifts/0/untilMinute: expected after fromMinute (60) by at most a day, got 60",
  ],
  [
    "breaks that overlap",
    {
      classes: [calls],
      groups: [
        {
          id: "g",
          skills: { calls: 1 },
          shifts: [
            {
              agents: 1,
              fromMinute: 0,
              untilMinute: 100,
              breaks: [
                { fromMinute: 10, untilMinute: 30 },
                { fromMinute: 20, untilMinute: 40 },
              ],
            },
          ],
        },
      ],
    },
    "/groups/0/shifts/0/breaks/1: expected a break between minute 30 and 100, got 20 to 40",
  ],
  [
    "too many agents",
    { classes: [calls], groups: [pool, { ...pool, id: "crowd", agents: 4999 }] },
    "/groups: expected at most 5000 agents in all, got 5002",
  ],
  [
    "a run beyond memory",
    {
      classes: [{ ...calls, arrivals: { kind: "constant", perHour: 1e5 } }],
      groups: [pool],
    },
    "/hours: expected a run of at most 5000000 contacts, got 16800000 on average",
  ],
];

describe("flaws", () => {
  test.each(FLAWED)("%s", (_, body, flaw) => {
    expect(flawsOf(body)).toEqual([expect.stringContaining(flaw)]);
  });

  test("all of them at once", () => {
    const body = {
      classes: [
        { ...calls, id: "" },
        { ...calls, waitCost: -1 },
      ],
      groups: [],
    };
    expect(flawsOf(body)).toHaveLength(3);
  });

  test("a good centre has none", () => {
    expect(flawsOf({ classes: [calls], groups: [pool] })).toEqual([]);
  });
});
