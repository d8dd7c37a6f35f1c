/**
 * A business case: what a better decision is worth, what it costs, and what is believed of the
 * uplift. Money is in integer minor units of one currency when it is reported; inside, amounts are
 * products of uncertain factors.
 */
import { Fault, type Flaw } from "#foundation";
import { type Members, membersOf } from "../documents/members.ts";
import { EXPERIMENT_FAULTS } from "../faults.ts";
import { type Improvement, measuredUplift, type UpliftRule } from "./measured-uplift.ts";
import { type Quantity, readQuantity } from "./quantity.ts";

/** An amount in minor units: the product of its factors. */
export interface Amount {
  readonly name: string;
  readonly factors: readonly Quantity[];
}

/** What a cost is for; the summary adds up by it. */
export const COST_CLASSES = ["solver", "device", "people", "integration", "other"] as const;

/** What a cost is for. */
export type CostClass = (typeof COST_CLASSES)[number];

/** A cost. */
export interface Cost extends Amount {
  readonly class: CostClass;
  readonly per: "once" | "month";
}

/** Does this uplift pay back more than `multiple` times its costs within `months`? */
export interface Gate {
  readonly uplift: number;
  readonly multiple: number;
  readonly months: number;
}

/** What another week of testing gives and takes. */
export interface MoreTesting {
  /** Standard error of the uplift from one week; weeks shrink it by the root of their number. */
  readonly deviationOfWeek: number;
  readonly costMinorOfWeek: number;
  readonly weeksMax: number;
}

/** The case. */
export interface BusinessCase {
  readonly name: string;
  /** ISO 4217, three capital letters. */
  readonly currency: string;
  readonly months: number;
  /** By which money a year from now is worth less. */
  readonly discountPerYear: number;
  /** Months until the full value is reached, in a straight line. */
  readonly rampMonths: number;
  /** Value a month is the uplift times the sum of these. */
  readonly value: readonly Amount[];
  readonly uplift: Quantity;
  readonly costs: readonly Cost[];
  readonly gate: Gate;
  readonly moreTesting: MoreTesting | undefined;
}

const MONTHS_MAX = 240;

/**
 * Reads a case from JSON. An `improvement` that an experiment has measured takes the place of the
 * stated uplift, as the member `measured` says.
 *
 * @throws Fault `business-case-invalid` naming every flaw.
 */
export function readBusinessCase(document: unknown, improvement?: Improvement): BusinessCase {
  const flaws: Flaw[] = [];
  const members = membersOf(document, "", flaws);
  const currency = members.text("currency");
  if (!/^[A-Z]{3}$/.test(currency)) {
    members.flaw(`expected three capital letters, got ${JSON.stringify(currency)}`, "currency");
  }
  const found: BusinessCase = {
    name: members.text("name"),
    currency,
    months: members.number("months", { min: 1, max: MONTHS_MAX, whole: true }),
    discountPerYear: members.number("discountPerYear", { min: 0, max: 10, usual: 0 }),
    rampMonths: members.number("rampMonths", { min: 0, usual: 0 }),
    value: members.list("value", (value, at) => readAmount(membersOf(value, at, flaws), flaws), 1),
    uplift: improvement
      ? measuredUplift(improvement, members.object("measured", readUpliftRule))
      : members.object("uplift", readQuantity),
    costs: members.list("costs", (value, at) => {
      const cost = membersOf(value, at, flaws);
      const kind = cost.choice("class", COST_CLASSES);
      return {
        ...readAmount(cost, flaws),
        class: kind,
        per: cost.choice("per", ["once", "month"]),
      };
    }),
    gate: members.object("gate", readGate),
    moreTesting: members.has("moreTesting")
      ? members.object("moreTesting", readMoreTesting)
      : undefined,
  };
  refuseTwins(members, "value", found.value);
  refuseTwins(members, "costs", found.costs);
  if (flaws.length === 0) return found;
  const detail = `business case: expected no flaws, got ${flaws.length}`;
  throw new Fault(EXPERIMENT_FAULTS.caseInvalid, { detail, flaws });
}

/** Amounts draw from streams named after them; twins would rise and fall together. */
function refuseTwins(members: Members, list: string, amounts: readonly Amount[]): void {
  for (const [index, { name }] of amounts.entries()) {
    if (amounts.findIndex((other) => other.name === name) === index) continue;
    members.flaw(`expected each name once, got ${JSON.stringify(name)} again`, `${list}/${index}`);
  }
}

function readAmount(members: Members, flaws: Flaw[]): Amount {
  const factor = (value: unknown, pointer: string): Quantity =>
    typeof value === "number"
      ? { kind: "fixed", value }
      : readQuantity(membersOf(value, pointer, flaws));
  return { name: members.text("name"), factors: members.list("factors", factor, 1) };
}

function readUpliftRule(members: Members): UpliftRule {
  return {
    scale: members.choice("scale", ["relative", "absolute"]),
    prior: members.has("prior")
      ? members.object("prior", (prior) => ({
          mean: prior.number("mean"),
          deviation: prior.number("deviation", { above: 0 }),
        }))
      : undefined,
  };
}

function readGate(members: Members): Gate {
  return {
    uplift: members.number("uplift"),
    multiple: members.number("multiple", { above: 0 }),
    months: members.number("months", { min: 1, max: MONTHS_MAX, whole: true }),
  };
}

function readMoreTesting(members: Members): MoreTesting {
  return {
    deviationOfWeek: members.number("deviationOfWeek", { above: 0 }),
    costMinorOfWeek: members.number("costMinorOfWeek", { min: 0, whole: true }),
    weeksMax: members.number("weeksMax", { min: 1, max: 520, whole: true }),
  };
}
