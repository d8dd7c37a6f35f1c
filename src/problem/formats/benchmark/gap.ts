/**
 * OR-Library generalised assignment (P. Chu and J. Beasley, 1997; layout also of M. Yagiura, T.
 * Ibaraki and F. Glover, 2004). `m n` agents and tasks, m rows of n costs, m rows of n resource
 * uses, m capacities; costs are minimised. A file may begin with the number of problems, alone on
 * its line. Solution: the agent, from 0, of each task.
 */
import { ProblemAssembly } from "../../model/assembly.ts";
import { COMPARISON } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import type { Scanner } from "../scanner.ts";
import { endOfNumbers, nextInteger, nextNumbers } from "./numbers.ts";
import { chosenProblem } from "./problem-number.ts";
import { checkDense, denseRow, recovered } from "./recover.ts";

const COUNT_MAX = 2 ** 20;

interface Assignment {
  readonly agentCount: number;
  readonly taskCount: number;
  /** Row by row: agentCount * taskCount numbers each. */
  readonly costs: readonly number[];
  readonly uses: readonly number[];
  readonly capacities: readonly number[];
}

/** The format. */
export const gap: ProblemFormat = {
  name: "gap",
  title: "OR-Library generalised assignment",
  extensions: [".gap"],
  fileName: /^(gap|chu1997|yagiura2004)/,
  isMaybe: (head) => /^\s*(?:\d+\s*\n\s*)?\d+[ \t]+\d+[ \t]*\r?\n(?:[ \t]*\S+){5,}/.test(head),
  holdsSeveral: true,
  read: readAssignments,
  write: writeAssignment,
};

function* readAssignments(scanner: Scanner, number: number): Reading {
  const first = yield* nextInteger(scanner, "problems or agents", 1, COUNT_MAX);
  while (!scanner.hasLine()) yield;
  const isSingle = scanner.skipBlanks();
  const problemCount = isSingle ? 1 : first;
  chosenProblem(scanner, number, problemCount);
  for (let index = 1; ; index += 1) {
    const agentCount = isSingle ? first : yield* nextInteger(scanner, "agents", 1, COUNT_MAX);
    const data = yield* readOne(scanner, agentCount);
    if (index === problemCount) yield* endOfNumbers(scanner);
    if (index === number) return pose(data);
  }
}

function* readOne(scanner: Scanner, agentCount: number): Generator<void, Assignment, void> {
  const taskCount = yield* nextInteger(scanner, "tasks", 0, COUNT_MAX);
  const costs = yield* nextNumbers(scanner, "cost", agentCount * taskCount);
  const uses = yield* nextNumbers(scanner, "resource use", agentCount * taskCount);
  const capacities = yield* nextNumbers(scanner, "capacity", agentCount);
  return { agentCount, taskCount, costs, uses, capacities };
}

/** Variable `task * agentCount + agent`: that the agent does the task. */
function pose({ agentCount, taskCount, costs, uses, capacities }: Assignment): FileProblem {
  const assembly = new ProblemAssembly("minimise");
  for (let task = 0; task < taskCount; task += 1) {
    const label = `task${task}`;
    const row = assembly.addRow({ label, comparison: COMPARISON.equal, rightSide: 1 });
    for (let agent = 0; agent < agentCount; agent += 1) {
      const variable = assembly.addVariable(`x_${task}_${agent}`);
      assembly.addLinear(variable, costs[agent * taskCount + task]);
      assembly.addRowLinear(row, variable, 1);
    }
  }
  for (const [agent, rightSide] of capacities.entries()) {
    const label = `agent${agent}`;
    const row = assembly.addRow({ label, comparison: COMPARISON.atMost, rightSide });
    for (let task = 0; task < taskCount; task += 1) {
      assembly.addRowLinear(row, task * agentCount + agent, uses[agent * taskCount + task]);
    }
  }
  return { problem: assembly.finish(), layout: { kind: "choices", width: agentCount } };
}

function* writeAssignment({ problem }: FileProblem): Generator<string> {
  const { constraints, objective, variableCount } = problem;
  checkDense(constraints.count, variableCount);
  const taskCount = constraints.comparisons.filter((one) => one === COMPARISON.equal).length;
  const agentCount = constraints.count - taskCount;
  const capacities = Array.from(constraints.rightSides.subarray(taskCount));
  const loads = capacities.map((_, agent) =>
    denseRow(
      constraints.starts,
      constraints.columns,
      constraints.biases,
      taskCount + agent,
      variableCount,
    ),
  );
  const table = (entry: (agent: number, variable: number) => number) =>
    capacities.flatMap((_, agent) =>
      Array.from({ length: taskCount }, (_, task) => entry(agent, task * agentCount + agent) ?? 0),
    );
  const costs = table((_agent, variable) => objective.linear[variable]);
  const uses = table((agent, variable) => loads[agent][variable]);
  const data = { agentCount, taskCount, costs, uses, capacities };
  recovered(problem, data, pose, "a generalised assignment, variables task by task");
  yield `${agentCount} ${taskCount}\n`;
  for (const numbers of [costs, uses]) {
    for (let agent = 0; agent < agentCount; agent += 1) {
      yield `${numbers.slice(agent * taskCount, (agent + 1) * taskCount).join(" ")}\n`;
    }
  }
  yield `${capacities.join(" ")}\n`;
}
