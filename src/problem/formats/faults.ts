/**
 * The faults of problem files: what a caller who brings a file, or asks for one, can do something
 * about.
 */
import { faultRows } from "#foundation";

/** Rows of the register that belong to problem files. */
export const formatFaults = faultRows({
  fileInvalid: {
    code: "problem-file-invalid",
    category: "invalid",
    retry: false,
    title: "The problem file does not keep its format.",
    remedy: "Correct the file at the lines and columns listed under flaws, or name its format.",
  },
  fileUnsupported: {
    code: "problem-file-unsupported",
    category: "refused",
    retry: false,
    title: "The problem file keeps its format but states something that cannot be solved here.",
    remedy: "Restate what the detail names with bounded binary, spin or integer variables.",
  },
  formatUnknown: {
    code: "problem-format-unknown",
    category: "invalid",
    retry: false,
    title: "The format of the problem file is not known.",
    remedy: "Name one of the formats listed in the detail.",
  },
  notWritable: {
    code: "problem-not-writable",
    category: "refused",
    retry: false,
    title: "The format cannot express the problem.",
    remedy: "Choose a format that can, such as cqm or cqm-json, or convert the problem first.",
  },
  fileUnreadable: {
    code: "problem-file-unreadable",
    category: "missing",
    retry: false,
    title: "The problem file cannot be opened or read.",
    remedy: "Check the path and the permission to read it.",
  },
  problemMissing: {
    code: "problem-number-missing",
    category: "missing",
    retry: false,
    title: "The file does not hold a problem of that number.",
    remedy: "Choose a number from 1 to the number of problems in the file.",
  },
});
