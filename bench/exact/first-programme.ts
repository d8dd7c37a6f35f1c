/**
 * The first mixed-integer programme of a fresh process: opens warm solver threads, waits until they
 * are ready, then solves, and prints how long that took. Run by figure 8.
 */
import { randomStream, systemClock } from "#foundation";
import { ProblemBuilder, type QuadraticProblem, sum } from "#problem";
import { openSolverPool, solve } from "#runtime";
import type { FirstAnswer } from "./first-answer.ts";

const ITEMS = 24;
const ROWS = 3;
const DEADLINE_MS = 10_000;

/** Items of several weights under capacities, with pairs of which one must be taken. */
function programme(): QuadraticProblem {
  const stream = randomStream(1, "first programme");
  const builder = new ProblemBuilder();
  const items = Array.from({ length: ITEMS }, (_, item) => builder.binary(`item ${item}`));
  const weighted = () => sum(items.map((item) => item.times(1 + stream.below(50))));
  builder.maximise(weighted());
  for (let row = 0; row < ROWS; row += 1) {
    builder.require(`capacity ${row}`, weighted().atMost(ITEMS * 10));
  }
  for (let pair = 0; pair < 4; pair += 1) {
    const either = sum(items[2 * pair], items[2 * pair + 1]).atLeast(1);
    builder.require(`one of pair ${pair}`, either);
  }
  return builder.build();
}

const problem = programme();
const pool = openSolverPool(2, { warm: true });
await pool.ready();
const begin = systemClock.monotonicMs();
const searchUntilMs = begin + DEADLINE_MS;
const lanes = [[{ solver: "highs", workLimit: Number.POSITIVE_INFINITY }]];
const report = await solve(
  {
    problem,
    plan: { lanes, exchange: false, gapMax: 0 },
    seed: 1,
    rule: undefined,
    budget: { searchUntilMs, abandonAtMs: searchUntilMs },
  },
  { pool, clock: systemClock },
);
const waitedMs = systemClock.monotonicMs() - begin;
const solver = report.best?.solver ?? "none";
const answer: FirstAnswer = { status: report.status, solver, waitedMs };
process.stdout.write(JSON.stringify(answer));
await pool.close();
