/**
 * Handling that is not exponential: waits are near the approximation for general service times (the
 * Allen-Cunneen formula; A. O. Allen, "Probability, statistics and queueing theory", 1990), and
 * which policy does better does not hang on the shape.
 */
import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { singlePoolCentre } from "../../src/cli/world/single-pool.ts";
import { linearAssignment } from "../../src/kernels/index.ts";
import { erlangC } from "../../src/statistics/index.ts";
import {
  type Centre,
  MEASURES,
  readCentre,
  referencePolicies,
  simulate,
  wholeTally,
} from "../../src/worlds/index.ts";

const POLICIES = referencePolicies(linearAssignment);
const FIVE_SKILLS = new URL("../../examples/worlds/five-skills.json", import.meta.url);
const REPLICATIONS = 6;

/** The mean of a measure over the same few runs. */
function meanOf(centre: Centre, policy: string, measure: string): number {
  const { of } = MEASURES.find(({ name }) => name === measure) ?? MEASURES[0];
  const { route } = POLICIES.find(({ name }) => name === policy) ?? POLICIES[0];
  let sum = 0;
  for (let replication = 0; replication < REPLICATIONS; replication += 1) {
    sum += of(wholeTally(centre, simulate(centre, route, { seed: 1, replication }))) ?? 0;
  }
  return sum / REPLICATIONS;
}

describe("one pool", () => {
  const pool = { perHour: 200, handleSeconds: 180, agents: 13, patienceSeconds: undefined };
  const line = { arrivalRate: pool.perHour / 3600, handleTimeMean: 180, agents: 13 };

  test.each([0.5, 1.5])("waits as long as approximated, with deviation %d", (handleCv) => {
    const length = { withinSeconds: 20, hours: 304, warmUpHours: 4 };
    const waited = meanOf(singlePoolCentre({ ...pool, handleCv, ...length }), "fifo", "asaSeconds");
    const exponential = erlangC(line).waitMean;
    const approximate = (exponential * (1 + handleCv * handleCv)) / 2;
    expect(Math.abs(waited / approximate - 1)).toBeLessThan(0.3);
    // Steadier handling shortens waits, wilder handling lengthens them.
    expect(Math.sign(waited - exponential)).toBe(Math.sign(handleCv - 1));
  });
});

describe("five skills", () => {
  const body = JSON.parse(fs.readFileSync(FIVE_SKILLS, "utf8"));
  const shapes = [
    { kind: "exponential", meanSeconds: 240 },
    { kind: "log-normal", meanSeconds: 240, cv: 0.4 },
    { kind: "log-normal", meanSeconds: 240, cv: 1.5 },
  ];

  test.each(shapes)("the order of policies is the same with $kind handling, cv $cv", (shape) => {
    const classes = body.classes.map((one: { handle: { meanSeconds: number } }) => ({
      ...one,
      handle: { ...shape, meanSeconds: one.handle.meanSeconds },
    }));
    const centre = readCentre({ ...body, classes, hours: 12, warmUpHours: 2 }, () => {
      throw new Error("no file was named");
    });
    const levels = ["generalised-c-mu", "longest-waiting", "fifo"].map((policy) =>
      meanOf(centre, policy, "serviceLevel"),
    );
    expect(levels).toEqual(levels.toSorted((one, other) => other - one));
  });
});
