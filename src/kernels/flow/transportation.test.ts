/** Transportation: its prices prove it, and unit amounts make it a linear assignment. */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { linearAssignment } from "../assignment/linear-assignment.ts";
import { type Transport, transportation } from "./transportation.ts";

const NO = Number.POSITIVE_INFINITY;

function expectProof(
  costs: Float64Array,
  supplies: Float64Array,
  demands: Float64Array,
  answer: Transport,
): void {
  const { amounts, sourcePrice, sinkPrice } = answer;
  const sinks = demands.length;
  const left = supplies.slice();
  const needed = demands.slice();
  for (const [pair, amount] of amounts.entries()) {
    const source = Math.floor(pair / sinks);
    const sink = pair % sinks;
    left[source] -= amount;
    needed[sink] -= amount;
    const slack = costs[pair] - sinkPrice[sink] + sourcePrice[source];
    if (amount < 0 || slack < 0 || (amount > 0 && slack > 0)) expect.fail(`pair ${pair}: ${slack}`);
  }
  for (const each of needed) expect(each).toBe(0);
  for (const [source, each] of left.entries()) {
    expect(each).toBeGreaterThanOrEqual(0);
    expect(sourcePrice[source]).toBeGreaterThanOrEqual(0);
    if (each > 0) expect(sourcePrice[source]).toBe(0);
  }
  expect(answer.bound).toBe(answer.objective);
}

describe("transportation", () => {
  test("prices prove the answer, with goods left over or not", () => {
    for (let seed = 0; seed < 100; seed += 1) {
      const stream = randomStream(seed, "transportation");
      const sources = 1 + stream.below(12);
      const sinks = 1 + stream.below(12);
      const demands = Float64Array.from({ length: sinks }, () => stream.below(20));
      const supplies = new Float64Array(sources);
      for (const demand of demands) supplies[stream.below(sources)] += demand;
      if (seed % 2 === 0) supplies[stream.below(sources)] += 7;
      const costs = Float64Array.from({ length: sources * sinks }, () => stream.below(50) - 10);
      const answer = transportation(costs, supplies, demands);
      expect(answer.status).toBe("optimal");
      expectProof(costs, supplies, demands, answer);
    }
  });

  test("of single units costs what an assignment costs", () => {
    for (let seed = 0; seed < 30; seed += 1) {
      const stream = randomStream(seed, "units");
      const costs = Float64Array.from({ length: 144 }, () =>
        stream.below(3) === 0 ? NO : stream.below(100),
      );
      const ones = new Float64Array(12).fill(1);
      const answer = transportation(costs, ones, ones);
      const assigned = linearAssignment(costs, 12, 12);
      expect(answer.status).toBe(assigned.status);
      if (assigned.status === "optimal") expect(answer.objective).toBe(assigned.objective);
    }
  });

  test.each([
    { remark: "nothing at all", supplies: [], demands: [], status: "optimal" },
    { remark: "nothing wanted", supplies: [3], demands: [], status: "optimal" },
    { remark: "too little", supplies: [3], demands: [4], status: "infeasible" },
  ])("$remark", ({ supplies, demands, status }) => {
    const costs = new Float64Array(supplies.length * demands.length);
    const answer = transportation(costs, Float64Array.from(supplies), Float64Array.from(demands));
    expect(answer.status).toBe(status);
  });
});
