/**
 * Durations: how long handling takes, how long patience lasts, how long somebody waits before
 * calling again.
 */
import { type RandomStream, unreachable } from "#foundation";

/** A distribution of seconds. */
export type Duration =
  | { readonly kind: "fixed"; readonly meanSeconds: number }
  | { readonly kind: "exponential"; readonly meanSeconds: number }
  /** `cv`: standard deviation over mean. */
  | { readonly kind: "log-normal"; readonly meanSeconds: number; readonly cv: number };

/**
 * Draws from `duration`, in seconds. Every draw takes the same count of numbers off the stream,
 * whatever they are, so that the n-th draw depends on nothing but the seed and n.
 */
export function durationSampler(duration: Duration, stream: RandomStream): () => number {
  const { meanSeconds } = duration;
  switch (duration.kind) {
    case "fixed":
      return () => meanSeconds;
    case "exponential":
      return () => meanSeconds * standardExponential(stream);
    case "log-normal": {
      const variance = Math.log1p(duration.cv * duration.cv);
      const location = Math.log(meanSeconds) - variance / 2;
      const scale = Math.sqrt(variance);
      return () => Math.exp(location + scale * standardNormal(stream));
    }
    default:
      return unreachable(duration);
  }
}

/** An exponential variable of mean 1. */
export function standardExponential(stream: RandomStream): number {
  return -Math.log1p(-stream.unit());
}

/** A standard normal variable, by one half of G. E. P. Box and M. E. Muller's pair (1958). */
export function standardNormal(stream: RandomStream): number {
  const radius = Math.sqrt(2 * standardExponential(stream));
  return radius * Math.cos(2 * Math.PI * stream.unit());
}
