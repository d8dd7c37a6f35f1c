/**
 * What a business case says: money with its interval, how soon it is paid back, the answer to the
 * gate, and whether it is worth testing more. Words are made from the fields.
 */
import { assert, type Money, minorDigits, type RandomStream } from "#foundation";
import { type Estimate, quantile, wilsonInterval } from "#statistics";
import { shareText } from "../reading/reading.ts";
import type { BusinessCase, CostClass, Gate } from "./business-case.ts";
import { bestTesting, informationValue } from "./information.ts";
import { type CaseDraws, drawCase } from "./simulate-case.ts";

/** An amount of money nobody knows exactly: 5 %, 50 % and 95 % of draws lie below these. */
export interface MoneyRange {
  readonly mean: Money;
  readonly lower: Money;
  readonly median: Money;
  readonly upper: Money;
}

/** A number nobody knows exactly, by the same shares; `null` where it is never reached. */
export interface NumberRange {
  readonly lower: number | null;
  readonly median: number | null;
  readonly upper: number | null;
}

/** The answer to a gate. */
export interface GateReading extends Gate {
  /** Benefits over costs within its months, if the uplift is the gate's. */
  readonly multipleReached: NumberRange;
  /** That they reach the multiple; the interval is the simulation's own. */
  readonly probability: Estimate;
  /** The same with the uplift as believed. */
  readonly probabilityAsBelieved: Estimate;
}

/** What the case says. Money is present value. */
export interface CaseReading {
  readonly name: string;
  readonly months: number;
  readonly draws: number;
  /** Benefits less costs. */
  readonly net: MoneyRange;
  readonly benefits: MoneyRange;
  readonly costs: MoneyRange;
  /** Mean cost of each class that has any. */
  readonly costsOf: readonly { readonly class: CostClass; readonly mean: Money }[];
  /** That benefits exceed costs; the interval is the simulation's own. */
  readonly probabilityOfGain: Estimate;
  readonly paybackMonths: NumberRange;
  readonly probabilityOfPayback: Estimate;
  readonly gate: GateReading;
  /** What knowing everything, or the uplift alone, would be worth before deciding. */
  readonly perfectInformation: Money;
  readonly perfectUplift: Money;
  /** The best further test; `null` if none is worth its cost or none is described. */
  readonly testing: { readonly weeks: number; readonly value: Money; readonly cost: Money } | null;
  readonly words: readonly string[];
}

const LEVEL = 0.95;

/** Draws the case `draws` times and says what it shows. Same arguments, same reading. */
export function readCase(one: BusinessCase, draws: number, random: RandomStream): CaseReading {
  assert(Number.isInteger(draws) && draws > 0, `at least one draw, got ${draws}`);
  const drawn = drawCase(one, draws, random);
  const money = (minor: number): Money => ({ minor: Math.round(minor), currency: one.currency });
  const range = (numbers: Float64Array): MoneyRange => {
    const { lower, median, upper } = endsOf(numbers);
    return {
      mean: money(meanOf(numbers)),
      lower: money(lower),
      median: money(median),
      upper: money(upper),
    };
  };
  const { perfect, uplift } = informationValue(drawn);
  const testing = one.moreTesting && bestTesting(drawn, one.moreTesting);
  const fields = {
    name: one.name,
    months: one.months,
    draws,
    net: range(drawn.net),
    benefits: range(drawn.net.map((net, draw) => net + drawn.costs[draw])),
    costs: range(drawn.costs),
    costsOf: drawn.costsOf
      .map((cost) => ({ class: cost.class, mean: money(meanOf(cost.present)) }))
      .filter(({ mean }) => mean.minor !== 0),
    probabilityOfGain: shareOf(drawn.net, (net) => net > 0),
    paybackMonths: finiteEnds(drawn.paybackMonths),
    probabilityOfPayback: shareOf(drawn.paybackMonths, Number.isFinite),
    gate: gateReading(one.gate, drawn),
    perfectInformation: money(perfect),
    perfectUplift: money(uplift),
    testing:
      testing === undefined
        ? null
        : { weeks: testing.weeks, value: money(testing.value), cost: money(testing.cost) },
  };
  return { ...fields, words: wordsOf(fields) };
}

function gateReading(gate: Gate, { gateMultiple, believedMultiple }: CaseDraws): GateReading {
  const isPassed = (multiple: number) => multiple > gate.multiple;
  return {
    ...gate,
    multipleReached: finiteEnds(gateMultiple),
    probability: shareOf(gateMultiple, isPassed),
    probabilityAsBelieved: shareOf(believedMultiple, isPassed),
  };
}

function wordsOf(reading: Omit<CaseReading, "words">): string[] {
  const { net, months, probabilityOfGain, paybackMonths, probabilityOfPayback, gate } = reading;
  const paidShare = shareText(probabilityOfPayback.value);
  const paid =
    paybackMonths.median === null
      ? `It is paid back within ${months} months in ${paidShare} of draws`
      : `It is paid back after ${paybackMonths.median.toFixed(1)} months in the middle case, ` +
        `within ${months} in ${paidShare} of draws`;
  const { lower, upper } = gate.probability;
  return [
    `Over ${months} months it gains ${moneyText(net.median)} (${moneyText(net.lower)} to ` +
      `${moneyText(net.upper)}); the chance of a gain is ${shareText(probabilityOfGain.value)}.`,
    `${paid}.`,
    `An uplift of ${shareText(gate.uplift)} pays back more than ${gate.multiple} times within ` +
      `${gate.months} months with a chance of ${shareText(gate.probability.value)} ` +
      `(${shareText(lower)} to ${shareText(upper)} by the number of draws); ` +
      `with the uplift as believed the chance is ${shareText(gate.probabilityAsBelieved.value)}.`,
    testingText(reading),
  ];
}

function testingText({ testing, perfectUplift }: Omit<CaseReading, "words">): string {
  const most = `Knowing the uplift exactly would be worth ${moneyText(perfectUplift)}`;
  if (testing === null) return `${most}; no further test described here is worth its cost.`;
  const { weeks, value, cost } = testing;
  return (
    `${most}; ${weeks} more ${weeks === 1 ? "week" : "weeks"} of testing are worth ` +
    `${moneyText(value)} and cost ${moneyText(cost)}.`
  );
}

/** Money for people: whole units of the currency, digits in groups. */
export function moneyText({ minor, currency }: Money): string {
  const units = Math.abs(minor) / 10 ** minorDigits(currency);
  const whole = String(Math.round(units)).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${minor < 0 && whole !== "0" ? "-" : ""}${whole} ${currency}`;
}

/** How often `holds`, with the interval that comes from the number of draws. */
function shareOf(numbers: Float64Array, holds: (number: number) => boolean): Estimate {
  return wilsonInterval(numbers.filter(holds).length, numbers.length, LEVEL);
}

function endsOf(numbers: Float64Array) {
  const ascending = numbers.toSorted();
  return {
    lower: quantile(ascending, 0.05),
    median: quantile(ascending, 0.5),
    upper: quantile(ascending, 0.95),
  };
}

function finiteEnds(numbers: Float64Array): NumberRange {
  const { lower, median, upper } = endsOf(numbers);
  const known = (number: number) => (Number.isFinite(number) ? number : null);
  return { lower: known(lower), median: known(median), upper: known(upper) };
}

function meanOf(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
