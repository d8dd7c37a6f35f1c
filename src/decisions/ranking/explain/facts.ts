/**
 * The facts of an explanation: numbers in the objective's own unit, computed, never estimated.
 */
import { HARD, type OrderedSelection, verify } from "#problem";
import type { Candidate, RankingQuestion } from "../question.ts";
import { shareGroup } from "../rule-ledger.ts";
import { bestAllowed, blockersOf, type Exchange, type Exchanges } from "./exchanges.ts";
import { valueLacking } from "./threshold.ts";

/**
 * Of a chosen item. Utility, freshness and similarity of all items and the penalties sum to the
 * objective.
 */
export interface ChosenFacts {
  readonly position: number;
  readonly score: number;
  readonly utility: number;
  readonly freshness: number;
  /**
   * Half of what its similarity to the other chosen items costs, at most 0; the other half is
   * theirs.
   */
  readonly similarity: number;
  /** Hard pins and minima that would break without it. */
  readonly heldBy: readonly string[];
  /** Broken soft rules it takes part in. */
  readonly paying: readonly string[];
  /**
   * The best exchange that breaks no hard rule; a negative loss is a gain the search did not reach.
   */
  readonly alternative: { readonly id: string; readonly loss: number } | null;
}

/** Of an item left out: its best exchange, and the best that breaks no hard rule. */
export interface LeftOutFacts {
  readonly score: number;
  readonly insteadOf: string;
  readonly position: number;
  readonly loss: number;
  /** Hard rules that forbid that exchange. */
  readonly blockedBy: readonly string[];
  readonly allowed: {
    readonly insteadOf: string;
    readonly position: number;
    readonly loss: number;
  } | null;
  /** Above this score it is worth a place: then no best answer leaves it out. */
  readonly scoreEnough: number | null;
}

/** Of the whole answer. */
export interface WholeFacts {
  readonly objective: number;
  readonly chosen: number;
  readonly requested: number;
  readonly candidates: number;
  readonly excluded: number;
  readonly shortenedBy: readonly string[];
  readonly paid: readonly {
    readonly rule: string;
    readonly count: number;
    readonly cost: number;
  }[];
}

/** The facts of the item at `index` of the order. */
export function chosenFacts(
  question: RankingQuestion,
  exchanges: Exchanges,
  index: number,
  best: Exchange | undefined,
): ChosenFacts {
  const { problem, order, crowd, pairCost } = exchanges;
  const item = order[index];
  const { score } = question.candidates[item];
  const weight = problem.positionWeights[index];
  // Multiplied in the order of the problem, so that an item without age has no speck of freshness.
  const utility = weight * (question.weights.utility * score);
  return {
    alternative:
      best === undefined
        ? null
        : { id: question.candidates[best.incoming].id, loss: negated(best.gain) },
    freshness: weight * problem.values[item] - utility,
    heldBy: holders(exchanges, index),
    paying: softBreaches(exchanges, index),
    position: index + 1,
    score,
    similarity: negated((pairCost * crowd[item]) / 2),
    utility,
  };
}

/** The facts of the item whose best exchange is `nearest`. */
export function leftOutFacts(
  question: RankingQuestion,
  exchanges: Exchanges,
  nearest: Exchange,
): LeftOutFacts {
  const { incoming, position, gain } = nearest;
  const idAt = (place: number): string => question.candidates[exchanges.order[place]].id;
  const { score } = question.candidates[incoming];
  const blockedBy = blockersOf(exchanges, position, incoming);
  const allowed = blockedBy.length === 0 ? nearest : bestAllowed(exchanges, incoming);
  return {
    allowed:
      allowed === undefined
        ? null
        : {
            insteadOf: idAt(allowed.position),
            loss: negated(allowed.gain),
            position: allowed.position + 1,
          },
    blockedBy,
    insteadOf: idAt(position),
    loss: negated(gain),
    position: position + 1,
    score,
    scoreEnough: scoreEnough(question, exchanges, incoming),
  };
}

/** The facts of the whole answer. */
export function wholeFacts(
  question: RankingQuestion,
  problem: OrderedSelection,
  order: readonly number[],
  shortenedBy: readonly string[],
): WholeFacts {
  const verdict = verify(problem, { values: Int32Array.from(order) });
  return {
    candidates: question.candidates.length,
    chosen: order.length,
    excluded: question.dropped.length,
    objective: verdict.objective,
    paid: verdict.violations
      .filter(({ penalty }) => penalty !== HARD)
      .map(({ rule, count, penalty }) => ({ cost: count * penalty, count, rule })),
    requested: question.positionCount,
    shortenedBy,
  };
}

function scoreEnough(
  question: RankingQuestion,
  exchanges: Exchanges,
  incoming: number,
): number | null {
  const lacking = valueLacking(exchanges, incoming);
  if (lacking === undefined || question.weights.utility === 0) return null;
  const candidate: Candidate = question.candidates[incoming];
  return candidate.score + lacking / question.weights.utility;
}

function holders({ problem, order, ledger, present }: Exchanges, index: number): string[] {
  const item = order[index];
  const names = problem.pins
    .filter((pin) => pin.item === item && pin.position === index && pin.penalty === HARD)
    .map(({ rule }) => rule);
  for (let entry = ledger.offsets[item]; entry < ledger.offsets[item + 1]; entry += 1) {
    const { rule, bound, count, penalty } = problem.counts[ledger.rules[entry]];
    const needed = bound === "at-least" && present[ledger.rules[entry]] <= count;
    if (needed && penalty === HARD) names.push(rule);
  }
  return names;
}

function softBreaches({ problem, order, ledger, present }: Exchanges, index: number): string[] {
  const item = order[index];
  const names = problem.pins
    .filter((pin) => pin.item === item && pin.position !== index && pin.penalty !== HARD)
    .map(({ rule }) => rule);
  for (let entry = ledger.offsets[item]; entry < ledger.offsets[item + 1]; entry += 1) {
    const { rule, bound, count, penalty } = problem.counts[ledger.rules[entry]];
    const over = bound === "at-most" && present[ledger.rules[entry]] > count;
    if (over && penalty !== HARD) names.push(rule);
  }
  const crowded = [order[index - 1], order[index + 1]].some(
    (neighbour) => neighbour !== undefined && shareGroup(problem, neighbour, item),
  );
  if (crowded && problem.spacing !== undefined && problem.spacing.penalty !== HARD) {
    names.push(problem.spacing.rule);
  }
  return names;
}

/** Without the -0 that JSON does not know: a gain's loss, a cost's part of the objective. */
function negated(value: number): number {
  return value === 0 ? 0 : -value;
}
