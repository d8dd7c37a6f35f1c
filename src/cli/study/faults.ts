/** The faults of studies. */
import { faultRows } from "#foundation";

/** Rows of the register that belong to studies. */
export const studyFaults = faultRows({
  tableUnusable: {
    code: "study-table-unusable",
    category: "invalid",
    retry: false,
    title: "The table cannot be studied.",
    remedy: "Give a CSV file with a header, numbers, and a class in the last column or in --label.",
  },
});
