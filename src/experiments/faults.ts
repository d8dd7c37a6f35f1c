/**
 * What a caller can do something about when an experiment or a business case is not sound.
 */
import { faultRows } from "#foundation";

/** The rows of the register that belong to experiments. */
export const EXPERIMENT_FAULTS = faultRows({
  designInvalid: {
    code: "experiment-design-invalid",
    category: "invalid",
    retry: false,
    title: "The design of the experiment cannot be run as it stands.",
    remedy: "Correct every place listed under flaws.",
  },
  splitRefused: {
    code: "experiment-split-refused",
    category: "refused",
    retry: false,
    title: "Units that draw on shared capacity cannot be split between arms.",
    remedy: "Use a switchback design, which gives whole stretches of time to one arm.",
  },
  observationsInvalid: {
    code: "experiment-observations-invalid",
    category: "invalid",
    retry: false,
    title: "The observations do not belong to the experiment's design.",
    remedy: "Correct every place listed under flaws and read the experiment again.",
  },
  caseInvalid: {
    code: "business-case-invalid",
    category: "invalid",
    retry: false,
    title: "The business case is incomplete or contradicts itself.",
    remedy: "Correct every place listed under flaws; docs/experiments.md has every member.",
  },
});
