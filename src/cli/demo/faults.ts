/**
 * What can go wrong in the demonstration, and what its user can do about it.
 */
import { faultRows } from "#foundation";

/** The demonstration's rows of the register of faults. */
export const DEMO_FAULTS = faultRows({
  malformedFile: {
    code: "demo-file-malformed",
    category: "invalid",
    retry: false,
    title: "The file is not a table of sales lines.",
    remedy: "Correct the line that is named, or leave it out.",
  },
  unreadableFile: {
    code: "demo-file-unreadable",
    category: "missing",
    retry: false,
    title: "The file cannot be read.",
    remedy: "Check its path and that you may read it.",
  },
  emptyPeriod: {
    code: "demo-period-empty",
    category: "invalid",
    retry: false,
    title: "The period holds no basket of a returning customer.",
    remedy: "Choose --from and --to inside the file's own period, later than its first weeks.",
  },
  badOption: {
    code: "demo-option-invalid",
    category: "invalid",
    retry: false,
    title: "An option of the demonstration has no usable value.",
    remedy: "Use the form that the message expects.",
  },
  tooManyItems: {
    code: "demo-file-too-many-items",
    category: "invalid",
    retry: false,
    title: "The files hold more items than the demonstration can learn from.",
    remedy: "Leave out items, for example those sold once only.",
  },
  interrupted: {
    code: "demo-interrupted",
    category: "unavailable",
    retry: true,
    title: "The demonstration was interrupted before it had anything to show.",
    remedy: "Run it again and let it answer at least one basket.",
  },
  badReply: {
    code: "demo-platform-reply-unexpected",
    category: "unavailable",
    retry: true,
    title: "The platform did not answer as its contract says.",
    remedy: "Look at the server's log, and run the demonstration again.",
  },
});
