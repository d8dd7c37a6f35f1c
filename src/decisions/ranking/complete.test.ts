/**
 * Completing a request: what comes from where, and what policy and item set refuse.
 */
import { describe, expect, test } from "vitest";
import { Fault, type Json } from "#foundation";
import { rankingRequest, registered } from "../../../test/generators/ranking-requests.ts";
import type { Setting } from "../decision-type.ts";
import type { Policy } from "../policy.ts";
import { complete } from "./complete.ts";
import { ranking } from "./definition.ts";
import { formulate } from "./formulate.ts";
import { prepareItems } from "./request/items.ts";
import { checkPolicy } from "./request/policy-terms.ts";
import type { RankingRequest } from "./schema.ts";

const HOUR_MS = 3_600_000;
const AT = Date.parse("2011-07-01T12:00:00Z");

function policy(terms: Partial<Policy>): Policy {
  return { ...ranking.defaultPolicy, ...terms };
}

function setting(terms: Partial<Policy> = {}, items?: readonly Json[]): Setting {
  const prepared = items && prepareItems(items);
  return {
    policy: policy(terms),
    items: prepared && { name: "shop", version: 1, digest: "", prepared },
    atUtcMs: AT,
  };
}

function request(more: Partial<RankingRequest> = {}): RankingRequest {
  return { candidates: [{ id: "a", score: 1 }], k: 1, ...more };
}

/** The fault `action` ends in, as code and flaws. */
function faultOf(action: () => unknown) {
  try {
    action();
  } catch (fault) {
    if (fault instanceof Fault) return { code: fault.row.code, flaws: fault.flaws };
    throw fault;
  }
  return undefined;
}

describe("weights", () => {
  test.each<{
    sent: RankingRequest["weights"];
    given: Record<string, number>;
    utility: number;
    diversity: number;
    remark: string;
  }>([
    { sent: undefined, given: {}, utility: 1, diversity: 0, remark: "neither says: utility alone" },
    { sent: undefined, given: { diversity: 0.4 }, utility: 1, diversity: 0.4, remark: "policy" },
    { sent: { diversity: 0 }, given: { diversity: 0.4 }, utility: 1, diversity: 0, remark: "both" },
    { sent: { utility: 0 }, given: { diversity: 0.4 }, utility: 0, diversity: 0.4, remark: "each" },
  ])("$remark", ({ sent, given, utility, diversity }) => {
    const asked = request(sent && { weights: sent });
    const { weights } = complete(asked, setting({ defaults: { weights: given } }));
    expect(weights).toMatchObject({ utility, diversity });
  });
});

describe("rules", () => {
  const soft = { spacing: true, soft: { spacing: 0.5 } };
  test("a rule of the request comes with its own softness, not the policy's", () => {
    const { rules } = complete(
      request({ rules: { spacing: true } }),
      setting({ defaults: { rules: soft } }),
    );
    expect(rules.spacing).toEqual({ value: true, penalty: undefined });
  });

  test("a rule only the policy gives comes with the policy's softness", () => {
    const { rules } = complete(
      request({ rules: { maxPerGroup: { "*": 1 } } }),
      setting({ defaults: { rules: soft } }),
    );
    expect(rules.spacing).toEqual({ value: true, penalty: 0.5 });
    expect(rules.maxPerGroup).toEqual({ value: new Map([["*", 1]]), penalty: undefined });
  });

  test("a request switches a rule of the policy off", () => {
    const off = request({ rules: { spacing: false } });
    expect(complete(off, setting({ defaults: { rules: soft } })).rules.spacing).toBeUndefined();
  });

  test("exclusions add up, and the policy's may name what is not offered", () => {
    const candidates = ["a", "b", "c"].map((id) => ({ id, score: 1 }));
    const { candidates: left, dropped } = complete(
      request({ candidates, rules: { excluded: ["a"] } }),
      setting({ defaults: { rules: { excluded: ["b", "elsewhere"] } } }),
    );
    expect(left.map(({ id }) => id)).toEqual(["c"]);
    expect(dropped.map(({ id }) => id)).toEqual(["a", "b"]);
  });

  test("what is excluded and pinned stays, for the clash to be proved", () => {
    const { candidates, dropped } = complete(
      request({ rules: { excluded: ["a"], pinned: [{ id: "a", position: 1 }] } }),
      setting(),
    );
    expect(candidates).toHaveLength(1);
    expect(dropped).toHaveLength(0);
  });
});

