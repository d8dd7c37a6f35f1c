/**
 * What the effect measured in a week is worth. The amounts are those of an example and stand on the
 * page they lead to; a company puts its own into a file for `tandem roi`.
 */

const CENTRES = 10;
const WORKING_DAYS_A_MONTH = 25;
/** Where nothing varied, a week teaches as much as if it hardly did. */
const DEVIATION_MIN = 1e-4;

const CASE_MONTHS = 24;

/** The case as `tandem roi` reads it, for ten centres as busy as the one simulated. */
export function weekCase(contactsADay: number, deviationOfWeek: number) {
  return {
    name: "Contact routing",
    currency: "EUR",
    months: CASE_MONTHS,
    discountPerYear: 0.08,
    rampMonths: 2,
    value: [
      {
        name: "contacts answered in time instead of late or never",
        factors: [
          Math.round(contactsADay * CENTRES * WORKING_DAYS_A_MONTH),
          { kind: "triangular", low: 20, mode: 80, high: 200 },
        ],
      },
    ],
    measured: { scale: "absolute", prior: { mean: 0, deviation: 0.05 } },
    costs: [
      { name: "computing", class: "solver", per: "month", factors: [15_000] },
      { name: "operation", class: "people", per: "month", factors: [250_000] },
      {
        name: "integration",
        class: "integration",
        per: "once",
        factors: [{ kind: "triangular", low: 3_000_000, mode: 4_500_000, high: 8_000_000 }],
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
  "A contact answered in time instead of late or never is worth 0.20 to 2 EUR, most likely 0.80.",
  "Integration costs 30,000 to 80,000 EUR once; operation 2,500 and computing 150 EUR a month.",
  "Before the experiment an effect beyond 10 points either way was held unlikely.",
]);
