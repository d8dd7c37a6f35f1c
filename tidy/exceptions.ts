/**
 * The places where a house rule does not hold, each with its reason. A row that no longer excuses
 * anything fails the test, so this list cannot outlive its causes.
 */
import type { Exception } from "./rule.ts";

const CLOCK_REASON = "the one wrapper of the machine's clock";

const SDK_REASON = "runs in other people's programs, where nobody hands it the machine";

const JUDGE = "src/decisions/ranking/check.ts";
const ROUTING_JUDGE = "src/decisions/routing/check/judged-worth.ts";
const CIRCUIT_REASON =
  "the only thread of its process; under the guard Node lets some threads pass their memory limit";
const JUDGE_REASON =
  "the judge shares no arithmetic with what it judges; what it finds is compared to 1e-9, not kept";

/** Parts whose users are not built yet; tests are all that uses them, until the reason says so. */
const AWAITED: readonly (readonly [reason: string, path: string, names: string])[] = [
  ["awaits solvers that build circuits", "src/circuit/conditions.ts", "bitIsSet register all any"],
  ["awaits solvers that build circuits", "src/circuit/transform.ts", "controlled powered"],
  [
    "awaits studies of noisy devices",
    "src/circuit/noise/zero-noise.ts",
    "foldedCircuit zeroNoiseLimit",
  ],
  [
    "held against the table of gates and the shared programs",
    "src/circuit/openqasm/translation/translate.ts",
    "translateOpenQasm",
  ],
  [
    "held against the table of gates and the shared programs",
    "src/circuit/openqasm/writing/definitions.ts",
    "standardLibraryText",
  ],
  [
    "the other way of a conversion that is promised both ways, and held against it",
    "src/problem/conversion/two-valued.ts",
    "toBinary",
  ],
  [
    "awaits samplers whose every read is shown; so far the best alone is",
    "src/problem/model/sample-set.ts",
    "sampleSet",
  ],
];

/** Every exception there is. */
export const EXCEPTIONS: readonly Exception[] = Object.freeze([
  except("ambient", "src/foundation/clock.ts", "Date.now", CLOCK_REASON),
  except("ambient", "src/foundation/clock.ts", "process.hrtime", CLOCK_REASON),
  except("ambient", "src/foundation/clock.ts", "setTimeout", CLOCK_REASON),
  ...[
    ...["globalThis.fetch", "performance.now", "setTimeout"],
    ...["Math.random", "crypto.getRandomValues"],
  ].map((subject) => except("ambient", "src/sdk/surroundings.ts", subject, SDK_REASON)),
  except("guarded-threads", "src/cli/circuit/circuit-worker.ts", "Worker", CIRCUIT_REASON),
  except("portable-arithmetic", JUDGE, "Math.log2", JUDGE_REASON),
  except("portable-arithmetic", JUDGE, "**", JUDGE_REASON),
  except("portable-arithmetic", ROUTING_JUDGE, "Math.exp", JUDGE_REASON),
  ...AWAITED.flatMap(([reason, path, names]) =>
    names.split(" ").map((name) => except("used-exports", path, name, reason)),
  ),
]);

function except(rule: string, path: string, subject: string, reason: string): Exception {
  return { rule, path, subject, reason };
}
