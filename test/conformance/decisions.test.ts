/**
 * The conformance suite of decision types: every type of the catalogue goes through it, and brings
 * the few inputs the suite cannot make up.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { catalogue, type DecisionType, policySchema, referenceOf, typeNamed } from "#decisions";
import { canonicalJson, Fault, type Json, present, workBudget } from "#foundation";
import { problemDigest, type Sample, type SolveResult, verify } from "#problem";
import { solverNamed } from "#solvers";
import { rankingRequest, registered } from "../generators/ranking-requests.ts";
import { routingRequest } from "../generators/routing-requests.ts";

/** What a type brings along. */
interface Inputs {
  /** A request with nothing to choose from. */
  readonly empty: Json;
  /** A request with more than may be sent. */
  readonly overLong: Json;
  /**
   * A request whose rules cannot hold together, and the names of those that clash; absent where
   * every request has an answer, and then the rule has to find one.
   */
  readonly contradiction?: { readonly request: Json; readonly rules: readonly string[] };
  /** An ordinary request of any seed; may contradict itself. */
  ordinary(seed: number): Json;
  /**
   * The same as `ordinary`, with the items apart from the request; absent if the type takes none.
   */
  split?(seed: number): { readonly items: readonly Json[]; readonly request: Json };
}

const inputsOf: Readonly<Record<string, Inputs>> = {
  ranking: {
    empty: { candidates: [], k: 3 },
    overLong: {
      candidates: Array.from({ length: 2001 }, (_, index) => ({ id: `${index}`, score: 1 })),
      k: 3,
    },
    contradiction: {
      request: {
        candidates: [
          { id: "a", score: 1, group: ["g"] },
          { id: "b", score: 1, group: ["g"] },
        ],
        k: 2,
        rules: {
          maxPerGroup: { "*": 1 },
          pinned: [{ id: "a", position: 1 }],
          minPerGroup: { g: 2 },
        },
      },
      rules: ["maxPerGroup:g", "minPerGroup:g"],
    },
    ordinary: (seed) => asJson(rankingRequest(seed)),
    split: (seed) => {
      const { items, request } = registered(rankingRequest(seed));
      return { items: items.map(asJson), request: asJson(request) };
    },
  },
  routing: {
    empty: { contacts: [], agents: [] },
    overLong: {
      contacts: Array.from({ length: 2001 }, (_, index) => {
        return { id: `${index}`, channel: "voice", waitedSeconds: 0 };
      }),
      agents: [],
    },
    ordinary: (seed) => asJson(routingRequest(seed)),
  },
};

const AT_UTC_MS = Date.parse("2011-07-01T00:00:00Z");

function asJson(value: unknown): Json {
  return JSON.parse(canonicalJson(value));
}

function pose(type: DecisionType, body: unknown, items?: readonly Json[]) {
  const set = items && { name: "set", version: 1, digest: "", prepared: type.prepareItems(items) };
  return type.parse(body).pose({ policy: type.defaultPolicy, items: set, atUtcMs: AT_UTC_MS });
}

/** What the policy's own solvers make of it, each alone. */
function resultsFor(type: DecisionType, posed: ReturnType<typeof pose>): SolveResult[] {
  const legs = type.defaultPolicy.plan.lanes.flat();
  return legs.flatMap(({ solver: name }, index) => {
    const solver = present(solverNamed(name), name);
    if (solver.supports(posed.problem).kind === "no") return [];
    return [solver.solve(posed.problem, { seed: index, budget: workBudget(3000) })];
  });
}

/** The samples of those and of the rule; all feasible. */
function samplesFor(type: DecisionType, posed: ReturnType<typeof pose>): Sample[] {
  const found = resultsFor(type, posed).map(({ best }) => best?.sample);
  return [posed.rule(), ...found].flatMap((sample) =>
    sample !== undefined && verify(posed.problem, sample).feasible ? [sample] : [],
  );
}

/**
 * How many flaws a body is refused for; `undefined` when it is a request. Other errors pass
 * through.
 */
function flawsOf(type: DecisionType, body: unknown): number | undefined {
  try {
    type.parse(body);
    return undefined;
  } catch (fault) {
    if (fault instanceof Fault) return fault.flaws.length;
    throw fault;
  }
}

/** Where a schema says `personal`, as `member` or `list[].member`, however deep. */
function personalIn(schema: unknown, at = ""): string[] {
  const { "x-privacy": privacy, properties, items, ...others } = Object(schema);
  const nested = Object.values(others).flatMap((part) => {
    return Array.isArray(part) ? part.flatMap((one) => personalIn(one, at)) : [];
  });
  return [
    ...(privacy === "personal" ? [at] : []),
    ...Object.entries(Object(properties)).flatMap(([name, member]) => {
      return personalIn(member, at === "" ? name : `${at}.${name}`);
    }),
    ...(items === undefined ? [] : personalIn(items, `${at}[]`)),
    ...nested,
  ];
}

test("ids are unique, and each type is found by its own", () => {
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  for (const type of catalogue) expect(typeNamed(type.id)).toBe(type);
  expect(typeNamed("")).toBeUndefined();
});