describe("registered items", () => {
  const items = [
    { id: "a", group: ["g"], price: 100, embedding: [3, 4], firstSeenAt: "2011-07-01T10:00:00Z" },
    { id: "b", ageHours: 7, title: "B" },
    { id: "late", firstSeenAt: "2011-07-02T00:00:00+02:00" },
  ];

  test("fill what a candidate leaves out; ages are counted to the decision", () => {
    const candidates = [
      { id: "a", score: 1 },
      { id: "b", score: 2, ageHours: 3, group: ["own"] },
      { id: "late", score: 3 },
    ];
    const asked = request({ candidates, items: "shop" });
    const question = complete(asked, setting({}, items));
    const [a, b, late] = question.candidates;
    expect(a).toMatchObject({ score: 1, groups: ["g"], ageHours: 2 });
    expect(question.itemSet?.unitVectors.subarray(0, 2)).toEqual(Float64Array.of(3 / 5, 4 / 5));
    const rows = question.candidates.map(({ groupRow, vectorRow }) => [groupRow, vectorRow]);
    expect(rows).toEqual([
      [0, 0],
      [-1, -1],
      [2, -1],
    ]);
    expect(b).toMatchObject({ groups: ["own"], ageHours: 3, embedding: undefined });
    expect(late.ageHours).toBe(0);
  });

  test("give the problem that the same content in the body gives", () => {
    const groups = [["y", "x"], ["x"], [], ["z", "y"]];
    const own = [["x"], ["new", "y"], [], ["y"]];
    const set = groups.map((group, index) => {
      return { id: `${index}`, group, embedding: [1, index] };
    });
    const sent = (added: (index: number) => object) =>
      set.map(({ id }, index) => ({ id, score: index, ...added(index) }));
    const rules = { maxPerGroup: { "*": 0 }, spacing: true };
    const weights = { diversity: 1 };
    const few = (index: number) =>
      index % 2 === 0 ? {} : { group: own[index], embedding: [5, 6] };
    const named = request({ candidates: sent(few), items: "shop", rules, weights });
    const whole = request({
      candidates: sent((index) => ({ ...set[index], ...few(index) })),
      rules,
      weights,
    });
    expect(formulate(complete(named, setting({}, set)))).toEqual(
      formulate(complete(whole, setting())),
    );
  });

  test("an age grows with the clock and with nothing else", () => {
    const asked = request({ items: "shop" });
    const later = { ...setting({}, items), atUtcMs: AT + 5 * HOUR_MS };
    expect(complete(asked, later).candidates[0].ageHours).toBe(7);
  });

  test("give the same problem as the same candidates sent whole", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const whole = rankingRequest(seed);
      const split = registered(whole);
      const joined = complete(split.request, setting({}, split.items));
      expect(formulate(joined)).toEqual(formulate(complete(whole, setting())));
    }
  });

  test("unknown ids and unequal embeddings are flaws, all of them", () => {
    const candidates = [
      { id: "a", score: 1 },
      { id: "nobody", score: 1 },
      { id: "b", score: 1, embedding: [1, 2, 3] },
    ];
    const fault = faultOf(() =>
      complete(request({ candidates, items: "shop" }), setting({}, items)),
    );
    expect(fault?.code).toBe("outside-policy");
    expect(fault?.flaws.map(({ pointer }) => pointer)).toEqual([
      "/candidates/1/id",
      "/candidates/2/embedding",
    ]);
  });

  test("a set that is not there is missing", () => {
    const fault = faultOf(() => complete(request({ items: "shop" }), setting()));
    expect(fault?.code).toBe("item-set-missing");
  });

  test.each([
    { item: { id: "" }, place: "/1/id", remark: "an empty id" },
    { item: { id: "a" }, place: "/1/id", remark: "an id twice" },
    { item: { id: "c", price: -1 }, place: "/1/price", remark: "a negative price" },
    { item: { id: "c", colour: 1 }, place: "/1/colour", remark: "an unknown member" },
    { item: { id: "c", embedding: [1] }, place: "/1/embedding", remark: "another dimension" },
    { item: { id: "c", group: ["*"] }, place: "/1/group/0", remark: "the group of any group" },
    {
      item: { id: "c", ageHours: 1, firstSeenAt: "2011-07-01T10:00:00Z" },
      place: "/1/firstSeenAt",
      remark: "two ages",
    },
    { item: { id: "c", firstSeenAt: "1 July" }, place: "/1/firstSeenAt", remark: "no instant" },
  ])("refused: $remark", ({ item, place }) => {
    const fault = faultOf(() => prepareItems([items[0], item]));
    expect(fault?.code).toBe("items-invalid");
    expect(fault?.flaws.map(({ pointer }) => pointer)).toEqual([place]);
  });

  test("an empty set is a set", () => {
    expect(prepareItems([]).byId.size).toBe(0);
  });
});

