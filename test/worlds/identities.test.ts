/**
 * What must hold whatever is drawn: a slice of the campaign over random centres (identities.ts),
 * policies that coincide where they have no choice, and contacts that no policy can change.
 */
import { describe, expect, test } from "vitest";
import { linearAssignment } from "../../src/kernels/index.ts";
import {
  type Centre,
  type CentreEvent,
  readCentre,
  referencePolicies,
  simulate,
} from "../../src/worlds/index.ts";
import { checkIdentities } from "./identities.ts";

const POLICIES = referencePolicies(linearAssignment);

function centreOf(classes: readonly object[], groups: readonly object[], more = {}): Centre {
  return readCentre({ classes, groups, hours: 6, warmUpHours: 1, ...more }, () => {
    throw new Error("no file was named");
  });
}

function eventsOf(centre: Centre, policy: string, seed = 3): CentreEvent[] {
  const events: CentreEvent[] = [];
  const found = POLICIES.find(({ name }) => name === policy);
  if (found === undefined) throw new Error(`no policy ${policy}`);
  simulate(centre, found.route, { seed, replication: 0 }, (event) => events.push(event));
  return events;
}

/** Who went when, whoever served: what must be equal where agents are. */
const withoutAgents = (events: readonly CentreEvent[]) =>
  events.map(({ kind, contact, atSeconds }) => `${kind} ${contact} ${atSeconds}`);

const calls = {
  id: "calls",
  arrivals: { kind: "constant", perHour: 300 },
  handle: { kind: "log-normal", meanSeconds: 200, cv: 0.8 },
  patience: { kind: "exponential", meanSeconds: 90 },
  redial: { probability: 0.4, delay: { kind: "exponential", meanSeconds: 200 } },
};
const pool = { id: "pool", agents: 17, skills: { calls: 1 } };

test("sixty random centres keep every identity", () => {
  const events = Array.from({ length: 60 }, (_, index) => checkIdentities(1, index).events);
  expect(events.filter((count) => count > 100).length).toBeGreaterThan(40);
});

describe("where there is nothing to choose, all policies are one", () => {
  const single = centreOf([calls], [pool]);
  const expected = eventsOf(single, "longest-waiting");

  test.each(POLICIES.map(({ name }) => name))("%s on a single pool", (policy) => {
    expect(expected.length).toBeGreaterThan(1000);
    expect(withoutAgents(eventsOf(single, policy))).toEqual(withoutAgents(expected));
  });

  test.each(POLICIES.map(({ name }) => name))("%s on two pools that are alike", (policy) => {
    const halves = [
      { ...pool, id: "one", agents: 8 },
      { ...pool, id: "other", agents: 9 },
    ];
    const events = eventsOf(centreOf([calls], halves), policy);
    expect(withoutAgents(events)).toEqual(withoutAgents(expected));
  });

  test("patience without end is no patience to lose", () => {
    const { patience: _, ...endless } = calls;
    const patient = { ...calls, patience: { kind: "fixed", meanSeconds: 1e7 } };
    const events = eventsOf(centreOf([patient], [pool]), "longest-waiting");
    expect(events).toEqual(eventsOf(centreOf([endless], [pool]), "longest-waiting"));
    expect(events.some(({ kind }) => kind === "abandon")).toBe(false);
  });

  test("first come is first served within a class", () => {
    const answered = expected.filter(({ kind }) => kind === "answer");
    const cameAt = new Map<number, number>();
    let last = 0;
    for (const { kind, contact, atSeconds } of expected) {
      if (kind === "arrive" || kind === "redial") cameAt.set(contact, atSeconds);
      if (kind !== "answer") continue;
      expect(cameAt.get(contact)).toBeGreaterThanOrEqual(last);
      last = cameAt.get(contact) ?? last;
    }
    expect(answered.length).toBeGreaterThan(1000);
  });
});

describe("common random numbers", () => {
  const other = { ...calls, id: "other", handle: { kind: "exponential", meanSeconds: 50 } };
  const groups = [
    { id: "some", agents: 10, skills: { calls: 1 } },
    { id: "both", agents: 14, skills: { calls: 0.5, other: 1 } },
  ];
  const centre = centreOf([calls, other], groups);
  const speeds = [1, 0.5];

  /** By time of arrival, which names a contact of a class: its work at full proficiency. */
  function worksOf(events: readonly CentreEvent[], one: Centre): Map<number, number> {
    const groupOf = one.groups.flatMap(({ agents }, group) => agents.map(() => group));
    const cameAt = new Map<number, number>();
    const answeredAt = new Map<number, number>();
    const works = new Map<number, number>();
    for (const { kind, contact, classIndex, atSeconds, agent } of events) {
      if (classIndex !== 0) continue;
      if (kind === "arrive") cameAt.set(contact, atSeconds);
      if (kind === "answer") answeredAt.set(contact, atSeconds);
      if (kind !== "finish") continue;
      const seconds = atSeconds - (answeredAt.get(contact) ?? 0);
      works.set(cameAt.get(contact) ?? -1, seconds * speeds[groupOf[agent]]);
    }
    return works;
  }

  const arrivals = (events: readonly CentreEvent[]) =>
    events.flatMap(({ kind, classIndex, atSeconds }) =>
      kind === "arrive" && classIndex === 0 ? [atSeconds] : [],
    );
  const expected = eventsOf(centre, "longest-waiting");

  test.each(POLICIES.map(({ name }) => name))("%s has the same contacts to route", (policy) => {
    const events = eventsOf(centre, policy);
    expect(arrivals(events)).toEqual(arrivals(expected));
    const [works, others] = [worksOf(expected, centre), worksOf(events, centre)];
    const shared = [...works.keys()].filter((at) => others.has(at));
    expect(shared.length).toBeGreaterThan(500);
    for (const at of shared) expect(others.get(at)).toBeCloseTo(works.get(at) ?? -1, 6);
  });

  test("a class less changes nothing for the other, and other agents nothing at all", () => {
    const alone = eventsOf(centreOf([calls], [pool]), "fifo");
    expect(arrivals(alone)).toEqual(arrivals(expected));
  });

  test("another seed has other contacts", () => {
    const [first] = arrivals(eventsOf(centre, "fifo", 4));
    expect(first).not.toBe(arrivals(expected)[0]);
  });
});
