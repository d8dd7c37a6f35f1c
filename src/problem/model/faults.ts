/**
 * The faults of building a problem: what a caller who brings one can do something about.
 */
import { faultRows } from "#foundation";

/** Rows of the register that belong to problems. */
export const modelFaults = faultRows({
  tooLarge: {
    code: "problem-too-large",
    category: "exhausted",
    retry: false,
    title: "The problem has more variables or terms than fit in memory.",
    remedy: "Split the problem, or leave out terms that do not matter.",
  },
});