describe("bounds of a policy", () => {
  const defaults = { weights: { diversity: 0.2 } };
  const bounds = {
    k: { max: 20 },
    weights: { diversity: { min: 0.1, max: 0.5 } },
    rules: { mayChange: ["excluded"] },
  };
  test.each([
    { sent: {}, places: [], remark: "what the policy decides" },
    { sent: { k: 20, weights: { diversity: 0.5 } }, places: [], remark: "the very bound" },
    { sent: { rules: { excluded: ["a"] } }, places: [], remark: "a rule that may change" },
    { sent: { k: 21 }, places: ["/k"], remark: "k above" },
    { sent: { weights: { diversity: 0 } }, places: ["/weights/diversity"], remark: "below" },
    {
      sent: { k: 99, rules: { spacing: false, soft: {} } },
      places: ["/k", "/rules/spacing"],
      remark: "everything at once",
    },
  ])("$places: $remark", ({ sent, places }) => {
    const fault = faultOf(() => complete(request(sent), setting({ defaults, bounds })));
    expect(fault?.flaws.map(({ pointer }) => pointer) ?? []).toEqual(places);
    for (const { message } of fault?.flaws ?? []) {
      expect(message).toMatch(/bounds\..*homepage@1/);
    }
  });

  test.each<{ terms: Partial<Policy>; places: string[]; remark: string }>([
    { terms: { defaults: { weights: { diversity: 0.1 } }, bounds }, places: [], remark: "sound" },
    { terms: { defaults: { k: 3 } }, places: ["/defaults/k"], remark: "k belongs to requests" },
    {
      terms: { defaults: { rules: { pinned: [] } } },
      places: ["/defaults/rules/pinned"],
      remark: "pins belong to requests",
    },
    {
      terms: { defaults: { weights: { diversity: 0.9 } }, bounds },
      places: ["/defaults/weights/diversity"],
      remark: "a default outside the bounds beside it",
    },
    {
      terms: { defaults: {}, bounds },
      places: ["/defaults/weights/diversity"],
      remark: "no default where the plain one is out of bounds",
    },
    {
      terms: { bounds: { k: { min: 3, max: 2 }, weights: { x: {} } } },
      places: ["/bounds/k", "/bounds/weights/x"],
      remark: "bounds that cannot hold",
    },
    {
      terms: { defaults: { rules: { soft: { spacing: 1 } } } },
      places: ["/defaults/rules/soft/spacing"],
      remark: "softness of no rule",
    },
    {
      terms: { safe: { items: [] } },
      places: ["/safe/requested", "/safe/shortenedBy"],
      remark: "",
    },
  ])("of a policy: $places $remark", ({ terms, places }) => {
    const fault = faultOf(() => checkPolicy(policy(terms)));
    expect(fault?.code).toBe(places.length === 0 ? undefined : "policy-terms-invalid");
    expect(fault?.flaws.map(({ pointer }) => pointer) ?? []).toEqual(places);
  });
});
