/**
 * Reasons for an answer: of the whole, of each chosen item, and of the items that came nearest to
 * being chosen. The words follow from the facts; the facts follow from single exchanges, so each
 * can be checked by making the exchange.
 */
import type { OrderedSelection } from "#problem";
import type { Reason } from "../decision-type.ts";
import { openExchanges, survey } from "./explain/exchanges.ts";
import { chosenFacts, leftOutFacts, wholeFacts } from "./explain/facts.ts";
import { chosenText, leftOutText, wholeText } from "./explain/words.ts";
import { formulate } from "./formulate.ts";
import type { RankingQuestion } from "./question.ts";
import type { RankingAnswer } from "./schema.ts";

/** How many items left out are explained. */
const NEAREST_MAX = 5;

/**
 * Reasons for `answer`, which keeps the hard rules; ids the question does not offer are passed
 * over.
 */
export function explain(
  question: RankingQuestion,
  problem: OrderedSelection,
  answer: RankingAnswer,
): readonly Reason[] {
  const candidates = [...question.candidates, ...question.dropped];
  const order = placesOf(answer, question.candidates).slice(0, question.positionCount);
  const whole = wholeFacts(question, problem, order, answer.shortenedBy);
  // Among what was excluded may be what one most misses, so near misses are looked for there too.
  const wide = { ...question, candidates, dropped: [] };
  const exchanges = openExchanges(question.dropped.length > 0 ? formulate(wide) : problem, order);
  const { allowedAt, nearest } = survey(exchanges, NEAREST_MAX);
  const chosen = order.map((item, index): Reason => {
    const facts = chosenFacts(wide, exchanges, index, allowedAt[index]);
    return reasonOf(candidates[item].id, "chosen", chosenText(facts), { ...facts });
  });
  const leftOut = nearest.map((exchange): Reason => {
    const facts = leftOutFacts(wide, exchanges, exchange);
    return reasonOf(candidates[exchange.incoming].id, "left-out", leftOutText(facts), { ...facts });
  });
  const ofAll = reasonOf("answer", "answer", wholeText(whole), { ...whole });
  return [ofAll, ...chosen, ...leftOut];
}

/** Members stand as canonical JSON has them, in facts too: to seal reasons need not copy them. */
function reasonOf(
  subject: string,
  kind: Reason["kind"],
  text: string,
  facts: Reason["facts"],
): Reason {
  return { facts, kind, subject, text };
}

/** The candidates an answer shows, in its order, each once. */
function placesOf(answer: RankingAnswer, candidates: RankingQuestion["candidates"]): number[] {
  const indexOf = new Map<string, number | undefined>();
  for (const { id } of answer.items) indexOf.set(id, undefined);
  for (const [index, { id }] of candidates.entries()) if (indexOf.has(id)) indexOf.set(id, index);
  return [...indexOf.values()].filter((index) => index !== undefined);
}
