/** Faults of CP-SAT: what went wrong in it that a caller can act on. */
import { faultRows } from "#foundation";

/** Its rows of the fault register. */
export const cpSatFaults = faultRows({
  failed: {
    code: "cp-sat-failed",
    category: "unavailable",
    retry: true,
    title: "CP-SAT gave no answer, or one that does not hold.",
    remedy: "Solve with another solver, and check that or-tools-wasm is installed whole.",
  },
});
