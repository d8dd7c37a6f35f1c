/**
 * The simulated week with a router of the test's own in the platform's place: what it counts is
 * counted again here from the experiment it returns.
 */
import { expect, test } from "vitest";
import type { RoutingRequest } from "#decisions";
import { solverCatalogue } from "#solvers";
import { boardOf } from "../board/board.ts";
import { boardPage } from "../board/board-page.ts";
import type { CentreFrame } from "./floor-watch.ts";
import { type CentreWeek, runCentreWeek } from "./run-centre-week.ts";
import type { TickDecision } from "./tick-decision.ts";

/** The first contact that any agent has the skill for goes to the best of these agents. */
async function greedy({ contacts, agents }: RoutingRequest): Promise<TickDecision> {
  const skillOf = (agent: RoutingRequest["agents"][number], contact: (typeof contacts)[number]) =>
    agent.skills?.[contact.needs?.[0]?.skill ?? ""] ?? 0;
  const pairs = contacts.flatMap((contact) => {
    const able = agents.filter((agent) => skillOf(agent, contact) > 0);
    const best = able
      .toSorted((one, other) => skillOf(other, contact) - skillOf(one, contact))
      .at(0);
    return best === undefined ? [] : [{ contact, best }];
  });
  const taken = pairs.at(0);
  const answer = {
    contacts: contacts.map(({ id }) =>
      taken?.contact.id === id
        ? { id, action: "assign" as const, agent: taken.best.id }
        : { id, action: "hold" as const, untilSeconds: 60, why: "agents-taken" as const },
    ),
  };
  return { decisionId: "d", answer, rung: "proved", solver: "greedy" };
}

const QUIET = { decide: greedy, look: async () => {} };

async function weekOf(seed: number): Promise<[CentreWeek, CentreFrame[]]> {
  const frames: CentreFrame[] = [];
  const week = await runCentreWeek(
    { days: 2, seed },
    {
      decide: greedy,
      look: async (frame) => {
        frames.push(frame);
      },
    },
  );
  return [week, frames];
}

const [week, frames] = await weekOf(3);

test("the same seed is the same week, another is not", async () => {
  const [again] = await weekOf(3);
  expect(JSON.stringify(again)).toBe(JSON.stringify(week));
  expect((await weekOf(4))[0].contacts).not.toBe(week.contacts);
});

test("half of the hours are the platform's, and its decisions are counted", () => {
  expect(week.solvers).toEqual([{ solver: "greedy", decisions: week.decisions }]);
  expect(week.rungs).toEqual([{ rung: "proved", decisions: week.decisions }]);
  expect(week.decisions).toBeGreaterThan(week.contacts / 4);
  expect(week.reading).toMatchObject({ isOver: true, slicesPlanned: 48, sampleRatio: { p: 1 } });
});

test("the floor adds up at every look", () => {
  expect(frames.length).toBeGreaterThan(500);
  for (const { classes, groups, arms, atSeconds } of frames) {
    for (const { waiting, longestWaitSeconds } of classes) {
      expect(waiting).toBeGreaterThanOrEqual(0);
      expect(longestWaitSeconds).toBeLessThanOrEqual(waiting === 0 ? 0 : atSeconds);
    }
    for (const { busy } of groups) expect(busy).toBeGreaterThanOrEqual(0);
    for (const { offered, abandoned, serviceLevel } of arms) {
      expect(abandoned).toBeLessThanOrEqual(offered);
      expect(serviceLevel ?? 0).toBeLessThanOrEqual(1 - abandoned / Math.max(offered, 1));
    }
  }
  const last = frames.at(-1)?.arms ?? [];
  const { control, treated } = week.reading.primary;
  expect(last.map(({ serviceLevel }) => serviceLevel)).toEqual([
    expect.closeTo(control, 1),
    expect.closeTo(treated, 1),
  ]);
});

test("every outcome has its wait, and work only if it was answered", () => {
  expect(week.experiment.contacts).toHaveLength(week.contacts);
  for (const { end, waitSeconds, handleSeconds } of week.experiment.contacts) {
    expect(waitSeconds).toBeGreaterThanOrEqual(0);
    expect(handleSeconds > 0).toBe(end === "answered");
  }
});

