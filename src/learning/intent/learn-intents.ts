/**
 * Learning intents from examples: scores from all of them, and how far scores can be trusted from
 * examples each judged by scores that were learnt without it.
 */
import { Fault, type Flaw, randomStream, shuffle, type WorkBudget, workBudget } from "#foundation";
import { fitConfidence, type Margins } from "./confidence.ts";
import { intentFaults } from "./faults.ts";
import { type IntentModel, marginsOf } from "./intent-classifier.ts";
import { type LinearScores, learnLinearSvm, scoresOf } from "./linear-svm.ts";
import { textFeatures, wordsOf } from "./text-features.ts";
import { rarityOf, weighed } from "./weighting.ts";

/** One text with the intent a person gave it. */
export interface IntentExample {
  readonly text: string;
  readonly intent: string;
}

/** What to learn from, and how. */
export interface IntentTraining {
  readonly examples: readonly IntentExample[];
  /** Texts that have none of the intents. */
  readonly outOfScope?: readonly string[] | undefined;
  readonly seed: number;
  /** Places that features are hashed to. */
  readonly dimension?: number | undefined;
  readonly probabilityMin?: number | undefined;
  /** Work is counted in features looked at. */
  readonly budget?: WorkBudget | undefined;
}

const DIMENSION = 2 ** 14;
const PROBABILITY_MIN = 0.5;
/** Parts of the examples; each is judged by scores learnt from the others. */
const FOLDS = 3;
const FLAWS_NAMED_MAX = 20;
const WEIGHT_MAX = 127;

/**
 * Learns; the same training gives the same model, bit for bit.
 *
 * @throws Fault `intent-training-unusable`, naming each flaw, or `intent-training-stopped` when the
 * budget ends first.
 */
export function learnIntents(training: IntentTraining): IntentModel {
  refuseFlawed(training);
  const { examples, outOfScope = [], seed, dimension = DIMENSION } = training;
  const budget = training.budget ?? workBudget(Number.POSITIVE_INFINITY);
  const intents = [...new Set(examples.map(({ intent }) => intent))].sort();
  const numberOf = new Map(intents.map((intent, index) => [intent, index]));
  const corpus = [
    ...examples.map(({ text, intent }) => ({ text, intent: numberOf.get(intent) ?? -1 })),
    ...outOfScope.map((text) => ({ text, intent: -1 })),
  ].map(({ text, intent }) => ({ features: textFeatures(text, dimension), intent }));

  const learn = (part: typeof corpus, label: string) => {
    const rarity = rarityOf(
      part.map(({ features }) => features),
      dimension,
    );
    const rows = part.map(({ features }) => weighed(features, rarity));
    const classes = Int32Array.from(part, ({ intent }) => intent);
    const data = { rows, classes, classCount: intents.length, dimension };
    const scores = learnLinearSvm(data, randomStream(seed, "intents", label), budget);
    if (scores === undefined) throw new Fault(intentFaults.stopped, { detail: "out of budget" });
    return { rarity, scores };
  };

  const order = corpus.slice();
  shuffle(order, randomStream(seed, "intent-folds"));
  const trials: (Margins & { readonly isRight: boolean })[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const { rarity, scores } = learn(
      order.filter((_, index) => index % FOLDS !== fold),
      `fold ${fold}`,
    );
    for (const { features, intent } of order.filter((_, index) => index % FOLDS === fold)) {
      const found = scoresOf(scores, weighed(features, rarity));
      const margins = marginsOf(found);
      trials.push({ ...margins, isRight: intent >= 0 && found[intent] === margins.best });
    }
  }
  const { rarity, scores } = learn(corpus, "all");
  return Object.freeze({
    intents: Object.freeze(intents),
    dimension,
    rarity,
    ...quantised(scores),
    confidence: fitConfidence(trials),
    probabilityMin: training.probabilityMin ?? PROBABILITY_MIN,
  });
}

/** Weights in eight bits, each intent on its own scale. */
function quantised({ classCount, weights, biases }: LinearScores) {
  const scales = new Float32Array(classCount);
  for (const [index, weight] of weights.entries()) {
    const one = index % classCount;
    scales[one] = Math.max(scales[one], Math.abs(weight) / WEIGHT_MAX);
  }
  const small = Int8Array.from(weights, (weight, index) => {
    const scale = scales[index % classCount];
    return scale === 0 ? 0 : Math.round(weight / scale);
  });
  return { weights: small, scales, biases: Float32Array.from(biases) };
}

function refuseFlawed({ examples, outOfScope = [], dimension, probabilityMin }: IntentTraining) {
  const flaws: Flaw[] = [];
  if (new Set(examples.map(({ intent }) => intent)).size < 2) {
    flaws.push({ pointer: "/examples", message: "expected at least two intents" });
  }
  if (dimension !== undefined && !(Number.isInteger(dimension) && dimension > 0)) {
    flaws.push({
      pointer: "/dimension",
      message: `expected a whole number above 0, got ${dimension}`,
    });
  }
  if (probabilityMin !== undefined && !(probabilityMin >= 0 && probabilityMin <= 1)) {
    flaws.push({ pointer: "/probabilityMin", message: `expected 0 to 1, got ${probabilityMin}` });
  }
  for (const [index, { text, intent }] of examples.entries()) {
    if (wordsOf(text).length === 0) {
      flaws.push({ pointer: `/examples/${index}/text`, message: "expected at least one word" });
    }
    if (intent === "") {
      flaws.push({ pointer: `/examples/${index}/intent`, message: "expected a name" });
    }
  }
  for (const [index, text] of outOfScope.entries()) {
    if (wordsOf(text).length > 0) continue;
    flaws.push({ pointer: `/outOfScope/${index}`, message: "expected at least one word" });
  }
  if (flaws.length === 0) return;
  const detail = `the training set has ${flaws.length} flaws`;
  throw new Fault(intentFaults.unusable, { detail, flaws: flaws.slice(0, FLAWS_NAMED_MAX) });
}
