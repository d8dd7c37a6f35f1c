/**
 * Continuous distributions: what estimates are judged by (normal, Student's t, chi-square) and what
 * people state their beliefs in (beta, gamma, log-normal, uniform, triangular).
 */
import { assert } from "#foundation";
import { normalQuantile } from "../normal.ts";
import { incompleteBeta } from "./beta-function.ts";
import type { Distribution } from "./distribution.ts";
import { incompleteGamma } from "./gamma-function.ts";
import { reach, rootBetween } from "./root.ts";

/** The normal distribution; `deviation` is its standard deviation, above 0. */
export function normal(mean = 0, deviation = 1): Distribution {
  assert(deviation > 0, `normal: expected a deviation above 0, got ${deviation}`);
  const below = (z: number) => {
    const { below: inside, above: outside } = incompleteGamma(0.5, (z * z) / 2);
    return z < 0 ? outside / 2 : (1 + inside) / 2;
  };
  return {
    mean,
    variance: deviation ** 2,
    cdf: (x) => below((x - mean) / deviation),
    survival: (x) => below((mean - x) / deviation),
    quantile: (probability) => mean + deviation * normalQuantile(probability),
  };
}

/** Student's t with `degrees` of freedom, above 0; its variance is infinite up to 2 of them. */
export function studentT(degrees: number): Distribution {
  assert(degrees > 0, `studentT: expected degrees above 0, got ${degrees}`);
  const tail = (t: number) => {
    const square = t * t;
    const x = degrees / (degrees + square);
    const half = incompleteBeta(degrees / 2, 0.5, x, square / (degrees + square)) / 2;
    return t < 0 ? 1 - half : half;
  };
  return {
    mean: 0,
    variance: degrees > 2 ? degrees / (degrees - 2) : Number.POSITIVE_INFINITY,
    cdf: (x) => tail(-x),
    survival: tail,
    quantile: (probability) => {
      assertProbability(probability);
      if (probability === 0.5) return 0;
      const upper = Math.min(probability, 1 - probability);
      const end = reach((t) => tail(t) < upper, 0, 1);
      const size = rootBetween((t) => tail(t) - upper, 0, end);
      return probability < 0.5 ? -size : size;
    },
  };
}

/** The gamma distribution; `shape` and `scale` above 0. */
export function gamma(shape: number, scale: number): Distribution {
  assert(shape > 0 && scale > 0, `gamma: expected parameters above 0, got ${shape} and ${scale}`);
  const mean = shape * scale;
  const cdf = (x: number) => incompleteGamma(shape, x / scale).below;
  return {
    mean,
    variance: mean * scale,
    cdf,
    survival: (x) => incompleteGamma(shape, x / scale).above,
    quantile: (probability) => {
      assertProbability(probability);
      const end = reach((x) => cdf(x) > probability, 0, mean);
      return rootBetween((x) => cdf(x) - probability, 0, end);
    },
  };
}

/** The chi-square distribution with `degrees` of freedom, above 0. */
export function chiSquare(degrees: number): Distribution {
  return gamma(degrees / 2, 2);
}

/** The beta distribution on [0, 1]; both parameters above 0. */
export function beta(a: number, b: number): Distribution {
  const cdf = (x: number) => incompleteBeta(a, b, x);
  return {
    mean: a / (a + b),
    variance: (a * b) / ((a + b) ** 2 * (a + b + 1)),
    cdf,
    survival: (x) => incompleteBeta(b, a, 1 - x, x),
    quantile: (probability) => {
      assertProbability(probability);
      return rootBetween((x) => cdf(x) - probability, 0, 1);
    },
  };
}

/** What has a normal logarithm: half lies below `median`, `logDeviation` is the logarithm's. */
export function logNormal(median: number, logDeviation: number): Distribution {
  assert(median > 0, `logNormal: expected a median above 0, got ${median}`);
  const logarithm = normal(Math.log(median), logDeviation);
  const mean = median * Math.exp(logDeviation ** 2 / 2);
  return {
    mean,
    variance: mean ** 2 * Math.expm1(logDeviation ** 2),
    cdf: (x) => (x <= 0 ? 0 : logarithm.cdf(Math.log(x))),
    survival: (x) => (x <= 0 ? 1 : logarithm.survival(Math.log(x))),
    quantile: (probability) => Math.exp(logarithm.quantile(probability)),
  };
}

/** Equally likely anywhere between `low` and `high`. */
export function uniform(low: number, high: number): Distribution {
  assert(low < high, `uniform: expected low below high, got ${low} and ${high}`);
  const cdf = (x: number) => Math.min(1, Math.max(0, (x - low) / (high - low)));
  return {
    mean: (low + high) / 2,
    variance: (high - low) ** 2 / 12,
    cdf,
    survival: (x) => 1 - cdf(x),
    quantile: (probability) => low + assertProbability(probability) * (high - low),
  };
}

/** Rises in a straight line from `low` to `mode` and falls to `high`: least, likeliest, most. */
export function triangular(low: number, mode: number, high: number): Distribution {
  assert(low <= mode && mode <= high && low < high, "triangular: expected low <= mode <= high");
  const width = high - low;
  const turn = (mode - low) / width;
  const rising = (x: number) => (x - low) ** 2 / (width * (mode - low));
  const falling = (x: number) => (high - x) ** 2 / (width * (high - mode));
  const survival = (x: number) => {
    if (x <= low) return 1;
    if (x >= high) return 0;
    return x < mode ? 1 - rising(x) : falling(x);
  };
  return {
    mean: (low + mode + high) / 3,
    variance: (low ** 2 + mode ** 2 + high ** 2 - low * mode - low * high - mode * high) / 18,
    cdf: (x) => (x > low && x < mode ? rising(x) : 1 - survival(x)),
    survival,
    quantile: (probability) =>
      assertProbability(probability) < turn
        ? low + Math.sqrt(probability * width * (mode - low))
        : high - Math.sqrt((1 - probability) * width * (high - mode)),
  };
}

function assertProbability(probability: number): number {
  assert(probability > 0 && probability < 1, `a probability in (0, 1), got ${probability}`);
  return probability;
}
