/**
 * The words of explanations, from facts made for them.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { rounded, roundedUp } from "./rounding.ts";
import { chosenText, leftOutText, wholeText } from "./words.ts";

test("rounding up never promises too little, nor more than a unit of the fourth digit", () => {
  const numbers = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(numbers, (value) => {
      const up = Number(roundedUp(value));
      expect(up).toBeGreaterThanOrEqual(value);
      expect(up - value).toBeLessThanOrEqual(Math.abs(value) * 1.0001e-3 + Number.MIN_VALUE * 1e4);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  { value: 0, text: "0", up: "0" },
  { value: 0.123412, text: "0.1234", up: "0.1235" },
  { value: -0.123412, text: "-0.1234", up: "-0.1234" },
  { value: 9.99951, text: "10", up: "10" },
  { value: 9.99949, text: "9.999", up: "10" },
])("$value reads $text, rounded up $up", ({ value, text, up }) => {
  expect(rounded(value)).toBe(text);
  expect(roundedUp(value)).toBe(up);
});

const chosen = {
  position: 1,
  score: 0.5,
  utility: 0.25,
  freshness: 0,
  similarity: 0,
  heldBy: [],
  paying: [],
  alternative: { id: "b", loss: 0.01 },
};

test.each([
  {
    facts: chosen,
    says: ["Position 1 for utility 0.25.", 'The best allowed replacement, "b", would lose 0.01.'],
  },
  {
    facts: { ...chosen, freshness: 0.1, similarity: -0.2, heldBy: ["minFresh"], alternative: null },
    says: [
      "Position 1 for utility 0.25, freshness 0.1 and similarity to the others -0.2.",
      "Held by minFresh.",
      "No other candidate may take this place alone.",
    ],
  },
  {
    facts: { ...chosen, paying: ["spacing"], alternative: { id: "b", loss: -0.5 } },
    says: [
      "Position 1 for utility 0.25.",
      "Part of what is paid for spacing.",
      'The best allowed replacement, "b", would gain 0.5.',
    ],
  },
])("chosen: $says", ({ facts, says }) => {
  expect(chosenText(facts)).toBe(says.join(" "));
});

const leftOut = {
  score: 0.4,
  insteadOf: "a",
  position: 2,
  loss: 0.03,
  blockedBy: [],
  allowed: { insteadOf: "a", position: 2, loss: 0.03 },
  scoreEnough: 0.42001,
};

test.each([
  {
    facts: leftOut,
    says: [
      'Would lose 0.03 in place of "a" at position 2.',
      "A score above 0.4201 (now 0.4) would make it worth a place.",
    ],
  },
  {
    facts: { ...leftOut, loss: 0, scoreEnough: 0.4 },
    says: ['Would change nothing in place of "a" at position 2.'],
  },
  {
    facts: { ...leftOut, blockedBy: ["excluded"], allowed: null, scoreEnough: null },
    says: [
      'Kept by excluded from going in place of "a" at position 2, where it would lose 0.03.',
      "No single exchange may bring it in, whatever its score.",
    ],
  },
  {
    facts: {
      ...leftOut,
      loss: -3,
      blockedBy: ["spacing"],
      allowed: { insteadOf: "c", position: 3, loss: 0.5 },
    },
    says: [
      'Kept by spacing from going in place of "a" at position 2, where it would gain 3.',
      'At best it may go in place of "c" at position 3, and would lose 0.5.',
      "A score above 0.4201 (now 0.4) would make it worth a place.",
    ],
  },
])("left out: $says", ({ facts, says }) => {
  expect(leftOutText(facts)).toBe(says.join(" "));
});

const whole = {
  objective: 0.5,
  chosen: 2,
  requested: 2,
  candidates: 3,
  excluded: 0,
  shortenedBy: [],
  paid: [],
};
const many = Array.from({ length: 8 }, (_, index) => `maxPerGroup:${index}`);

test.each([
  { facts: whole, says: ["2 of 2 positions filled from 3 candidates; objective 0.5."] },
  {
    facts: { ...whole, chosen: 1, candidates: 1, excluded: 2, shortenedBy: ["candidates"] },
    says: [
      "1 of 2 positions filled from 1 candidate (2 more excluded); objective 0.5.",
      "Kept short by candidates.",
    ],
  },
  {
    facts: { ...whole, shortenedBy: many, paid: [{ rule: "spacing", count: 2, cost: 0.04 }] },
    says: [
      `2 of 2 positions filled from 3 candidates; objective 0.5.`,
      `Kept short by ${many.slice(0, 6).join(", ")} and 2 more.`,
      `Pays 0.04 for breaking spacing 2 times.`,
    ],
  },
])("whole: $says", ({ facts, says }) => {
  expect(wholeText(facts)).toBe(says.join(" "));
});
