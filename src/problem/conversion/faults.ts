/**
 * The faults of conversions: what a caller who asks for a BQM can do something about.
 */
import { faultRows } from "#foundation";

/** Rows of the register that belong to conversions. */
export const conversionFaults = faultRows({
  impossible: {
    code: "conversion-impossible",
    category: "refused",
    retry: false,
    title: "The problem cannot be stated as a binary quadratic model.",
    remedy: "Bound every integer variable, and give constraints biases of at most nine decimals.",
  },
});
