/**
 * Arrival times of a non-homogeneous Poisson process by thinning: P. A. W. Lewis and G. S. Shedler,
 * "Simulation of nonhomogeneous Poisson processes by thinning", Naval Research Logistics 26 (1979).
 * Days may be busier or quieter than the curve says, each by a factor of its own, because counts of
 * real calls scatter more from day to day than a Poisson variable does.
 */
import type { RandomStream } from "#foundation";
import { durationSampler, standardExponential } from "./duration.ts";
import { DAY_SECONDS, type RateCurve } from "./rate-curve.ts";

/** What the arrivals of one class follow. */
export interface ArrivalProcess {
  readonly curve: RateCurve;
  /** Standard deviation over mean of the log-normal factor of a day; 0 for none. */
  readonly dayCv: number;
}

/** Arrival times in seconds from 0 up to `untilSeconds`, ascending. */
export function arrivalTimes(
  { curve, dayCv }: ArrivalProcess,
  untilSeconds: number,
  stream: RandomStream,
): number[] {
  const { stepSeconds, perHour } = curve;
  const days = dayFactors(Math.ceil(untilSeconds / DAY_SECONDS), dayCv, stream.fork("days"));
  const perHourMax = Math.max(...perHour) * Math.max(...days);
  const times: number[] = [];
  if (!(perHourMax > 0)) return times;
  const meanGapSeconds = 3600 / perHourMax;
  const draws = stream.fork("times");
  for (let at = 0; ; ) {
    at += meanGapSeconds * standardExponential(draws);
    if (at >= untilSeconds) return times;
    const step = Math.floor(at / stepSeconds) % perHour.length;
    const rate = perHour[step] * days[Math.floor(at / DAY_SECONDS)];
    if (draws.unit() * perHourMax < rate) times.push(at);
  }
}

function dayFactors(count: number, cv: number, stream: RandomStream): number[] {
  const draw = durationSampler({ kind: "log-normal", meanSeconds: 1, cv }, stream);
  return Array.from({ length: count }, () => (cv === 0 ? 1 : draw()));
}
