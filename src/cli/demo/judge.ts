/**
 * The judge: measures any ranking of a basket's candidates by the ranking type's own independent
 * check, so that the three ways of choosing answer to the same objective and the same rules.
 */
import { type ParsedRequest, type Policy, type PosedDecision, typeNamed } from "#decisions";
import { type Json, present } from "#foundation";
import { type RankingAnswer, rankingAnswer } from "./answer.ts";
import type { ShopItem } from "./shop/shop-catalogue.ts";
import type { ShopQuestion } from "./shop/shop-weeks.ts";

/** What one answer to one basket is worth. */
export interface Judgement {
  readonly itemIds: readonly string[];
  /** How many of the items were bought. */
  readonly hitCount: number;
  /** What was paid for those, in minor units. */
  readonly capturedMinor: number;
  readonly objective: number;
  /** Hard rules the answer breaks. */
  readonly broken: readonly string[];
  /** Mean similarity of all pairs shown; 0 for fewer than two. */
  readonly similarityMean: number;
}

/** One basket's question, posed. */
export interface PosedQuestion {
  /** The answer of the type's own rule (MMR), if it finds one that keeps the rules. */
  ruleAnswer(): RankingAnswer | undefined;
  judge(answer: RankingAnswer): Judgement;
}

/** Poses questions against one registered catalogue. */
export type Judge = (question: ShopQuestion, body: Json) => PosedQuestion;

/** A judge for the weeks in which `items` are registered and `policy` decides. */
export function judgeOf(items: readonly ShopItem[], policy: Policy): Judge {
  const type = present(typeNamed("ranking"), "the decision type ranking");
  const rows: readonly Json[] = items.map((item) => ({ ...item }));
  const set = { name: "", version: 1, digest: "", prepared: type.prepareItems(rows) };
  const embeddings = new Map(items.map(({ id, embedding }) => [id, embedding]));
  return (question, body) => {
    const request: ParsedRequest = type.parse(body);
    const posed = request.pose({ policy, items: set, atUtcMs: question.atMs });
    return {
      ruleAnswer: () => ruleAnswer(posed),
      judge: (answer) => judgement(posed, question, answer, embeddings),
    };
  };
}

function ruleAnswer(posed: PosedDecision): RankingAnswer | undefined {
  const sample = posed.rule();
  return sample === undefined ? undefined : rankingAnswer.parse(posed.read(sample));
}

function judgement(
  posed: PosedDecision,
  { paidMinor }: ShopQuestion,
  answer: RankingAnswer,
  embeddings: ReadonlyMap<string, readonly number[] | undefined>,
): Judgement {
  const itemIds = answer.items.map(({ id }) => id);
  const bought = itemIds.filter((id) => paidMinor.has(id));
  const { objective, broken } = posed.check(answer);
  return {
    itemIds,
    hitCount: bought.length,
    capturedMinor: bought.reduce((sum, id) => sum + (paidMinor.get(id) ?? 0), 0),
    objective,
    broken,
    similarityMean: meanSimilarity(itemIds.map((id) => embeddings.get(id) ?? [])),
  };
}

/**
 * Mean cosine over all pairs, clipped at 0 as in the objective; 0 where an item has no embedding.
 */
function meanSimilarity(vectors: readonly (readonly number[])[]): number {
  const lengths = vectors.map((vector) => Math.hypot(...vector));
  let sum = 0;
  let pairs = 0;
  for (const [a, first] of vectors.entries()) {
    for (let b = 0; b < a; b += 1) {
      const dot = first.reduce((total, x, axis) => total + x * (vectors[b][axis] ?? 0), 0);
      const scale = lengths[a] * lengths[b];
      if (scale > 0) sum += Math.max(0, dot / scale);
      pairs += 1;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}
