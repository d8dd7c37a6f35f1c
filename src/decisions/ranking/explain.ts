/**
 * Reasons for an answer.
 */
import type { Problem } from "#problem";
import type { Reason } from "../decision-type.ts";
import type { RankingQuestion } from "./question.ts";
import type { RankingAnswer } from "./schema.ts";

/** The reasons for `answer`. */
export function explain(
  _question: RankingQuestion,
  _problem: Problem,
  _answer: RankingAnswer,
): readonly Reason[] {
  return [];
}
