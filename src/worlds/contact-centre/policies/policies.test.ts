/**
 * What each policy chooses on floors drawn by hand. A floor is who waits, with class and wait, and
 * who is free, with group and idle time; numbers of contacts and agents are places in these lists.
 */
import { describe, expect, test } from "vitest";
import { linearAssignment } from "#kernels";
import { readCentre } from "../configuration/read-centre.ts";
import type { CentreSnapshot } from "../router.ts";
import { referencePolicies } from "./reference-policies.ts";

const exponential = (meanSeconds: number) => ({ kind: "exponential", meanSeconds });
const arrivals = { kind: "constant", perHour: 60 };

/** Sales cost twice as much to keep waiting; the flexible serve both, support at half speed. */
const CENTRE = readCentre(
  {
    classes: [
      { id: "sales", arrivals, handle: exponential(100), waitCost: 2, queueShare: 1 },
      { id: "support", arrivals, handle: exponential(100), waitCost: 1, queueShare: 3 },
    ],
    groups: [
      { id: "sellers", agents: 4, skills: { sales: 1 } },
      { id: "flexible", agents: 8, skills: { sales: 1, support: 0.5 } },
      { id: "helpers", agents: 4, skills: { support: 1 } },
    ],
  },
  () => {
    throw new Error("no file was named");
  },
);
const [SALES, SUPPORT] = [0, 1];
const [SELLERS, FLEXIBLE, HELPERS] = [0, 1, 2];

interface Waiting {
  readonly classIndex: number;
  readonly waited: number;
}
interface Free {
  readonly group: number;
  readonly idle: number;
}

function floorOf(waiting: readonly Waiting[], free: readonly Free[]): CentreSnapshot {
  const contactsOf = (classIndex: number) =>
    [...waiting.keys()]
      .filter((contact) => waiting[contact].classIndex === classIndex)
      .sort((one, other) => waiting[other].waited - waiting[one].waited);
  const agentsOf = (group: number) =>
    [...free.keys()]
      .filter((agent) => free[agent].group === group)
      .sort((one, other) => free[other].idle - free[one].idle);
  const after = (list: readonly number[], one: number) => list[list.indexOf(one) + 1] ?? -1;
  const canServe = (group: number, classIndex: number) =>
    CENTRE.groups[group].proficiency[classIndex] > 0;
  return {
    centre: CENTRE,
    atSeconds: 1000,
    waitingCount: (classIndex) => contactsOf(classIndex).length,
    firstWaiting: (classIndex) => contactsOf(classIndex)[0] ?? -1,
    nextWaiting: (contact) => after(contactsOf(waiting[contact].classIndex), contact),
    waitedSeconds: (contact) => waiting[contact].waited,
    freeCount: (group) => agentsOf(group).length,
    firstFree: (group) => agentsOf(group)[0] ?? -1,
    nextFree: (agent) => after(agentsOf(free[agent].group), agent),
    canTake: (agent, classIndex) => canServe(free[agent].group, classIndex),
    longestIdle: (group, classIndex) => (canServe(group, classIndex) ? agentsOf(group)[0] : -1),
    idleSeconds: (agent) => free[agent].idle,
  };
}

const waits = (classIndex: number, waited: number): Waiting => ({ classIndex, waited });
const idles = (group: number, idle: number): Free => ({ group, idle });

/** Pairs as `contact-agent`. */
function chosen(policy: string, waiting: readonly Waiting[], free: readonly Free[]): string[] {
  const found = referencePolicies(linearAssignment).find(({ name }) => name === policy);
  const pairings = found?.route(floorOf(waiting, free)) ?? [];
  return pairings.map(({ contact, agent }) => `${contact}-${agent}`);
}

