/**
 * CPLEX LP: linear and quadratic programs as formulas. Solution: the values of the variables in
 * order of first mention.
 */
import type { ProblemFormat } from "../format.ts";
import { readLp } from "./lp-reader.ts";
import { writeLp } from "./lp-writer.ts";

const OPENING =
  /^(?:\s|\\[^\n]*\n)*(?:(?:minimi[sz]e|minimum|min|maximi[sz]e|maximum|max)\b|subject\s+to\b)/i;

/** The format. */
export const lp: ProblemFormat = {
  name: "lp",
  title: "CPLEX LP with quadratic terms",
  extensions: [".lp"],
  isSurely: (head) => OPENING.test(head),
  read: readLp,
  write: writeLp,
};
