/**
 * What is accepted and what is refused, with every place named; the quick look against the schema.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Fault } from "#foundation";
import { rankingRequest } from "../../../../test/generators/ranking-requests.ts";
import { rankingExample } from "../example.ts";
import { limits, requestSchema } from "../schema.ts";
import { parseRanking } from "./parse.ts";
import { surelyShaped } from "./shape.ts";

const a = { id: "a", score: 0.1 };
const b = { id: "b", score: 0.2, embedding: [1, 2] };

/** Places of the flaws of `body`, sorted; empty when it is accepted. */
function flawedPlaces(body: unknown): string[] {
  try {
    parseRanking(body);
    return [];
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    expect(fault.row.code).toBe("request-invalid");
    return fault.flaws.map((flaw) => flaw.pointer).sort();
  }
}

function withRules(rules: unknown): unknown {
  return { candidates: [a, b], k: 1, rules };
}

describe("accepted", () => {
  test.each([
    { body: { candidates: [], k: 1 }, remark: "no candidates" },
    { body: { candidates: [a], k: limits.positions }, remark: "more places than candidates" },
    { body: rankingExample, remark: "the example" },
    { body: withRules({ excluded: ["a", "a"] }), remark: "the same exclusion twice" },
    { body: withRules({ maxPerGroup: { constructor: 1 } }), remark: "a group named constructor" },
    { body: withRules({ spacing: false }), remark: "a rule switched off" },
    { body: withRules({ pinned: [{ id: "a", position: 9 }] }), remark: "a pin beyond k" },
    {
      body: withRules({
        pinned: [
          { id: "a", position: 1 },
          { id: "b", position: 1 },
        ],
        excluded: ["a"],
      }),
      remark: "pins that clash: for the solver to refute",
    },
    { body: { candidates: [a], k: 1, context: { a: [{ b: null }] } }, remark: "a nested context" },
    {
      body: { candidates: [a, b], k: 1, similarity: twice({ a: "a", b: "b", value: 0.5 }) },
      remark: "the same pair twice with the same value",
    },
  ])("$remark", ({ body }) => {
    expect(parseRanking(body)).toEqual(body);
  });
});

