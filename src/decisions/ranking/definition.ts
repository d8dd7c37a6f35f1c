/**
 * `ranking`: which k of these items, in which order? Everything the platform knows of the type, in
 * one record.
 */
import type { OrderedSelection } from "#problem";
import { type DecisionDefinition, decisionType } from "../decision-type.ts";
import type { Policy } from "../policy.ts";
import { check } from "./check.ts";
import { complete } from "./complete.ts";
import { rankingExample } from "./example.ts";
import { explain } from "./explain.ts";
import { formulate } from "./formulate.ts";
import type { RankingQuestion } from "./question.ts";
import { read } from "./read.ts";
import { prepareItems } from "./request/items.ts";
import { parseRanking } from "./request/parse.ts";
import { checkPolicy } from "./request/policy-terms.ts";
import { rule } from "./rule.ts";
import {
  answerSchema,
  itemSchema,
  PERSONAL_MEMBERS,
  type RankingAnswer,
  type RankingRequest,
  requestSchema,
} from "./schema.ts";

/**
 * The policy of requests that name none: utility alone, every choice open, an answer within 50 ms.
 */
const homepage = Object.freeze<Policy>({
  name: "homepage",
  version: 1,
  type: "ranking",
  description:
    "Homepage ranking in real time. Utility alone weighs until a request says otherwise.",
  defaults: { weights: { utility: 1, diversity: 0, freshness: 0, halfLifeHours: 72 } },
  bounds: {},
  contract: {
    tier: "realtime",
    deadlineMs: 100,
    deadlineMsMax: 1000,
    // A flush, the checks and the reasons, on a disk and a machine that are busy.
    reserveMs: 40,
    ifUnrecorded: "refuse",
  },
  plan: {
    // One thread proves: optimality, a bound, or which rules clash. The other searches.
    lanes: [
      [{ solver: "branch-and-bound", workLimit: 100_000 }],
      [{ solver: "tabu", workLimit: 100_000 }],
    ],
    exchange: true,
    gapMax: 0,
  },
  scoreSource: "request",
  egress: "none",
});

const definition: DecisionDefinition<
  RankingRequest,
  RankingQuestion,
  OrderedSelection,
  RankingAnswer
> = {
  id: "ranking",
  version: 1,
  title: "Ranking",
  summary:
    "Selects and orders k of n candidates for the greatest utility: fresh, diverse, by the rules.",
  requestSchema,
  answerSchema,
  itemSchema,
  personalMembers: PERSONAL_MEMBERS,
  outcomeKinds: ["impression", "click", "add-to-basket", "order", "return"],
  defaultPolicy: homepage,
  example: rankingExample,
  parse: parseRanking,
  readOptions: ({ options = {}, items }) => ({
    deadlineMs: options.deadlineMs,
    policy: options.policy,
    seed: options.seed,
    items,
  }),
  checkPolicy,
  prepareItems,
  complete,
  formulate,
  rule,
  read,
  check,
  explain,
  shown: ({ items }) => items.map(({ id, position }) => ({ item: id, position })),
};

/** The decision type `ranking`. */
export const ranking = decisionType(definition);
