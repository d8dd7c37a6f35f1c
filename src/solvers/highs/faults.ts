/** Faults of the mixed-integer engine: what went wrong in it that a caller can act on. */
import { faultRows } from "#foundation";

/** The engine's rows of the fault register. */
export const highsFaults = faultRows({
  notLoaded: {
    code: "highs-not-loaded",
    category: "unavailable",
    retry: true,
    title: "The mixed-integer engine is not loaded in this thread.",
    remedy: "Await prepareSolvers() before the first solve; after a failure, try again.",
  },
  failed: {
    code: "highs-failed",
    category: "unavailable",
    retry: true,
    title: "The mixed-integer engine gave up without an answer.",
    remedy: "Solve with another solver, or a smaller problem; the engine itself is made anew.",
  },
  unbounded: {
    code: "problem-unbounded",
    category: "invalid",
    retry: false,
    title: "The objective can be improved without end.",
    remedy: "Give the integer variables finite bounds.",
  },
});
