/**
 * Quantities with units as people write them on the command line: `225s`, `400/30min`.
 */
import { InvalidArgumentError } from "commander";

const SECONDS_OF: Readonly<Record<string, number>> = Object.freeze({ s: 1, min: 60, h: 3600 });
const DURATION = /^(\d+(?:\.\d+)?)(s|min|h)$/;
const RATE = /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)?(s|min|h)$/;

/** Seconds of a duration such as `225s`, `2.5min` or `4h`. @throws InvalidArgumentError */
export function durationSeconds(text: string): number {
  const [, number, unit] = DURATION.exec(text) ?? [];
  if (number === undefined) {
    throw new InvalidArgumentError("expected a number and s, min or h, e.g. 225s");
  }
  return Number(number) * SECONDS_OF[unit];
}

/** As {@link durationSeconds}, above zero. @throws InvalidArgumentError */
export function someSeconds(text: string): number {
  const seconds = durationSeconds(text);
  if (seconds > 0) return seconds;
  throw new InvalidArgumentError("expected a duration above 0, e.g. 225s");
}

/** Contacts per hour of a rate such as `400/30min` or `12.5/s`. @throws InvalidArgumentError */
export function ratePerHour(text: string): number {
  const [, count, units = "1", unit] = RATE.exec(text) ?? [];
  const seconds = Number(units) * SECONDS_OF[unit];
  if (count === undefined || !(seconds > 0)) {
    throw new InvalidArgumentError("expected contacts per time, e.g. 400/30min or 12/min");
  }
  return (Number(count) * 3600) / seconds;
}
