/**
 * The verdict on a replay. Identical bytes are the promise within the recorded profile; elsewhere
 * the weaker promise holds: same problem, feasible, same objective.
 */
import { canonicalJson, sha256Hex } from "#foundation";
import type { Decided, Profile } from "./decision-record.ts";

/** What comparing two decided parts shows. */
export interface Comparison {
  readonly verdict: "identical" | "verified" | "different";
  readonly recordedDigest: string;
  readonly replayedDigest: string;
  /** In words; empty when identical. */
  readonly differences: readonly string[];
}

/** Relative slack on objectives between profiles. */
const TOLERANCE = 1e-9;

/**
 * Compares what was decided with what a replay decided; `isFeasible` is the type's own check of the
 * replayed answer.
 */
export function compareDecided(
  recorded: Decided,
  replayed: Decided,
  isFeasible: boolean,
  profiles: { readonly recorded: Profile; readonly here: Profile },
): Comparison {
  const texts = [canonicalJson(recorded), canonicalJson(replayed)];
  const [recordedDigest, replayedDigest] = texts.map(sha256Hex);
  if (texts[0] === texts[1]) {
    return { verdict: "identical", recordedDigest, replayedDigest, differences: [] };
  }
  const differences = differingParts(recorded, replayed);
  const sameProfile = canonicalJson(profiles.recorded) === canonicalJson(profiles.here);
  const verdict =
    !sameProfile && isFeasible && isEquivalent(recorded, replayed) ? "verified" : "different";
  return { verdict, recordedDigest, replayedDigest, differences };
}

function isEquivalent(recorded: Decided, replayed: Decided): boolean {
  const [a, b] = [recorded.quality.objective, replayed.quality.objective];
  return (
    recorded.problemDigest === replayed.problemDigest &&
    Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b))
  );
}

function differingParts(recorded: Decided, replayed: Decided): string[] {
  const differences: string[] = [];
  for (const part of ["problemDigest", "answer", "quality", "reasons"] as const) {
    const [was, is] = [canonicalJson(recorded[part]), canonicalJson(replayed[part])];
    if (was !== is) differences.push(`${part}: recorded ${brief(was)}, replayed ${brief(is)}`);
  }
  const count = Math.max(recorded.attempts.length, replayed.attempts.length);
  for (let index = 0; index < count; index += 1) {
    const was = canonicalJson(recorded.attempts[index] ?? null);
    const is = canonicalJson(replayed.attempts[index] ?? null);
    if (was !== is)
      differences.push(`attempt ${index}: recorded ${brief(was)}, replayed ${brief(is)}`);
  }
  return differences;
}

function brief(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157)}...`;
}
