/**
 * Routing answers against every answer there is, prices against centres with one agent more, and
 * which structure a tick has.
 */
import { describe, expect, test } from "vitest";
import { present, workBudget } from "#foundation";
import { detectStructure, type QuadraticProblem, verify } from "#problem";
import { solverNamed } from "#solvers";
import { routingRequest, type TickSizes } from "../../../test/generators/routing-requests.ts";
import { check } from "./check.ts";
import { chosenBy } from "./chosen.ts";
import { routing } from "./definition.ts";
import { placePrices, skillPrices } from "./explain/prices.ts";
import { formulate } from "./formulate.ts";
import { optionsOf } from "./options.ts";
import type { RoutingQuestion } from "./question.ts";
import { read } from "./read.ts";
import { complete } from "./request/complete.ts";
import { rule } from "./rule.ts";
import type { RoutingAction, RoutingAnswer } from "./schema.ts";

const SETTING = { policy: routing.defaultPolicy, items: undefined, atUtcMs: 0 };

function questionOf(seed: number, sizes?: TickSizes): RoutingQuestion {
  return complete(routingRequest(seed, sizes), SETTING);
}

/** The best answer to a linear question, and what it is worth. */
function solved(question: RoutingQuestion) {
  const problem = formulate(question);
  const solver = present(
    ["min-cost-flow", "separable", "enumeration"]
      .map((name) => present(solverNamed(name), name))
      .find((one) => one.supports(problem).kind === "yes"),
    `a solver of ${detectStructure(problem).kind}`,
  );
  const { best, status } = solver.solve(problem, { seed: 1, budget: workBudget(1e9) });
  expect(status).toBe("optimal");
  return { problem, ...present(best, "a best answer") };
}

/** The greatest worth of all answers that pass the check, found by trying every one. */
function bestOfAll(question: RoutingQuestion): number {
  const { contacts, agents, callBack, hold } = question;
  let best = Number.NEGATIVE_INFINITY;
  const actions: RoutingAction[] = [];
  const descend = (): void => {
    const contact = contacts[actions.length];
    if (contact === undefined) {
      const { broken, objective } = check(question, { contacts: actions });
      // Why a contact waits is told by what the others got; it does not bear on the worth.
      if (broken.every((flaw) => flaw.startsWith("why:"))) best = Math.max(best, objective);
      return;
    }
    const { id } = contact;
    const untilSeconds = hold.seconds;
    const choices: RoutingAction[] = [
      { id, action: "hold", untilSeconds, why: "no-agent" },
      { id, action: "overflow" },
      { id, action: "call-back", afterSeconds: callBack?.afterSeconds ?? 0 },
      ...agents.map(({ id: agent, freeInSeconds }): RoutingAction => {
        if (freeInSeconds === 0) return { id, action: "assign", agent };
        return { id, action: "hold", untilSeconds: freeInSeconds, why: "agent-soon-free", agent };
      }),
    ];
    for (const choice of choices) {
      actions.push(choice);
      descend();
      actions.pop();
    }
  };
  descend();
  return best;
}

describe("the best answer", () => {
  test("is worth what the best of all answers is worth", () => {
    for (let seed = 0; seed < 60; seed += 1) {
      const sizes = { contactCount: seed % 4, agentCount: seed % 5, hasEffects: false };
      const question = questionOf(seed, sizes);
      const { objective, sample } = solved(question);
      expect(objective).toBeCloseTo(bestOfAll(question), 6);
      expect(check(question, read(question, sample)).broken).toEqual([]);
    }
  });

  test("with effects of pairs, too", () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const sizes = { contactCount: seed % 4, agentCount: 1 + (seed % 3), hasEffects: true };
      const question = questionOf(seed, sizes);
      const problem = formulate(question);
      const tree = present(solverNamed("quadratic-branch-and-bound"), "the tree");
      const { best, status } = tree.solve(problem, { seed: 1, budget: workBudget(1e7) });
      expect(status).toBe("optimal");
      expect(present(best, "a best answer").objective).toBeCloseTo(bestOfAll(question), 6);
    }
  });

  test("is never worse than the rule's", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const question = questionOf(seed, { hasEffects: false });
      const { problem, objective } = solved(question);
      const ruled = verify(problem, rule(question));
      expect(ruled.feasible).toBe(true);
      expect(ruled.objective).toBeLessThanOrEqual(objective + 1e-6);
    }
  });
});

