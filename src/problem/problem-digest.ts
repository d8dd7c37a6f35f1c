/**
 * The digest of a problem of any kind: equal problems, equal digests.
 */
import { unreachable } from "#foundation";
import { quadraticDigest } from "./model/quadratic-digest.ts";
import type { Problem } from "./problem.ts";
import { selectionDigest } from "./selection/selection-digest.ts";

/**
 * SHA-256 over every number and name of the problem, as 64 hexadecimal digits. A record holds it,
 * so that a replay can show it solved the very same problem before it compares answers.
 */
export function problemDigest(problem: Problem): string {
  switch (problem.kind) {
    case "ordered-selection":
      return selectionDigest(problem);
    case "quadratic":
      return quadraticDigest(problem);
    default:
      return unreachable(problem);
  }
}