test("agents' time and what comes of contacts are counted, and read", () => {
  const { contacts, staffing } = week.experiment;
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
  const busy = sum(staffing.map(({ busySeconds }) => busySeconds));
  const handled = sum(contacts.map(({ handleSeconds }) => handleSeconds));
  // The first quarter of every hour is not counted.
  expect(busy / handled).toBeCloseTo(0.75, 1);
  for (const { busySeconds, staffedSeconds } of staffing) {
    expect(busySeconds).toBeLessThanOrEqual(staffedSeconds + 1e-6);
  }
  const answered = contacts.filter(({ end }) => end === "answered");
  const resolved = answered.filter(({ isResolved }) => isResolved).length / answered.length;
  const figures = new Map(week.reading.guardrails.map((figure) => [figure.kpi, figure]));
  const resolution = figures.get("resolution");
  expect(((resolution?.control ?? 0) + (resolution?.treated ?? 0)) / 2).toBeCloseTo(resolved, 1);
  expect(figures.get("occupancy")?.control).toBeGreaterThan(0.5);
  expect(figures.get("occupancy")?.treated).toBeLessThanOrEqual(1);
  expect(figures.get("satisfaction")?.control).toBeGreaterThan(1);
  expect(contacts.some(({ end, isResolved }) => end === "abandoned" && isResolved)).toBe(false);
});

test("the page says what the fields say, and escapes what it is given", () => {
  const board = boardOf(week);
  expect(board.solvedBy.join(" ")).toContain("No answer is a quantum solver's");
  const page = boardPage({ ...board, lead: '<b>"&' }, "seed 3");
  expect(page).toContain("&lt;b&gt;&quot;&amp;");
  expect(page).toContain(week.worth.words[0]);
  expect(page).not.toContain("undefined");
  for (const { title } of board.figures) expect(page).toContain(title);
});

test("the page names fallbacks, and quantum solvers by the names they go by", () => {
  const quantum = solverCatalogue
    .map(({ name }) => name)
    .filter((name) => /qaoa|vqe|twin/.test(name));
  expect(quantum.length).toBeGreaterThan(3);
  const answered = quantum.map((solver) => ({ solver, decisions: 1 }));
  const rungs = [
    { rung: "rule", decisions: 1200 },
    { rung: "safe", decisions: 1 },
  ];
  const board = boardOf({ ...week, decisions: 9000, solvers: answered, rungs });
  expect(board.solvedBy.at(-1)).toBe(`Quantum or imitating it: ${quantum.join(", ")}.`);
  expect(board.risk).toContain(
    "Of 9,000 decisions, 1,200 fell back on the rule and 1 fell back on the policy's safe answer.",
  );
});

test("a second week has no day on which everybody gives up", async () => {
  const { experiment } = await runCentreWeek({ days: 8, seed: 3 }, QUIET);
  const dayMs = 86_400_000;
  const shares = Array.from({ length: 8 }, (_, day) => {
    const came = experiment.contacts.filter(
      ({ arrivedAtUtcMs }) => Math.floor((arrivedAtUtcMs - experiment.startUtcMs) / dayMs) === day,
    );
    return came.filter(({ end }) => end === "abandoned").length / came.length;
  });
  expect(Math.min(...shares.slice(6))).toBeGreaterThan(0);
  expect(Math.max(...shares.slice(6))).toBeLessThan(1.5 * Math.max(...shares.slice(0, 6)));
});

test("what a week of testing teaches is said of six days, not of those that ran", () => {
  const { standardError } = week.reading.primary;
  expect(week.businessCase.moreTesting.deviationOfWeek).toBeCloseTo(standardError / 3 ** 0.5, 9);
});

test.each([0, 1, 3, 30, 2.5])("%s days are refused", async (days) => {
  await expect(runCentreWeek({ days, seed: 1 }, QUIET)).rejects.toMatchObject({
    row: { code: "study-days-invalid" },
  });
});
