/**
 * The intent classifier at work: what a short text is about, how sure that is, and the good sense
 * to say "none of these". Linear scores over hashed words and pieces of words.
 */
import { type Confidence, type Margins, probabilityRight } from "./confidence.ts";
import { type SparseRow, textFeatures } from "./text-features.ts";
import { weighed } from "./weighting.ts";

/** All that was learnt; plain numbers, so that it can be kept. */
export interface IntentModel {
  readonly intents: readonly string[];
  /** Places that features are hashed to. */
  readonly dimension: number;
  /** What each place tells; 0 where nothing was seen. */
  readonly rarity: Float32Array;
  /** Of place p and intent i: 8-bit weight at p * intents + i, to be times the intent's scale. */
  readonly weights: Int8Array;
  readonly scales: Float32Array;
  readonly biases: Float32Array;
  readonly confidence: Confidence;
  /** Least probability to answer with an intent, in [0, 1]. */
  readonly probabilityMin: number;
}

/** The verdict on a text. */
export interface IntentVerdict {
  /** The intent with the highest score, even when not sure enough. */
  readonly intent: string;
  /** How likely it is the right one; 0 when nothing in the text was ever seen. */
  readonly probability: number;
  /** Not sure enough: the text is to be treated as having no known intent. */
  readonly abstained: boolean;
  /** The next best intents, best first. */
  readonly alternatives: readonly string[];
}

const ALTERNATIVES = 3;

/** Judges a text; deterministic. */
export function classifyIntent(model: IntentModel, text: string): IntentVerdict {
  const row = weighed(textFeatures(text, model.dimension), model.rarity);
  const scores = quantisedScores(model, row);
  const ranked = Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
  const [winner, ...others] = ranked.map((index) => model.intents[index]);
  const isStrange = row.places.length === 0;
  const probability = isStrange ? 0 : probabilityRight(model.confidence, marginsOf(scores));
  return Object.freeze({
    intent: winner,
    probability,
    abstained: probability < model.probabilityMin,
    alternatives: Object.freeze(others.slice(0, ALTERNATIVES)),
  });
}

/** How clearly the highest of at least two scores is the highest. */
export function marginsOf(scores: Float64Array): Margins {
  let best = Number.NEGATIVE_INFINITY;
  let second = Number.NEGATIVE_INFINITY;
  for (const score of scores) {
    if (score > best) [best, second] = [score, best];
    else if (score > second) second = score;
  }
  return { best, lead: best - second };
}

function quantisedScores(model: IntentModel, { places, values }: SparseRow): Float64Array {
  const { weights, scales, biases } = model;
  const count = biases.length;
  const scores = new Float64Array(count);
  for (let at = 0; at < places.length; at += 1) {
    const offset = places[at] * count;
    for (let index = 0; index < count; index += 1) {
      scores[index] += weights[offset + index] * values[at];
    }
  }
  return scores.map((score, index) => score * scales[index] + biases[index]);
}
