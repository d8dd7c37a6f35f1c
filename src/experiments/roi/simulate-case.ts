/**
 * A business case drawn many times: each draw fixes every uncertain number once and follows the
 * money month by month. Each number has its own stream, named after it, so that adding a cost does
 * not change what the others drew and two cases can be compared draw by draw.
 */
import { type RandomStream, shuffle } from "#foundation";
import { type Amount, type BusinessCase, COST_CLASSES, type CostClass } from "./business-case.ts";
import { distributionOf, type Quantity } from "./quantity.ts";

/** The draws of a case, one entry a draw; money in minor units. */
export interface CaseDraws {
  readonly uplift: Float64Array;
  /** Present value of one unit of uplift over the whole time. */
  readonly valueOfUplift: Float64Array;
  /** Present value of all costs. */
  readonly costs: Float64Array;
  /** Present value of each class of cost. */
  readonly costsOf: readonly { readonly class: CostClass; readonly present: Float64Array }[];
  /** Benefits less costs, present value. */
  readonly net: Float64Array;
  /** Months until benefits have paid for costs, undiscounted; infinite if they do not. */
  readonly paybackMonths: Float64Array;
  /** Benefits over costs within the gate's months if the uplift is the gate's, undiscounted. */
  readonly gateMultiple: Float64Array;
  /** The same with the uplift as believed. */
  readonly believedMultiple: Float64Array;
}

/** Draws `count` times. */
export function drawCase(one: BusinessCase, count: number, random: RandomStream): CaseDraws {
  const uplift = drawQuantity(one.uplift, count, random.fork("uplift"));
  const valuePerMonth = new Float64Array(count);
  for (const amount of one.value) {
    addTo(valuePerMonth, drawAmount(amount, count, random.fork("value", amount.name)));
  }
  const { ramp, sum } = timing(one);
  const once = new Float64Array(count);
  const perMonth = new Float64Array(count);
  const costsOf = COST_CLASSES.map((name) => ({ class: name, present: new Float64Array(count) }));
  for (const cost of one.costs) {
    const drawn = drawAmount(cost, count, random.fork("cost", cost.name));
    addTo(cost.per === "once" ? once : perMonth, drawn);
    const weight = cost.per === "once" ? 1 : sum;
    for (const { class: name, present } of costsOf) {
      if (name === cost.class) addTo(present, drawn, weight);
    }
  }
  const each = (figure: (draw: number) => number) =>
    Float64Array.from({ length: count }, (_, draw) => figure(draw));
  const valueOfUplift = each((draw) => ramp * valuePerMonth[draw]);
  const costs = each((draw) => once[draw] + sum * perMonth[draw]);
  const gateMonths = fullMonths(one, one.gate.months);
  const multiple = (upliftOf: (draw: number) => number) =>
    each((draw) => {
      const benefit = upliftOf(draw) * valuePerMonth[draw] * gateMonths;
      return ratioOf(benefit, once[draw] + one.gate.months * perMonth[draw]);
    });
  return {
    uplift,
    valueOfUplift,
    costs,
    costsOf,
    net: each((draw) => uplift[draw] * valueOfUplift[draw] - costs[draw]),
    paybackMonths: each((draw) =>
      paybackMonths(one, uplift[draw] * valuePerMonth[draw], once[draw], perMonth[draw]),
    ),
    gateMultiple: multiple(() => one.gate.uplift),
    believedMultiple: multiple((draw) => uplift[draw]),
  };
}

function drawAmount({ factors }: Amount, count: number, random: RandomStream): Float64Array {
  const product = new Float64Array(count).fill(1);
  for (const [index, factor] of factors.entries()) {
    const drawn = drawQuantity(factor, count, random.fork(index));
    for (let draw = 0; draw < count; draw += 1) product[draw] *= drawn[draw];
  }
  return product;
}

/** One number from each of `count` equal parts of the distribution, in random order. */
function drawQuantity(quantity: Quantity, count: number, random: RandomStream): Float64Array {
  const drawn = new Float64Array(count);
  if (quantity.kind === "fixed") return drawn.fill(quantity.value);
  const { quantile } = distributionOf(quantity);
  for (let part = 0; part < count; part += 1) {
    const share = (part + random.unit()) / count;
    drawn[part] = quantile(Math.min(Math.max(share, Number.EPSILON), 1 - Number.EPSILON));
  }
  shuffle(drawn, random);
  return drawn;
}

/** Discounted months of full value, and discounted months. */
function timing(one: BusinessCase): { readonly ramp: number; readonly sum: number } {
  const factor = (1 + one.discountPerYear) ** (-1 / 12);
  let [ramp, sum, discount] = [0, 0, 1];
  for (let month = 1; month <= one.months; month += 1) {
    discount *= factor;
    ramp += discount * rampAt(one, month);
    sum += discount;
  }
  return { ramp, sum };
}

/** The share of the full value reached in a month, from 1. */
function rampAt({ rampMonths }: BusinessCase, month: number): number {
  return rampMonths === 0 ? 1 : Math.min(1, month / rampMonths);
}

/** Months of full value within so many months. */
function fullMonths(one: BusinessCase, months: number): number {
  let total = 0;
  for (let month = 1; month <= months; month += 1) total += rampAt(one, month);
  return total;
}

/** The month, with its fraction, after which the balance no longer falls below 0 in the case. */
function paybackMonths(
  one: BusinessCase,
  benefitPerMonth: number,
  once: number,
  perMonth: number,
): number {
  let balance = -once;
  let paidAt = balance >= 0 ? 0 : Number.POSITIVE_INFINITY;
  for (let month = 1; month <= one.months; month += 1) {
    const before = balance;
    balance += benefitPerMonth * rampAt(one, month) - perMonth;
    if (balance < 0) paidAt = Number.POSITIVE_INFINITY;
    else if (before < 0) paidAt = month - 1 + before / (before - balance);
  }
  return paidAt;
}

function ratioOf(benefit: number, cost: number): number {
  if (cost > 0) return benefit / cost;
  return benefit > 0 ? Number.POSITIVE_INFINITY : 0;
}

function addTo(sum: Float64Array, numbers: Float64Array, weight = 1): void {
  for (let draw = 0; draw < sum.length; draw += 1) sum[draw] += weight * numbers[draw];
}
