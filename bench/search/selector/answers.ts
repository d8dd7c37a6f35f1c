/**
 * On how many constrained problems of each family the portfolio has an answer in a time in which
 * heats are short, beside the search made for rows by itself with the same CPU time of one thread.
 *
 *     npx node bench/search/selector/answers.ts --family "mixed rows" --problems 52
 */
import { parseArgs } from "node:util";
import { randomStream } from "#foundation";
import { prepareSolvers } from "#solvers";
import { constrainedFamilies } from "../../../test/search/constrained-problems.ts";
import { race } from "../constrained/race.ts";
import { solveInCpuTime } from "../cpu-race.ts";

const ALONE = "constraint-search";
const CPU_SECONDS = 0.15;
const SIZES: readonly number[] = [20, 40, 60, 100, 150];

const { values } = parseArgs({
  options: { family: { type: "string" }, problems: { type: "string", default: "52" } },
});
await prepareSolvers(true);
for (const [family, generator] of Object.entries(constrainedFamilies)) {
  if (values.family !== undefined && values.family !== family) continue;
  const count = Number(values.problems);
  const tally = { family, count, portfolio: 0, alone: 0, better: 0, worse: 0 };
  for (let seed = 1; seed <= count; seed += 1) {
    const problem = generator(randomStream(seed, family), SIZES[(seed - 1) % SIZES.length]);
    const { best, status } = await solveInCpuTime(problem, { cpuSeconds: CPU_SECONDS, seed });
    const [{ cost }] = race(problem, [ALONE], { cpuSeconds: CPU_SECONDS, seed });
    if (status === "infeasible") throw new Error(`${family} ${seed}: there is an answer`);
    const objective = best?.objective ?? Number.NaN;
    const own = problem.sense === "minimise" ? objective : -objective;
    if (best !== undefined) tally.portfolio += 1;
    if (cost < Infinity) tally.alone += 1;
    if (own < cost) tally.better += 1;
    if (cost < own || (best === undefined && cost < Infinity)) tally.worse += 1;
  }
  process.stdout.write(`${JSON.stringify(tally)}\n`);
}
