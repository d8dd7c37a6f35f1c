/**
 * The week of calls that ships: the shape of a bank's telephone lines as straight lines between
 * twelve points of the day, and one factor per weekday. Fitted by eye to the means of the 5-minute
 * calls of a large North American bank, March to August 2003 (J. Weinberg, L. Brown and J. Stroud,
 * "Bayesian forecasting of an inhomogeneous Poisson process", JASA 102, 2007); none of its counts
 * are here.
 */
import { DAY_SECONDS, type RateCurve, rateCurve, scaledCurve } from "./rate-curve.ts";

const STEP_SECONDS = 300;
const STEPS_PER_DAY = DAY_SECONDS / STEP_SECONDS;

/** Hour of the day and height of the curve there; nobody calls outside. */
const KNOTS: readonly (readonly [hour: number, height: number])[] = [
  [7, 80],
  [8, 112],
  [9, 230],
  [9.75, 283],
  [11, 281],
  [12, 264],
  [14, 243],
  [16, 224],
  [17, 172],
  [18, 130],
  [19, 105],
  [21, 71],
];
const [OPENS_AT_HOUR] = KNOTS[0];
const [CLOSES_AT_HOUR] = KNOTS[KNOTS.length - 1];

/** Monday to Sunday. */
const WEEKDAY_FACTORS = [1.13, 1, 0.944, 0.948, 0.98, 0, 0];

/** A week open on weekdays from 7 to 21 o'clock, `perDay` contacts on a mean weekday. */
export function bankWeek(perDay: number): RateCurve {
  const day = Float64Array.from({ length: STEPS_PER_DAY }, (_, step) =>
    heightAt(((step + 0.5) * STEP_SECONDS) / 3600),
  );
  const week = WEEKDAY_FACTORS.flatMap((factor) => Array.from(day, (height) => factor * height));
  const perWeek = week.reduce((sum, rate) => sum + (rate * STEP_SECONDS) / 3600, 0);
  return scaledCurve(rateCurve(STEP_SECONDS, week), (5 * perDay) / perWeek);
}

function heightAt(hour: number): number {
  if (hour < OPENS_AT_HOUR || hour >= CLOSES_AT_HOUR) return 0;
  const after = KNOTS.findIndex(([knot]) => knot > hour);
  const [fromHour, from] = KNOTS[after - 1];
  const [untilHour, until] = KNOTS[after];
  return from + ((until - from) * (hour - fromHour)) / (untilHour - fromHour);
}
