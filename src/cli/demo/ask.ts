/**
 * One basket of the demonstration: asked of the platform, then measured beside the two other ways
 * of choosing.
 */
import type { Clock } from "#foundation";
import { topByScore } from "./answer.ts";
import type { Judge } from "./judge.ts";
import type { PlatformClient } from "./platform-client.ts";
import type { AnsweredBasket } from "./report/demo-report.ts";
import { POSITIONS } from "./shop/shop-policy.ts";
import { shopRequest } from "./shop/shop-request.ts";
import type { ShopQuestion } from "./shop/shop-weeks.ts";

/** An answered basket, or why there is nothing to compare. */
export type Asked =
  | { readonly kind: "compared"; readonly basket: AnsweredBasket }
  | { readonly kind: "left-out"; readonly code: string };

/** Asks the platform about one basket and measures all three answers. */
export async function ask(
  question: ShopQuestion,
  seed: number,
  client: PlatformClient,
  judge: Judge,
  clock: Clock,
): Promise<Asked> {
  const { candidates, customer, paidMinor } = question;
  const body = shopRequest(question, seed);
  const sentMs = clock.monotonicMs();
  const decided = await client.rank(body);
  const roundTripMs = clock.monotonicMs() - sentMs;
  if (decided.kind === "refusal") return { kind: "left-out", code: decided.code };

  const posed = judge(question, body);
  const ruleAnswer = posed.ruleAnswer();
  if (ruleAnswer === undefined) return { kind: "left-out", code: "rule-found-nothing" };
  const { answer, quality, timing } = decided.reply;
  const tandem = posed.judge(answer);
  const tolerance = 1e-9 * Math.max(1, Math.abs(quality.objective));
  const basket = {
    customer,
    paidMinor: [...paidMinor.values()].reduce((sum, paid) => sum + paid, 0),
    bound: quality.bound,
    judgements: {
      topByScore: posed.judge(topByScore(candidates, POSITIONS)),
      mmr: posed.judge(ruleAnswer),
      tandem,
    },
    quality,
    serverMs: timing.totalMs,
    roundTripMs,
    confirmed:
      tandem.broken.length === 0 && Math.abs(tandem.objective - quality.objective) <= tolerance,
    hitsExpected: candidates.slice(0, POSITIONS).reduce((sum, { score }) => sum + score, 0),
  };
  return { kind: "compared", basket };
}
