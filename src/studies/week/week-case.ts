/**
 * What the effect measured in a week is worth. The amounts are those of an example and stand on the
 * page they lead to; a company puts its own into a file for `tandem roi`.
 */

import { moneyText } from "#experiments";

const CENTRES = 10;
const WORKING_DAYS_A_MONTH = 25;
/** Where nothing varied, a week teaches as much as if it hardly did. */
const DEVIATION_MIN = 1e-4;

const CASE_MONTHS = 24;
const CURRENCY = "EUR";

/** In minor units: of a contact answered in time, once, and a month. */
const ANSWERED_IN_TIME = Object.freeze({ low: 20, mode: 80, high: 200 });
const INTEGRATION = Object.freeze({ low: 3_000_000, mode: 4_500_000, high: 8_000_000 });
const COMPUTING = 15_000;
const OPERATION = 250_000;
/** Effects were believed to scatter so, before the experiment, around none. */
const PRIOR_DEVIATION = 0.05;

/** The case as `tandem roi` reads it, for ten centres as busy as the one simulated. */
export function weekCase(contactsADay: number, deviationOfWeek: number) {
  return {
    name: "Contact routing",
    currency: CURRENCY,
    months: CASE_MONTHS,
    discountPerYear: 0.08,
    rampMonths: 2,
    value: [
      {
        name: "contacts answered in time instead of late or never",
        factors: [
          Math.round(contactsADay * CENTRES * WORKING_DAYS_A_MONTH),
          { kind: "triangular", ...ANSWERED_IN_TIME },
        ],
      },
    ],
    measured: { scale: "absolute", prior: { mean: 0, deviation: PRIOR_DEVIATION } },
    costs: [
      { name: "computing", class: "solver", per: "month", factors: [COMPUTING] },
      { name: "operation", class: "people", per: "month", factors: [OPERATION] },
      {
        name: "integration",
        class: "integration",
        per: "once",
        factors: [{ kind: "triangular", ...INTEGRATION }],
      },
    ],
    gate: { uplift: 0.02, multiple: 1.5, months: 12 },
    moreTesting: {
      deviationOfWeek: Math.max(deviationOfWeek, DEVIATION_MIN),
      costMinorOfWeek: 400_000,
      weeksMax: 12,
    },
  };
}

/** What the case assumes, in words. */
export const CASE_WORDS: readonly string[] = Object.freeze([
  `${CENTRES} centres as busy as the one simulated, ${WORKING_DAYS_A_MONTH} days a month.`,
  "A contact answered in time instead of late or never is worth " +
    `${cents(ANSWERED_IN_TIME.low)} to ${cents(ANSWERED_IN_TIME.high)} ${CURRENCY}, ` +
    `most likely ${cents(ANSWERED_IN_TIME.mode)}.`,
  `Integration costs ${whole(INTEGRATION.low)} to ${whole(INTEGRATION.high)} once; operation ` +
    `${whole(OPERATION)} and computing ${whole(COMPUTING)} a month.`,
  `Before the experiment an effect beyond ${2 * 100 * PRIOR_DEVIATION} points either way ` +
    "was held unlikely.",
]);

function cents(minor: number): string {
  return (minor / 100).toFixed(2);
}

function whole(minor: number): string {
  return moneyText({ minor, currency: CURRENCY });
}
