/**
 * Business cases: against closed forms where there are some, against a month-by-month account where
 * there are none, and every flaw of a case named.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream } from "#foundation";
import { EXPERIMENT_FAULTS } from "../faults.ts";
import { type BusinessCase, readBusinessCase } from "./business-case.ts";
import { moneyText, readCase } from "./case-reading.ts";
import { bestTesting, informationValue } from "./information.ts";
import { inGoodDirection, measuredUplift } from "./measured-uplift.ts";
import { type CaseDraws, drawCase } from "./simulate-case.ts";

const STATED = {
  name: "routing",
  currency: "EUR",
  months: 24,
  discountPerYear: 0.1,
  rampMonths: 4,
  uplift: { kind: "fixed", value: 0.02 },
  value: [{ name: "contacts", factors: [1000, 50] }],
  costs: [
    { name: "start", class: "integration", per: "once", factors: [3000] },
    { name: "solver", class: "solver", per: "month", factors: [200, 0.5] },
  ],
  gate: { uplift: 0.02, multiple: 1.5, months: 12 },
};
const chance = () => randomStream(4, "roi");
const draw = (change: object, draws = 2000) =>
  drawCase(readBusinessCase({ ...STATED, ...change }), draws, chance());

describe("drawCase", () => {
  it("follows the money month by month", () => {
    const drawn = draw({}, 1);
    let [net, costs, balance, payback] = [-3000, 3000, -3000, Number.POSITIVE_INFINITY];
    for (let month = 1; month <= 24; month += 1) {
      const discount = 1.1 ** (-month / 12);
      const benefit = 0.02 * 50_000 * Math.min(1, month / 4);
      net += discount * (benefit - 100);
      costs += discount * 100;
      if (balance < 0 && balance + benefit - 100 >= 0) {
        payback = month - 1 - balance / (benefit - 100);
      }
      balance += benefit - 100;
    }
    expect(drawn.net[0]).toBeCloseTo(net, 6);
    expect(drawn.costs[0]).toBeCloseTo(costs, 6);
    expect(drawn.paybackMonths[0]).toBeCloseTo(payback, 9);
    // Ten and a half months of full value within twelve, against the start and twelve months.
    expect(drawn.gateMultiple[0]).toBeCloseTo((1000 * 10.5) / 4200, 9);
    expect(drawn.believedMultiple[0]).toBeCloseTo((1000 * 10.5) / 4200, 9);
  });

  it.each<readonly [object, number, number, string]>([
    [{ costs: [] }, 0, Number.POSITIVE_INFINITY, "free: paid at once, any multiple"],
    [
      { uplift: { kind: "fixed", value: 0 } },
      Number.POSITIVE_INFINITY,
      2.5,
      "no uplift: never paid",
    ],
    [{ value: [{ name: "none", factors: [0] }] }, Number.POSITIVE_INFINITY, 0, "no value"],
  ])("%j: payback %d, multiple %d, %s", (change, payback, multiple) => {
    const { paybackMonths, gateMultiple } = draw(change, 1);
    expect(paybackMonths[0]).toBe(payback);
    if (Number.isFinite(multiple)) expect(gateMultiple[0]).toBeCloseTo(multiple, 9);
    else expect(gateMultiple[0]).toBe(multiple);
  });

  it.each([
    [{ kind: "uniform", low: 1, high: 3 }, 2],
    [{ kind: "triangular", low: 0, mode: 1, high: 5 }, 2],
    [{ kind: "normal", mean: -2, deviation: 3 }, -2],
    [{ kind: "log-normal", median: 1, logDeviation: 0.5 }, Math.exp(0.125)],
    [{ kind: "gamma", mean: 4, deviation: 1 }, 4],
    [{ kind: "beta", successes: 3, failures: 9 }, 0.25],
    [{ kind: "poisson", mean: 2.5 }, 2.5],
    [{ kind: "fixed", value: 7 }, 7],
  ])("draws %j with its mean", (uplift, mean) => {
    const drawn = draw({ uplift }, 4000);
    const got = drawn.uplift.reduce((sum, one) => sum + one, 0) / drawn.uplift.length;
    expect(got).toBeCloseTo(mean, 2);
  });

  it("draws the same whatever else is in the case", () => {
    const uplift = { kind: "normal", mean: 0.02, deviation: 0.01 };
    const more = [...STATED.costs, { name: "people", class: "people", per: "month", factors: [9] }];
    expect(draw({ uplift, costs: more }).uplift).toEqual(draw({ uplift }).uplift);
  });
});

describe("value of information", () => {
  const uplift = { kind: "normal", mean: 0.004, deviation: 0.01 };
  const closed = (mean: number, deviation: number) => {
    const z = mean / deviation;
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    // E[max(X, 0)] - max(E[X], 0), by integration of the normal density.
    let above = 0;
    for (let step = 0; step < 200_000; step += 1) {
      const x = -8 + (16 * (step + 0.5)) / 200_000;
      above += Math.max(0, mean + deviation * x) * Math.exp((-x * x) / 2);
    }
    expect(density).toBeGreaterThan(0);
    return (above * 16) / 200_000 / Math.sqrt(2 * Math.PI) - Math.max(0, mean);
  };

  it("of a normal uplift is the unit normal loss", () => {
    const drawn = draw({ uplift }, 20_000);
    const [worth, cost] = [drawn.valueOfUplift[0], drawn.costs[0]];
    const wanted = closed(0.004 * worth - cost, 0.01 * worth);
    const { perfect, uplift: known } = informationValue(drawn);
    expect(known / wanted).toBeCloseTo(1, 2);
    expect(perfect).toBeCloseTo(known, 6); // Nothing else is uncertain here.
  });

  it("of everything is at least that of the uplift, and never negative", () => {
    const factor = fc.double({ min: 1, max: 100, noNaN: true });
    fc.assert(
      fc.property(
        factor,
        factor,
        fc.double({ min: -0.05, max: 0.1, noNaN: true }),
        (a, b, mean) => {
          const drawn = draw({
            uplift: { kind: "normal", mean, deviation: 0.03 },
            value: [{ name: "x", factors: [1000, { kind: "uniform", low: a, high: a + b }] }],
          });
          const { perfect, uplift: known } = informationValue(drawn);
          expect(known).toBeGreaterThanOrEqual(0);
          // Both are means over draws: as near as 2,000 of them bring it.
          expect(perfect).toBeGreaterThan(known - 0.05 * 0.03 * 1000 * 22 * (a + b));
        },
      ),
      { numRuns: 20 },
    );
  });

  it("of a test is below that of certainty, and is bought only where it is worth its cost", () => {
    const drawn: CaseDraws = draw({ uplift }, 20_000);
    const test = { deviationOfWeek: 0.01, costMinorOfWeek: 0, weeksMax: 8 };
    const free = bestTesting(drawn, test);
    expect(free?.weeks).toBe(8);
    expect(free?.value).toBeLessThan(informationValue(drawn).uplift);
    // After eight weeks of 0.01 the mean has moved by 0.01 * sqrt(8 / 9).
    const [worth, cost] = [drawn.valueOfUplift[0], drawn.costs[0]];
    const wanted = closed(0.004 * worth - cost, 0.01 * Math.sqrt(8 / 9) * worth);
    expect((free?.value ?? 0) / wanted).toBeCloseTo(1, 2);
    expect(bestTesting(drawn, { ...test, costMinorOfWeek: 1e9 })).toBeUndefined();
    expect(bestTesting(draw({}), test)).toBeUndefined();
  });
});

describe("readCase", () => {
  const read = (change: object, draws = 4000) =>
    readCase(readBusinessCase({ ...STATED, ...change }), draws, chance());

  it("says the same in fields and words, with money in whole minor units", () => {
    const reading = read({ uplift: { kind: "normal", mean: 0.02, deviation: 0.01 } });
    const { net, gate, probabilityOfGain, words, costsOf } = reading;
    expect(words[0]).toContain(`${moneyText(net.median)} (${moneyText(net.lower)} to`);
    expect(words[2]).toContain("2 % pays back more than 1.5 times within 12 months");
    for (const money of [net.mean, net.lower, net.median, net.upper]) {
      expect(Number.isSafeInteger(money.minor)).toBe(true);
      expect(money.currency).toBe("EUR");
    }
    expect(net.lower.minor).toBeLessThan(net.median.minor);
    expect(probabilityOfGain.lower).toBeLessThan(probabilityOfGain.value);
    expect(gate.probability.value).toBe(1); // 2.5 times, and nothing else is uncertain.
    expect(gate.probabilityAsBelieved.value).toBeGreaterThan(0.7);
    expect(gate.probabilityAsBelieved.value).toBeLessThan(0.9);
    expect(costsOf.map((cost) => cost.class)).toEqual(["solver", "integration"]);
    expect(read({ uplift: { kind: "normal", mean: 0.02, deviation: 0.01 } })).toEqual(reading);
  });

  it("has no payback time where nothing is paid back", () => {
    const reading = read({ uplift: { kind: "fixed", value: -0.01 } });
    expect(reading.paybackMonths).toEqual({ lower: null, median: null, upper: null });
    expect(reading.probabilityOfPayback.value).toBe(0);
    expect(reading.words[1]).toBe("It is paid back within 24 months in 0 % of draws.");
    expect(reading.testing).toBeNull();
  });

  it.each([
    [123_456_789, "GBP", "1,234,568 GBP"],
    [-50_000, "EUR", "-500 EUR"],
    [0, "EUR", "0 EUR"],
    [1234, "JPY", "1,234 JPY"],
  ])("%i minor units of %s read %s: %s", (minor, currency, words) => {
    expect(moneyText({ minor, currency })).toBe(words);
  });
});

describe("readBusinessCase", () => {
  it.each<readonly [object, string]>([
    [{ currency: "euro" }, "/currency"],
    [{ months: 0 }, "/months"],
    [{ months: 1.5 }, "/months"],
    [{ value: [] }, "/value"],
    [{ value: [{ name: "x", factors: ["1"] }] }, "/value/0/factors/0"],
    [{ costs: [{ ...STATED.costs[0], class: "tax" }] }, "/costs/0/class"],
    [{ costs: [{ ...STATED.costs[0], per: "year" }] }, "/costs/0/per"],
    [{ costs: [STATED.costs[0], STATED.costs[0]] }, "/costs/1"],
    [{ uplift: { kind: "uniform", low: 2, high: 1 } }, "/uplift/high"],
    [{ uplift: { kind: "normal", mean: 0, deviation: 0 } }, "/uplift/deviation"],
    [{ uplift: { kind: "triangular", low: 0, mode: 2, high: 1 } }, "/uplift/mode"],
    [{ uplift: { kind: "guess" } }, "/uplift/kind"],
    [{ uplift: undefined }, "/uplift"],
    [{ gate: { uplift: 0.02, multiple: 0, months: 12 } }, "/gate/multiple"],
    [{ moreTesting: { deviationOfWeek: 1, costMinorOfWeek: 0.5 } }, "/moreTesting/costMinorOfWeek"],
  ])("names the flaw of %j at %s", (change, pointer) => {
    const row = EXPERIMENT_FAULTS.caseInvalid;
    const flaws = expect.arrayContaining([expect.objectContaining({ pointer })]);
    expect(() => readBusinessCase({ ...STATED, ...change })).toThrow(
      expect.objectContaining({ row, flaws }),
    );
  });

  it.each([[null], [[]], ["case"], [{}]])("refuses %j as a whole", (document) => {
    expect(() => readBusinessCase(document)).toThrow("expected no flaws");
  });

  it("takes a measured improvement for the uplift", () => {
    const improvement = inGoodDirection("lower", { value: -12, standardError: 3 }, 240);
    expect(improvement.absolute).toEqual({ value: 12, standardError: 3 });
    const rule = { scale: "relative", prior: undefined } as const;
    expect(measuredUplift(improvement, rule)).toEqual({
      kind: "normal",
      mean: expect.closeTo(0.05, 12),
      deviation: expect.closeTo(0.0125, 12),
    });
    // A prior as firm as the measurement halves the way.
    const sceptic = { scale: "relative", prior: { mean: 0, deviation: 0.0125 } } as const;
    expect(measuredUplift(improvement, sceptic)).toMatchObject({ mean: expect.closeTo(0.025, 12) });
    const measured = { ...STATED, uplift: undefined, measured: { scale: "relative" } };
    const found: BusinessCase = readBusinessCase(measured, improvement);
    expect(found.uplift).toMatchObject({ kind: "normal", mean: expect.closeTo(0.05, 12) });
  });

  it("refuses a measurement that is none", () => {
    const none = inGoodDirection("higher", undefined, 1);
    const rule = { scale: "relative", prior: undefined } as const;
    expect(() => measuredUplift(none, rule)).toThrow("expected a sound experiment");
    const endless = { value: 1, standardError: Number.POSITIVE_INFINITY };
    const one = inGoodDirection("higher", endless, 1);
    expect(() => measuredUplift(one, rule)).toThrow("expected a sound experiment");
    const aimless = inGoodDirection("neither", { value: 1, standardError: 1 }, 1);
    expect(() => measuredUplift(aimless, rule)).toThrow("expected a sound experiment");
    const sure = inGoodDirection("higher", { value: 1, standardError: 0 }, 2);
    expect(measuredUplift(sure, rule)).toEqual({ kind: "fixed", value: 0.5 });
  });
});
