/** Faults of the runtime: what can go wrong with solving that a caller or operator can act on. */
import { faultRows } from "#foundation";

/** The runtime's rows of the fault register. */
export const runtimeFaults = faultRows({
  threadsDown: {
    code: "solver-threads-down",
    category: "unavailable",
    retry: true,
    title: "No solver thread is running.",
    remedy: "Look for the reason in the log at start-up, then restart the process.",
  },
  solverUnknown: {
    code: "solver-unknown",
    category: "missing",
    retry: false,
    title: "There is no solver of that name.",
    remedy: "Name one of the solvers listed in the detail, or leave the choice open with auto.",
  },
  solverUnsuitable: {
    code: "solver-unsuitable",
    category: "refused",
    retry: false,
    title: "The solver does not solve this problem.",
    remedy: "Name one of the solvers listed in the detail, or leave the choice open with auto.",
  },
  valuesTooLarge: {
    code: "values-too-large",
    category: "refused",
    retry: false,
    title: "The problem needs values beyond 32 bits.",
    remedy: "State the variable in a larger unit, so that its values stay within 32 bits.",
  },
});
