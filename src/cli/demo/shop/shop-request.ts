/**
 * A basket of the example shop as a ranking request.
 */
import type { Json } from "#foundation";
import { DEMO_ITEM_SET, DEMO_POLICY, POSITIONS } from "./shop-policy.ts";
import type { ShopQuestion } from "./shop-weeks.ts";

/** What `POST /v1/decisions/ranking` is asked about one basket. */
export function shopRequest({ candidates, customer }: ShopQuestion, seed: number): Json {
  return {
    candidates: candidates.map((candidate) => ({ ...candidate })),
    k: POSITIONS,
    items: DEMO_ITEM_SET,
    subject: { id: `customer-${customer}` },
    options: { policy: `${DEMO_POLICY.name}@${DEMO_POLICY.version}`, seed },
  };
}