describe.each(catalogue.map((type) => [type.id, type] as const))("%s", (id, type) => {
  const inputs = present(inputsOf[id], `inputs of ${id} in this suite`);

  test("describes itself: frozen, with schemas that become JSON Schema", () => {
    expect(Object.isFrozen(type)).toBe(true);
    for (const schema of [type.requestSchema, type.answerSchema, type.itemSchema]) {
      const json = schema && z.toJSONSchema(schema);
      expect(json === undefined || json.type === "object").toBe(true);
    }
    const labelled = personalIn(z.toJSONSchema(type.requestSchema));
    expect(labelled.sort()).toEqual([...type.personalMembers].sort());
  });

  test("its default policy is sound and names solvers that exist", () => {
    const policy = policySchema.parse(type.defaultPolicy);
    expect(policy.type).toBe(id);
    expect(() => type.checkPolicy(policy)).not.toThrow();
    expect(referenceOf(policy)).toMatch(/@1$/);
    for (const { solver } of policy.plan.lanes.flat()) expect(solverNamed(solver)).toBeDefined();
  });

  test("its example is decided, checked and explained", () => {
    const posed = pose(type, type.example);
    const samples = samplesFor(type, posed);
    expect(samples.length).toBeGreaterThan(1);
    for (const sample of samples) {
      const answer = posed.read(sample);
      expect(posed.check(answer).broken).toEqual([]);
      expect(posed.explain(answer).length).toBeGreaterThan(1);
    }
  });

  test("a contradiction is proved and named by a solver of the default policy", () => {
    if (inputs.contradiction === undefined) {
      for (let seed = 0; seed < 120; seed += 1) {
        expect(pose(type, inputs.ordinary(seed)).rule()).toBeDefined();
      }
      return;
    }
    const { request, rules } = inputs.contradiction;
    const posed = pose(type, request);
    expect(posed.rule()).toBeUndefined();
    const conflicts = resultsFor(type, posed).flatMap(({ status, conflict }) =>
      status === "infeasible" ? [[...(conflict ?? [])].sort()] : [],
    );
    expect(conflicts).toContainEqual(rules);
  });

  test("nothing to choose from is answered by nothing", () => {
    const posed = pose(type, inputs.empty);
    const answer = posed.read(present(posed.rule(), "answer of the rule"));
    expect(posed.check(answer)).toMatchObject({ objective: 0, broken: [] });
    expect(posed.explain(answer)).not.toHaveLength(0);
  });

  test("an over-long request is refused, and so is anything else", () => {
    expect(() => type.parse(inputs.overLong)).toThrow(Fault);
    for (const body of [undefined, null, 1, "", [], {}]) {
      expect(() => type.parse(body)).toThrow(Fault);
    }
  });

  test("any JSON is a request or a fault that says where", () => {
    const names = Object.keys(z.toJSONSchema(type.requestSchema).properties ?? {});
    const bodies = fc.tuple(fc.jsonValue(), fc.constantFrom(...names));
    fc.assert(
      fc.property(bodies, ([value, name]) => {
        for (const body of [value, { ...Object(type.example), [name]: value }]) {
          const flaws = flawsOf(type, body);
          expect(flaws === undefined || flaws > 0).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("every feasible sample passes the check with the objective of the problem", () => {
    let answered = 0;
    for (let seed = 0; seed < 120; seed += 1) {
      const posed = pose(type, inputs.ordinary(seed));
      for (const sample of samplesFor(type, posed)) {
        answered += 1;
        const answer = posed.read(sample);
        expect(type.answerSchema.safeParse(answer).success).toBe(true);
        const { objective, broken } = posed.check(answer);
        expect(broken).toEqual([]);
        expect(objective).toBeCloseTo(verify(posed.problem, sample).objective, 9);
        expect(() => canonicalJson(posed.explain(answer))).not.toThrow();
      }
    }
    expect(answered).toBeGreaterThan(120);
  });

  test("explaining an answer that breaks rules does not throw either", () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const other = pose(type, inputs.ordinary(seed + 1));
      const sample = other.rule();
      if (sample === undefined) continue;
      const answer = other.read(sample);
      const posed = pose(type, inputs.ordinary(seed));
      expect(() => posed.explain(answer)).not.toThrow();
      expect(() => posed.check(answer)).not.toThrow();
    }
  });

  test("posing twice gives the same problem, and leaves the request as it was", () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const body = inputs.ordinary(seed);
      const before = canonicalJson(body);
      const first = problemDigest(pose(type, body).problem);
      expect(problemDigest(pose(type, JSON.parse(before)).problem)).toBe(first);
      expect(canonicalJson(body)).toBe(before);
    }
  });

  test("registered items give the problem that whole candidates give", () => {
    if (type.itemSchema === undefined) return;
    const split = present(inputs.split, `how ${id} splits off its items`);
    for (let seed = 0; seed < 40; seed += 1) {
      const { items, request } = split(seed);
      const whole = problemDigest(pose(type, inputs.ordinary(seed)).problem);
      expect(problemDigest(pose(type, request, items).problem)).toBe(whole);
    }
    expect(() => pose(type, split(3).request)).toThrow(Fault);
  });
});
