/** What comes of contacts: the shares of the profile, worse with less skill and longer waits. */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { readCentre } from "../configuration/read-centre.ts";
import { wholeTally } from "../measures.ts";
import { longestWaiting } from "../policies/longest-waiting.ts";
import { simulate } from "../simulate.ts";
import { type ServiceOutcome, serviceOutcome } from "./service-outcome.ts";

const PROFILE = {
  resolved: 0.8,
  transferred: 0.1,
  satisfaction: {
    ...{ mean: 4, deviation: 0.5, unresolvedLoss: 1, lossPerMinute: 0.2, answeredShare: 0.5 },
  },
};
const DRAWS = 20_000;

function outcomes(proficiency: number, waitedSeconds: number): ServiceOutcome[] {
  return Array.from({ length: DRAWS }, (_, at) =>
    serviceOutcome(PROFILE, randomStream(1, "outcome", at), proficiency, waitedSeconds),
  );
}

function share(all: readonly ServiceOutcome[], isCounted: (one: ServiceOutcome) => boolean) {
  return all.filter(isCounted).length / all.length;
}

function meanSaid(all: readonly ServiceOutcome[]): number {
  const said = all.flatMap(({ satisfaction }) => satisfaction ?? []);
  return said.reduce((sum, one) => sum + one, 0) / said.length;
}

describe("what comes of a contact", () => {
  // Five standard errors of a share of 20,000 are at most 0.018.
  test.each([
    ["an agent at home", 1, 0.1, 0.9 * 0.8],
    ["half the skill: twice the failures", 0.5, 0.2, 0.8 * 0.6],
    ["hardly any skill: nothing comes of it", 0.05, 1, 0],
  ])("%s", (_remark, proficiency, transferred, resolved) => {
    const all = outcomes(proficiency, 0);
    expect(Math.abs(share(all, (one) => one.isTransferred) - transferred)).toBeLessThan(0.018);
    expect(Math.abs(share(all, (one) => one.isResolved) - resolved)).toBeLessThan(0.018);
    expect(all.some((one) => one.isResolved && one.isTransferred)).toBe(false);
    expect(share(all, (one) => one.satisfaction !== undefined)).toBeCloseTo(0.5, 1);
  });

  test("who waits or is not helped is less content, on the same draws", () => {
    expect(meanSaid(outcomes(1, 300))).toBeLessThan(meanSaid(outcomes(1, 0)) - 0.8);
    expect(meanSaid(outcomes(0.5, 0))).toBeLessThan(meanSaid(outcomes(1, 0)) - 0.1);
    const said = outcomes(0.05, 1e6).flatMap(({ satisfaction }) => satisfaction ?? []);
    expect([Math.min(...said), Math.max(...said)]).toEqual([1, 1]);
  });
});

/** Two classes, the second of which may say what comes of it. */
function centreWith(outcome: unknown) {
  const arrivals = { kind: "constant", perHour: 60 };
  const handle = { kind: "exponential", meanSeconds: 120 };
  return readCentre(
    {
      classes: [
        {
          id: "a",
          arrivals,
          handle,
          patience: handle,
          redial: { probability: 0.5, delay: handle },
        },
        { id: "b", arrivals, handle, ...(outcome !== undefined && { outcome }) },
      ],
      groups: [{ id: "all", agents: 5, skills: { a: 1, b: 0.8 } }],
      hours: 40,
    },
    () => {
      throw new Error("no file of calls");
    },
  );
}

test("outcomes change nothing else of a run, and are counted of the classes that have them", () => {
  const key = { seed: 5, replication: 0 };
  const [plain, told] = [undefined, PROFILE].map((outcome) => {
    return wholeTally(
      centreWith(outcome),
      simulate(centreWith(outcome), longestWaiting.route, key),
    );
  });
  const { outcomesKnown, transferred, resolved, satisfactionKnown, satisfaction, ...rest } =
    told.contacts;
  expect({ ...told, contacts: rest }).toEqual({
    ...plain,
    contacts: expect.objectContaining(rest),
  });
  expect(plain.contacts).toMatchObject({ outcomesKnown: 0, resolved: 0, satisfaction: 0 });
  expect(outcomesKnown).toBeGreaterThan(0.4 * rest.answered);
  expect(outcomesKnown).toBeLessThan(0.6 * rest.answered);
  expect(transferred + resolved).toBeLessThanOrEqual(outcomesKnown);
  expect(satisfaction / satisfactionKnown).toBeGreaterThan(2);
});
