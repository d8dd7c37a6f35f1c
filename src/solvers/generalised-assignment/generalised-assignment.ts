/** Generalised assignment by branch and bound on task prices. */
import { randomStream } from "#foundation";
import { generalisedAssignment as kernel } from "#kernels";
import {
  columnsOfSample,
  type GeneralisedAssignment,
  recogniseGeneralisedAssignment,
  type Sample,
} from "#problem";
import { endOf, structureSolver } from "../structure-solver.ts";

/** Whole costs up to here are told apart by bounds in doubles, as the kernel says. */
const EXACT_MAX = 2 ** 30;

/** Proves if the budget allows; with a bound in any case. */
export const generalisedAssignment = structureSolver({
  name: "generalised-assignment",
  version: 2,
  what: "a generalised assignment",
  recognise: recogniseGeneralisedAssignment,
  method: "branch and bound on task prices (Posta et al. 2012)",
  exactMaxOf: () => EXACT_MAX,
  solve: (found, run, options) => {
    const stream = randomStream(options.seed, "generalised-assignment");
    const { agentOf, bound, isProved } = kernel(found.instance, stream, run.budget, {
      start: agentsBy(found, options.start),
      onBetter: (better) => run.offer(chosenBy(found, better)),
    });
    if (agentOf !== undefined) run.offer(chosenBy(found, agentOf));
    return { end: endOf(agentOf, isProved), bound };
  },
});

function chosenBy({ form, instance, columnOf }: GeneralisedAssignment, agentOf: Int32Array) {
  const chosen = new Uint8Array(form.columnCount);
  for (const [task, agent] of agentOf.entries()) {
    const column = columnOf[agent * instance.tasks + task];
    if (column >= 0) chosen[column] = 1;
  }
  return chosen;
}

/** The agent of each task in a sample that gives every task to one in the table. */
function agentsBy(
  { form, instance, columnOf }: GeneralisedAssignment,
  sample: Sample | undefined,
): Int32Array | undefined {
  const columns = sample && columnsOfSample(form, sample);
  if (columns === undefined) return undefined;
  const { agents, tasks, costs } = instance;
  const agentOf = new Int32Array(tasks).fill(-1);
  for (let agent = 0; agent < agents; agent += 1) {
    for (let task = 0; task < tasks; task += 1) {
      const pair = agent * tasks + task;
      const isTaken = columnOf[pair] >= 0 && columns[columnOf[pair]] === 1;
      const isWayOut = columnOf[pair] < 0 && costs[pair] === 0 && agentOf[task] < 0;
      if (isTaken || isWayOut) agentOf[task] = agent;
    }
  }
  return agentOf.includes(-1) ? undefined : agentOf;
}
