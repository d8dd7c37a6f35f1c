/**
 * `routing`: who gets which contact now, and what happens to the others? A tick decision: one
 * question over all contacts that wait. Everything the platform knows of the type, in one record.
 */
import type { QuadraticProblem } from "#problem";
import { type DecisionDefinition, decisionType } from "../decision-type.ts";
import type { Policy } from "../policy.ts";
import { check } from "./check.ts";
import { draws, reserves } from "./drawn.ts";
import { routingExample } from "./example.ts";
import { explain } from "./explain.ts";
import { formulate } from "./formulate.ts";
import type { RoutingQuestion } from "./question.ts";
import { read } from "./read.ts";
import { complete } from "./request/complete.ts";
import { texts } from "./request/intents.ts";
import { parseRouting } from "./request/parse.ts";
import { checkPolicy } from "./request/policy-terms.ts";
import { rule } from "./rule.ts";
import { answerSchema, type RoutingAnswer, type RoutingRequest, requestSchema } from "./schema.ts";

/** The policy of requests that name none. */
const contactCentre = Object.freeze<Policy>({
  name: "contact-centre",
  version: 1,
  type: "routing",
  description: "A tick of a contact centre in real time; no effects of pairs.",
  defaults: {},
  bounds: {},
  contract: {
    tier: "realtime",
    deadlineMs: 240,
    deadlineMsMax: 5000,
    // A flush, the check and the reasons of some hundred contacts, on a machine that is busy.
    reserveMs: 80,
    ifUnrecorded: "refuse",
  },
  plan: {
    // One thread, exact methods first: what they prove, nobody needs to search.
    lanes: [
      [
        // Every linear tick is a flow; on ticks, the network simplex is the fastest by far.
        { solver: "min-cost-flow", workLimit: 1e11 },
        { solver: "separable", workLimit: 1e11 },
        { solver: "quadratic-branch-and-bound", workLimit: 300_000 },
        { solver: "quadratic-annealing", workLimit: 3_000_000 },
      ],
    ],
    exchange: false,
    gapMax: 0,
  },
  scoreSource: "request",
  egress: "none",
});

const definition: DecisionDefinition<
  RoutingRequest,
  RoutingQuestion,
  QuadraticProblem,
  RoutingAnswer
> = {
  id: "routing",
  version: 1,
  title: "Contact routing",
  summary:
    "Gives waiting contacts to agents, or holds them: by value, service level, patience and load.",
  requestSchema,
  answerSchema,
  itemSchema: undefined,
  personalMembers: ["contacts[].text"],
  outcomeKinds: [
    ...["answered", "abandoned", "handled", "resolved", "transferred"],
    ...["called-back", "satisfaction"],
  ],
  defaultPolicy: contactCentre,
  example: routingExample,
  parse: parseRouting,
  readOptions: ({ options = {} }) => ({
    deadlineMs: options.deadlineMs,
    policy: options.policy,
    seed: options.seed,
    items: undefined,
  }),
  checkPolicy,
  prepareItems: () => undefined,
  complete,
  formulate,
  rule,
  read,
  check,
  explain,
  reserves,
  draws,
  texts,
  shown: ({ contacts }) => contacts.map(({ id }, index) => ({ item: id, position: index + 1 })),
};

/** The decision type `routing`. */
export const routing = decisionType(definition);
