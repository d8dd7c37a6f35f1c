/** The type's page says what the type does: its example, the answer to it, and the reasons. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { present, workBudget } from "#foundation";
import { solverNamed } from "#solvers";
import { routing } from "./definition.ts";
import { routingExample } from "./example.ts";

const root = `${import.meta.dirname}/../../..`;
const page = readFileSync(`${root}/docs/catalogue/routing.md`, "utf8");
const blocks = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text));
const setting = { policy: routing.defaultPolicy, items: undefined, atUtcMs: 0 };

test("the page shows the example, its answer and its reasons", () => {
  const posed = routing.parse(routingExample).pose(setting);
  const flow = present(solverNamed("min-cost-flow"), "the flow solver");
  const { best } = flow.solve(posed.problem, { seed: 1, budget: workBudget(1e6) });
  const answer = posed.read(present(best, "an answer").sample);
  expect(blocks).toEqual([routingExample, answer]);
  for (const { subject, text } of posed.explain(answer)) {
    expect(page).toContain(`| ${subject} | ${text} |`);
  }
});

test.each(["tick.json", "pairs.json"])("the request %s can be decided", (name) => {
  const text = readFileSync(`${root}/examples/contact-centre/${name}`, "utf8");
  const posed = routing.parse(JSON.parse(text)).pose(setting);
  const answer = posed.read(present(posed.rule(), "the rule's answer"));
  expect(posed.check(answer).broken).toEqual([]);
});