const twoWait = [waits(SUPPORT, 30), waits(SALES, 20)];
const CASES: readonly (readonly [
  policy: string,
  remark: string,
  waiting: readonly Waiting[],
  free: readonly Free[],
  pairs: readonly string[],
])[] = [
  ["longest-waiting", "the longest wait first", twoWait, [idles(FLEXIBLE, 5)], ["0-0"]],
  ["longest-waiting", "that somebody free can serve", twoWait, [idles(SELLERS, 5)], ["1-0"]],
  [
    "longest-waiting",
    "by who is idle longest, over all groups",
    [waits(SALES, 1)],
    [idles(SELLERS, 5), idles(FLEXIBLE, 9), idles(FLEXIBLE, 7), idles(HELPERS, 99)],
    ["0-1"],
  ],
  [
    "fifo",
    "by the group listed first",
    [waits(SALES, 1)],
    [idles(FLEXIBLE, 9), idles(SELLERS, 5)],
    ["0-1"],
  ],
  ["fifo", "the longest wait first", twoWait, [idles(FLEXIBLE, 5)], ["0-0"]],
  [
    "fixed-queue-ratio",
    "the queue furthest above its share: sales, 2 of 4 where 1 of 4 is due",
    [waits(SUPPORT, 90), waits(SUPPORT, 80), waits(SALES, 2), waits(SALES, 1)],
    [idles(FLEXIBLE, 5)],
    ["2-0"],
  ],
  [
    "fixed-queue-ratio",
    "support, all of a queue of which 3 of 4 are due",
    [waits(SUPPORT, 90), waits(SUPPORT, 80)],
    [idles(FLEXIBLE, 5)],
    ["0-0"],
  ],
  [
    "fixed-queue-ratio",
    "by the group with more idle for its size: 2 of 4 before 3 of 8",
    [waits(SALES, 1)],
    [
      ...[idles(SELLERS, 1), idles(SELLERS, 2)],
      ...[idles(FLEXIBLE, 9), idles(FLEXIBLE, 8), idles(FLEXIBLE, 7)],
    ],
    ["0-1"],
  ],
  [
    "generalised-c-mu",
    "20 s of sales cost 2 x 20, 30 s of support at half speed 30 / 2",
    twoWait,
    [idles(FLEXIBLE, 5)],
    ["1-0"],
  ],
  [
    "generalised-c-mu",
    "who serves faster",
    [waits(SUPPORT, 9)],
    [idles(FLEXIBLE, 9), idles(HELPERS, 1)],
    ["0-1"],
  ],
  [
    "generalised-c-mu",
    "who serves faster, also where nobody has waited yet",
    [waits(SUPPORT, 0)],
    [idles(FLEXIBLE, 9), idles(HELPERS, 1)],
    ["0-1"],
  ],
  [
    "max-weight",
    "all at once, and nobody in the way: the flexible take sales",
    twoWait,
    [idles(FLEXIBLE, 5), idles(HELPERS, 1)],
    ["0-1", "1-0"],
  ],
  [
    "max-weight",
    "weights decide who stays without",
    [waits(SALES, 3), waits(SALES, 4), waits(SUPPORT, 1)],
    [idles(SELLERS, 5), idles(FLEXIBLE, 5)],
    ["1-0", "0-1"],
  ],
  ["max-weight", "nobody fits", [waits(SUPPORT, 9)], [idles(SELLERS, 1)], []],
];

describe("reference policies", () => {
  test.each(CASES)("%s: %s", (policy, _, waiting, free, pairs) => {
    const found = chosen(policy, waiting, free);
    expect(found.toSorted()).toEqual(pairs.toSorted());
  });

  test("have nothing to say to an empty floor", () => {
    for (const { name } of referencePolicies(linearAssignment)) {
      expect(chosen(name, [], []), name).toEqual([]);
      expect(chosen(name, [], [idles(SELLERS, 3)]), name).toEqual([]);
      expect(chosen(name, [waits(SALES, 3)], []), name).toEqual([]);
    }
  });

  test("have names of their own", () => {
    const names = referencePolicies(linearAssignment).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