describe("refused, at", () => {
  test.each([
    { body: 7, places: [""], remark: "not an object" },
    { body: {}, places: ["/candidates", "/k"], remark: "nothing given" },
    { body: { candidates: [a], k: -1 }, places: ["/k"], remark: "negative k" },
    { body: { candidates: [a], k: 101 }, places: ["/k"], remark: "k over its limit" },
    { body: { candidates: [a], k: 1.5 }, places: ["/k"], remark: "half a place" },
    {
      body: { candidates: [{ id: "a", score: Number.NaN }], k: 1 },
      places: ["/candidates/0/score"],
      remark: "NaN",
    },
    {
      body: { candidates: [{ id: "a", score: 1e300 }], k: 1 },
      places: ["/candidates/0/score"],
      remark: "a score that would overflow",
    },
    {
      body: { candidates: [a, { ...b, id: "a" }], k: 1 },
      places: ["/candidates/1/id"],
      remark: "an id twice",
    },
    {
      body: { candidates: [{ ...a, embedding: [1] }, b], k: 1 },
      places: ["/candidates/1/embedding"],
      remark: "embeddings of unequal length",
    },
    {
      body: { candidates: [{ ...a, group: ["*", "g", "g"], ageHours: -1, price: 1.5 }], k: 1 },
      places: [
        "/candidates/0/ageHours",
        "/candidates/0/group/0",
        "/candidates/0/group/2",
        "/candidates/0/price",
      ],
      remark: "several fields of one candidate",
    },
    {
      body: { candidates: [{ id: "\ud800", score: 1 }], k: 1 },
      places: ["/candidates/0/id"],
      remark: "a lone surrogate",
    },
    {
      body: { candidates: [{ id: "x".repeat(201), score: 1 }], k: 1 },
      places: ["/candidates/0/id"],
      remark: "an id too long",
    },
    { body: { candidates: [a], k: 1, K: 2 }, places: ["/K"], remark: "an unknown member" },
    {
      body: JSON.parse('{"candidates":[],"k":1,"rules":{"maxPerGroup":{"__proto__":1}}}'),
      places: ["/rules/maxPerGroup/__proto__"],
      remark: "a group objects cannot hold",
    },
    {
      body: {
        candidates: [a, b],
        k: 1,
        similarity: [
          { a: "a", b: "b", value: 0.5 },
          { a: "b", b: "a", value: 0.4 },
          { a: "a", b: "a", value: 0.4 },
          { a: "a", b: "q", value: 1.4 },
        ],
      },
      places: ["/similarity/1/value", "/similarity/2/b", "/similarity/3/b", "/similarity/3/value"],
      remark: "pairs that disagree, with itself, unknown, over 1",
    },
    {
      body: withRules({
        pinned: [
          { id: "q", position: 0 },
          { id: "a", position: 1 },
          { id: "a", position: 1 },
        ],
        excluded: ["q"],
        minFresh: { count: 1 },
        soft: { spacing: 1, excluded: 1, pinned: -1 },
      }),
      places: [
        "/rules/excluded/0",
        "/rules/minFresh/withinHours",
        "/rules/pinned/0/id",
        "/rules/pinned/0/position",
        "/rules/pinned/2",
        "/rules/soft/excluded",
        "/rules/soft/pinned",
        "/rules/soft/spacing",
      ],
      remark: "every rule at once",
    },
    {
      body: { candidates: [a], k: 1, weights: { diversity: -1, halfLifeHours: 0, x: 1 } },
      places: ["/weights/diversity", "/weights/halfLifeHours", "/weights/x"],
      remark: "weights",
    },
    {
      body: { candidates: [a], k: 1, options: { policy: "homepage", deadlineMs: 0, seed: 0.5 } },
      places: ["/options/deadlineMs", "/options/policy", "/options/seed"],
      remark: "options",
    },
    {
      body: { candidates: [a], k: 1, context: nested(40), subject: { id: "" }, items: "a b" },
      places: [`/context${"/in".repeat(16)}`, "/items", "/subject/id"],
      remark: "a context too deep, an empty pseudonym, a set name with a space",
    },
    {
      body: { candidates: [a], k: 1, context: { at: Number.NaN, who: "\udc00", f: () => 1 } },
      places: ["/context/at", "/context/f", "/context/who"],
      remark: "a context with what JSON does not have",
    },
  ])("$places: $remark", ({ body, places }) => {
    expect(flawedPlaces(body)).toEqual(places);
  });

  test("a context of too many values", () => {
    const context = { seen: Array.from({ length: limits.contextValues }, () => 0) };
    expect(flawedPlaces({ candidates: [a], k: 1, context })).toEqual(["/context"]);
  });

  test("more than is counted, and says so", () => {
    const similarity = Array.from({ length: 30_000 }, () => ({ a: "", b: "", value: 2 }));
    expect(() => parseRanking({ candidates: [a], k: 1, similarity })).toThrow("10000 or more");
  });

  test("lists over their limits, without reading to their end", () => {
    const candidates = Array.from({ length: 50_000 }, (_, id) => ({ id: `${id}`, score: 1 }));
    expect(flawedPlaces({ candidates, k: 1 })).toEqual(["/candidates"]);
    const many = Array.from({ length: 50_000 }, () => "a");
    expect(flawedPlaces(withRules({ excluded: many }))).toEqual(["/rules/excluded"]);
    expect(flawedPlaces({ candidates: [{ ...a, embedding: many.map(Number) }], k: 1 })).toEqual([
      "/candidates/0/embedding/0",
    ]);
  });
});

describe("the quick look", () => {
  const damaged = fc
    .record({
      seed: fc.nat(),
      path: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
      value: fc.oneof(
        fc.constantFrom<unknown>(undefined, null, true, -1, 0, 1.5, 1e13, Number.NaN, "", "*"),
        fc.constantFrom<unknown>("\ud800", "x".repeat(300), [], {}, [1, "a"], { id: "a" }),
        fc.jsonValue(),
      ),
    })
    .map(({ seed, path, value }) => damage(rankingRequest(seed), path, value));

  test("never lets through what the schema refuses", () => {
    let quick = 0;
    fc.assert(
      fc.property(damaged, (body) => {
        if (!surelyShaped(body)) return;
        quick += 1;
        expect(requestSchema.safeParse(body).error).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
    expect(quick).toBeGreaterThan(100);
  });

  test("lets every ordinary request through", () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const body = rankingRequest(seed);
      expect(surelyShaped(body)).toBe(true);
      expect(parseRanking(body)).toBe(body);
    }
    expect(surelyShaped(rankingExample)).toBe(true);
  });

  test("parsing any JSON ends in a request or in a fault with flaws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), damaged), (body) => {
        const accepted = flawedPlaces(body).length === 0;
        if (accepted) expect(requestSchema.safeParse(body).success).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

function twice<Value>(value: Value): Value[] {
  return [value, value];
}

function nested(depth: number): unknown {
  return depth === 0 ? {} : { in: nested(depth - 1) };
}

/** A copy of `body` with the member found by walking `path` replaced by `value`, or one added. */
function damage(body: unknown, path: readonly number[], value: unknown): unknown {
  if (typeof body !== "object" || body === null || path.length === 0) return value;
  const names = [...Object.keys(body), "extra"];
  const name = names[path[0] % names.length];
  const [, ...rest] = path;
  if (Array.isArray(body)) {
    return body.map((entry, index) =>
      String(index) === name ? damage(entry, rest, value) : entry,
    );
  }
  return { ...body, [name]: damage(Reflect.get(body, name), rest, value) };
}
