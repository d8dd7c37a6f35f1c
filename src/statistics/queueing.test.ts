/**
 * Waiting lines against a published table, against each other at their limits, and against the
 * balance equations solved directly.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erlangA, erlangC } from "./queueing.ts";

const pool = (calls: number, handleTimeMean: number, agents: number) => ({
  arrivalRate: calls / 1800,
  handleTimeMean,
  agents,
});

describe("waiting lines", () => {
  // Half-hours of 400 and 100 calls; each figure by two formulas, rounded to the digits shown.
  it.each([
    [pool(400, 225, 55), [0.3845, 17.3, 0.7534, 0.9091], [0.2239, 3.13, 0.0261, 0.8854]],
    [pool(400, 225, 60), [0.1173, 2.64, 0.9518, 0.8333], [0.0826, 0.94, 0.0079, 0.8268]],
    [pool(100, 180, 13), [0.2853, 17.12, 0.7956, 0.7692], [0.1937, 4.61, 0.0384, 0.7397]],
    [pool(100, 180, 14), [0.1741, 7.84, 0.8884, 0.7143], [0.127, 2.74, 0.0228, 0.698]],
  ])("%j", (one, [wait, speed, level, busy], [waitA, speedA, gone, busyA]) => {
    const c = erlangC(one);
    expect(c.waitProbability).toBeCloseTo(wait, 4);
    expect(c.waitMean).toBeCloseTo(speed, 2);
    expect(c.serviceLevel(20)).toBeCloseTo(level, 4);
    expect(c.occupancy).toBeCloseTo(busy, 4);
    const a = erlangA({ ...one, patienceMean: 120 });
    expect(a.waitProbability).toBeCloseTo(waitA, 4);
    expect(a.waitMean).toBeCloseTo(speedA, 2);
    expect(a.abandonProbability).toBeCloseTo(gone, 4);
    expect(a.occupancy).toBeCloseTo(busyA, 4);
  });

  it("makes everybody wait for a single agent as often as that agent is busy", () => {
    const one = { arrivalRate: 0.7, handleTimeMean: 1, agents: 1 };
    expect(erlangC(one).waitProbability).toBeCloseTo(0.7, 12);
    expect(erlangC(one).waitMean).toBeCloseTo(0.7 / 0.3, 12);
  });

  it("Erlang A with endless patience is Erlang C", () => {
    const one = pool(100, 180, 13);
    const a = erlangA({ ...one, patienceMean: 1e9 });
    expect(a.waitMean).toBeCloseTo(erlangC(one).waitMean, 3);
    expect(a.waitProbability).toBeCloseTo(erlangC(one).waitProbability, 5);
  });

  it("agrees with the balance equations of any pool, overloaded or not", () => {
    const load = fc.double({ min: 0.1, max: 30, noNaN: true });
    const patience = fc.double({ min: 0.2, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 15 }), load, patience, (agents, rate, mean) => {
        const a = erlangA({ arrivalRate: rate, handleTimeMean: 1, agents, patienceMean: mean });
        const direct = balance(rate, agents, mean);
        expect(a.waitProbability).toBeCloseTo(direct.waiting, 8);
        expect(a.waitMean).toBeCloseTo(direct.queue / rate, 7);
        expect(a.occupancy).toBeCloseTo(direct.busy / agents, 8);
      }),
      { numRuns: 100 },
    );
  });

  it("sheds what is too much where far more arrive than can be served", () => {
    const one = { arrivalRate: 100, handleTimeMean: 225, agents: 50, patienceMean: 120 };
    const { abandonProbability, occupancy, waitProbability } = erlangA(one);
    expect(abandonProbability).toBeCloseTo(1 - 50 / 22_500, 9);
    expect(occupancy).toBeCloseTo(1, 9);
    expect(waitProbability).toBeCloseTo(1, 9);
    // And nobody waits where hardly anybody comes.
    expect(erlangA({ ...one, arrivalRate: 1e-6 }).waitProbability).toBeLessThan(1e-200);
  });

  it("refuses a load that Erlang C cannot carry", () => {
    expect(() => erlangC(pool(400, 225, 50))).toThrow("a load below 50 agents");
  });
});

/** States of a birth-death process with 1,500 places, weighed one by one. */
function balance(rate: number, agents: number, patience: number) {
  const logs = [0];
  for (let state = 1; state <= 1500; state += 1) {
    const leaving = Math.min(state, agents) + Math.max(0, state - agents) / patience;
    logs.push(logs[state - 1] + Math.log(rate / leaving));
  }
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (state: number) => number) =>
    weights.reduce((sum, weight, state) => sum + weight * of(state), 0) / total;
  return {
    waiting: mean((state) => (state >= agents ? 1 : 0)),
    queue: mean((state) => Math.max(0, state - agents)),
    busy: mean((state) => Math.min(state, agents)),
  };
}
