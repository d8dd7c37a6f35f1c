/**
 * The places where a house rule does not hold, each with its reason. A row that no longer excuses
 * anything fails the test, so this list cannot outlive its causes.
 */
import type { Exception } from "./rule.ts";

const CLOCK_REASON = "the one wrapper of the machine's clock";

const JUDGE = "src/decisions/ranking/check.ts";
const JUDGE_REASON =
  "the judge shares no arithmetic with what it judges; what it finds is compared to 1e-9, not kept";

/** Every exception there is. */
export const EXCEPTIONS: readonly Exception[] = Object.freeze([
  except("ambient", "src/foundation/clock.ts", "Date.now", CLOCK_REASON),
  except("ambient", "src/foundation/clock.ts", "process.hrtime", CLOCK_REASON),
  except("ambient", "src/foundation/clock.ts", "setTimeout", CLOCK_REASON),
  except("portable-arithmetic", JUDGE, "Math.log2", JUDGE_REASON),
  except("portable-arithmetic", JUDGE, "**", JUDGE_REASON),
]);

function except(rule: string, path: string, subject: string, reason: string): Exception {
  return { rule, path, subject, reason };
}
