/**
 * The shop's policy: what its homepage weighs and which rules it keeps. Chosen on June 2011, the
 * month before the demonstration's own; see docs/adr/0003-example-shop.md.
 */
import type { Policy } from "#decisions";

/** Candidates per basket: the most probable items of the catalogue. */
export const CANDIDATES_MAX = 200;

/** Positions to fill. */
export const POSITIONS = 10;

/** What the homepage weighs; scores are probabilities of purchase. */
export const SHOP_WEIGHTS = Object.freeze({
  utility: 1,
  diversity: 0.1,
  freshness: 0.02,
  halfLifeHours: 720,
});

/**
 * At most three of a kind and five of a price band; something from the last six weeks, or pay for
 * it.
 */
export const SHOP_RULES = Object.freeze({
  maxPerGroup: {
    "*": 3,
    "price-0-1": 5,
    "price-1-2": 5,
    "price-2-5": 5,
    "price-5-10": 5,
    "price-10-up": 5,
  },
  minFresh: { count: 1, withinHours: 1008 },
  soft: { minFresh: 0.02 },
});

/**
 * Where the demonstration registers its catalogue; not the shop's own set, which it leaves alone.
 */
export const DEMO_ITEM_SET = "demo-shop";

/**
 * The demonstration's policy. Its table must come out the same on a slow machine: the deadline is
 * the longest a realtime policy may promise, so that a search ends with its work and not by the
 * clock, and lanes do not exchange samples, because who is ahead of whom is a matter of time too.
 */
export const DEMO_POLICY = Object.freeze<Policy>({
  name: "demo-shop",
  version: 1,
  type: "ranking",
  description: "Homepage of the example shop; scores are probabilities of purchase.",
  defaults: { weights: { ...SHOP_WEIGHTS }, rules: { ...SHOP_RULES } },
  bounds: {},
  contract: {
    tier: "realtime",
    deadlineMs: 1000,
    deadlineMsMax: 1000,
    reserveMs: 20,
    ifUnrecorded: "refuse",
  },
  plan: {
    lanes: [
      [{ solver: "branch-and-bound", workLimit: 100_000 }],
      [{ solver: "tabu", workLimit: 100_000 }],
    ],
    exchange: false,
    gapMax: 0,
  },
  scoreSource: "next-purchase@1",
  egress: "none",
});
