/**
 * What a caller can do something about when a study is asked for.
 */
import { faultRows } from "#foundation";

/** The studies' rows of the register of faults. */
export const STUDY_FAULTS = faultRows({
  daysInvalid: {
    code: "study-days-invalid",
    category: "invalid",
    retry: false,
    title: "The study cannot run for so many days.",
    remedy: "Ask for an even number of days, because every hour is paired with the next day's.",
  },
});
