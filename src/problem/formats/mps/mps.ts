/**
 * Free MPS: linear and quadratic programs by columns. Solution: the values of the variables in
 * order of the COLUMNS section.
 */
import type { ProblemFormat } from "../format.ts";
import { readMps } from "./mps-reader.ts";
import { writeMps } from "./mps-writer.ts";

/** The format. */
export const mps: ProblemFormat = {
  name: "mps",
  title: "free MPS with QUADOBJ, QMATRIX and QCMATRIX",
  extensions: [".mps"],
  isSurely: (head) => /^(?:\*[^\n]*\n|\s*\n)*(?:NAME\b|ROWS\s*\n|OBJSENSE\b)/.test(head),
  read: readMps,
  write: writeMps,
};
