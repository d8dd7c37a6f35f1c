/**
 * The example of `ranking`: a request that works as printed, with whole candidates and one of each
 * kind of rule.
 */
import type { Json } from "#foundation";

/** Five things for a garden; three places. */
export const rankingExample: Json = Object.freeze({
  candidates: [
    {
      id: "lantern",
      score: 0.042,
      group: ["lighting"],
      ageHours: 400,
      price: 1295,
      embedding: [0.9, 0.1],
    },
    {
      id: "tealight",
      score: 0.04,
      group: ["lighting"],
      ageHours: 12,
      price: 250,
      embedding: [0.8, 0.2],
    },
    {
      id: "planter",
      score: 0.031,
      group: ["garden"],
      ageHours: 30,
      price: 1895,
      embedding: [0.1, 0.9],
    },
    {
      id: "trowel",
      score: 0.024,
      group: ["garden", "tools"],
      ageHours: 900,
      price: 695,
      embedding: [0.2, 0.7],
    },
    {
      id: "bunting",
      score: 0.022,
      group: ["party"],
      ageHours: 5,
      price: 495,
      embedding: [0.5, 0.5],
    },
  ],
  k: 3,
  similarity: [{ a: "planter", b: "bunting", value: 0.2 }],
  rules: {
    maxPerGroup: { "*": 2, lighting: 1 },
    minFresh: { count: 1, withinHours: 48 },
    spacing: true,
    soft: { spacing: 0.02 },
  },
  weights: { utility: 1, diversity: 0.05, freshness: 0.005, halfLifeHours: 72 },
  subject: { id: "visitor-2011" },
  context: { page: "home" },
  options: { deadlineMs: 50, seed: 7 },
});