test("laid out directly, a linear problem is what its terms make it", () => {
  for (let seed = 0; seed < 100; seed += 1) {
    const question = questionOf(seed, { hasEffects: false });
    // Effects that weigh nothing are assembled term by term all the same.
    const effects = { interference: 0, sameLanguage: 0, teamBalance: 0, shortlist: 100 };
    expect(formulate(question)).toEqual(formulate({ ...question, effects }));
  }
});

test.each([
  ["worth the same", () => 0],
  ["in a strict order", (rank: number) => 300 - 10 * rank],
])("with a short list of agents %s, no contact is held beside agents who idle", (_remark, idle) => {
  const contacts = Array.from({ length: 10 }, (_, at) => {
    return { id: `contact-${at}`, channel: "voice", waitedSeconds: 5 };
  });
  const agents = Array.from({ length: 30 }, (_, rank) => {
    return { id: `agent-${rank}`, idleSeconds: idle(rank) };
  });
  const effects = { interference: 1, shortlist: 3 };
  const question = complete({ contacts, agents, effects }, SETTING);
  const answer = read(question, rule(question));
  expect(answer.contacts.filter(({ action }) => action === "assign")).toHaveLength(10);
  expect(check(question, answer).broken).toEqual([]);
});

describe("structure", () => {
  const kinds = (sizes: TickSizes) =>
    new Set(
      Array.from({ length: 40 }, (_, seed) => {
        const problem: QuadraticProblem = formulate(questionOf(seed, sizes));
        return detectStructure(problem).kind;
      }),
    );
  const big = { contactCount: 12, agentCount: 8 };

  test("agents with one place: polynomial, always", () => {
    const found = kinds({ ...big, hasEffects: false, hasPlaces: false });
    expect([...found].sort()).toEqual(["linear-assignment", "min-cost-flow"]);
  });

  test("several places and channels: a network still", () => {
    const found = kinds({ ...big, hasEffects: false, hasPlaces: true });
    expect([...found].sort()).toEqual(["linear-assignment", "min-cost-flow"]);
  });

  test("effects of pairs: no method that is sure to be quick", () => {
    const found = kinds({ ...big, hasEffects: true });
    expect(found).toContain("general-quadratic");
    expect(found).not.toContain("linear-assignment");
  });
});

describe("prices", () => {
  const sizes = { contactCount: 6, agentCount: 3, hasEffects: false };

  test("one more place is worth what the centre with it is worth more", () => {
    let priced = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const question = questionOf(seed, { ...sizes, hasPlaces: false });
      const { objective, sample } = solved(question);
      const options = optionsOf(question);
      const prices = present(placePrices(question, options, chosenBy(options, sample)), "prices");
      for (const [index, place] of options.places.entries()) {
        if (place.kind !== "agent") continue;
        const agents = question.agents.map((agent, at) =>
          at === place.agent ? { ...agent, contactsMax: agent.contactsMax + 1 } : agent,
        );
        expect(objective + prices[index]).toBeCloseTo(solved({ ...question, agents }).objective, 6);
        if (prices[index] > 0) priced += 1;
      }
    }
    expect(priced).toBeGreaterThan(40);
  });

  test("one more agent of a skill is worth what the centre with it is worth more", () => {
    let priced = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const question = questionOf(seed, sizes);
      const { objective, sample } = solved(question);
      const options = optionsOf(question);
      const chosen = chosenBy(options, sample);
      const prices = present(placePrices(question, options, chosen), "prices");
      for (const { agent, worth } of skillPrices(question, options, chosen, prices)) {
        const agents = [...question.agents, agent];
        expect(objective + worth).toBeCloseTo(solved({ ...question, agents }).objective, 6);
        if (worth > 0) priced += 1;
      }
    }
    expect(priced).toBeGreaterThan(20);
  });

  test("an answer that is not a best one has none", () => {
    let refused = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      const question = questionOf(seed, sizes);
      const options = optionsOf(question);
      const held = new Int32Array(question.contacts.length).fill(-1);
      if (placePrices(question, options, held) === undefined) {
        refused += 1;
        continue;
      }
      const { objective } = check(question, heldAnswer(question));
      expect(objective).toBeCloseTo(solved(question).objective, 6);
    }
    expect(refused).toBeGreaterThan(50);
  });
});

/** Everybody left alone. */
function heldAnswer(question: RoutingQuestion): RoutingAnswer {
  const { placeOf } = optionsOf(question);
  const values = new Int32Array(placeOf.length);
  return read(question, { values });
}
