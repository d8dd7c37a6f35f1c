/**
 * From a sample back to an answer.
 */
import type { Sample } from "#problem";
import type { RankingQuestion } from "./question.ts";
import type { RankingAnswer } from "./schema.ts";
import { shortenedBy } from "./shortened-by.ts";

/** The answer that `sample` means: item indices in order of position. */
export function read(question: RankingQuestion, sample: Sample): RankingAnswer {
  const chosen = Array.from(sample.values, (index) => question.candidates[index]);
  return {
    items: chosen.map(({ id }, index) => ({ id, position: index + 1 })),
    requested: question.positionCount,
    shortenedBy: shortenedBy(question, chosen),
  };
}
