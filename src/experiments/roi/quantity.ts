/**
 * Numbers nobody knows exactly, as people can state them: a figure, a range, least-likeliest-most,
 * or the shape that suits the kind of number.
 */
import { unreachable } from "#foundation";
import {
  beta,
  type Distribution,
  gamma,
  logNormal,
  normal,
  poisson,
  triangular,
  uniform,
} from "#statistics";
import type { Members } from "../documents/members.ts";

/** A number and what is known of it. */
export type Quantity =
  | { readonly kind: "fixed"; readonly value: number }
  | { readonly kind: "uniform"; readonly low: number; readonly high: number }
  /** Least, likeliest, most. */
  | {
      readonly kind: "triangular";
      readonly low: number;
      readonly mode: number;
      readonly high: number;
    }
  | { readonly kind: "normal"; readonly mean: number; readonly deviation: number }
  /** Above 0 and skewed; half lies below the median. */
  | { readonly kind: "log-normal"; readonly median: number; readonly logDeviation: number }
  /** Above 0 and skewed, by its mean. */
  | { readonly kind: "gamma"; readonly mean: number; readonly deviation: number }
  /** A share of which `successes` and `failures` were seen; 1 and 1 stand for nothing seen. */
  | { readonly kind: "beta"; readonly successes: number; readonly failures: number }
  /** A count of rare events. */
  | { readonly kind: "poisson"; readonly mean: number };

const KINDS = [
  ...(["fixed", "uniform", "triangular", "normal", "log-normal"] as const),
  ...(["gamma", "beta", "poisson"] as const),
] as const;

/** How a quantity is drawn: its mean, and the number at a share in (0, 1) of its distribution. */
export type Drawn = Pick<Distribution, "mean" | "quantile" | "variance">;

/** The distribution of a quantity that has been read. */
export function distributionOf(quantity: Quantity): Drawn {
  switch (quantity.kind) {
    case "fixed":
      return { mean: quantity.value, variance: 0, quantile: () => quantity.value };
    case "uniform":
      return uniform(quantity.low, quantity.high);
    case "triangular":
      return triangular(quantity.low, quantity.mode, quantity.high);
    case "normal":
      return normal(quantity.mean, quantity.deviation);
    case "log-normal":
      return logNormal(quantity.median, quantity.logDeviation);
    case "gamma": {
      const scale = quantity.deviation ** 2 / quantity.mean;
      return gamma(quantity.mean / scale, scale);
    }
    case "beta":
      return beta(quantity.successes, quantity.failures);
    case "poisson":
      return poisson(quantity.mean);
    default:
      return unreachable(quantity);
  }
}

/** Reads a quantity; a bare number is fixed. Flaws go where the members' go. */
export function readQuantity(members: Members): Quantity {
  const kind = members.choice("kind", KINDS);
  switch (kind) {
    case "fixed":
      return { kind, value: members.number("value") };
    case "uniform": {
      const low = members.number("low");
      return { kind, low, high: members.number("high", { above: low }) };
    }
    case "triangular": {
      const low = members.number("low");
      const high = members.number("high", { above: low });
      return { kind, low, mode: members.number("mode", { min: low, max: high }), high };
    }
    case "normal":
      return { kind, mean: members.number("mean"), deviation: above0(members, "deviation") };
    case "log-normal": {
      const median = above0(members, "median");
      return { kind, median, logDeviation: above0(members, "logDeviation") };
    }
    case "gamma":
      return { kind, mean: above0(members, "mean"), deviation: above0(members, "deviation") };
    case "beta": {
      const successes = above0(members, "successes");
      return { kind, successes, failures: above0(members, "failures") };
    }
    case "poisson":
      return { kind, mean: members.number("mean", { min: 0 }) };
    default:
      return unreachable(kind);
  }
}

function above0(members: Members, name: string): number {
  return members.number(name, { above: 0 });
}
