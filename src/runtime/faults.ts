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
});
