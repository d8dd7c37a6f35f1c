/** The faults of learning intents. */
import { faultRows } from "#foundation";

/** Rows of the register that belong to intents. */
export const intentFaults = faultRows({
  unusable: {
    code: "intent-training-unusable",
    category: "invalid",
    retry: false,
    title: "Intents cannot be learnt from this training set.",
    remedy: "Correct the named examples; every text needs a word, and there must be two intents.",
  },
  stopped: {
    code: "intent-training-stopped",
    category: "undecided",
    retry: true,
    title: "Learning was stopped before every intent was learnt.",
    remedy: "Give it more work, or fewer examples.",
  },
  unreadable: {
    code: "intent-model-unreadable",
    category: "invalid",
    retry: false,
    title: "The file holds no intent model of a version this code reads.",
    remedy: "Learn the model again, or read it with the version that wrote it.",
  },
});
