/**
 * How good the ordered-selection solvers are: `npx node bench/ranking-quality.ts`.
 *
 * 200 seeded problems of 50 to 500 items and 5 to 20 positions with rules of every kind; 60 of them small. Each is
 * solved by the lanes a decision races (tabu beside annealing) at the default work limit, by greedy-swap with restarts
 * from random starts until it has used as much work as both, and by branch and bound: without limit where small,
 * within one elsewhere. Goals: the lanes are never below greedy-swap, and their mean gap to proved optima is at most
 * 0.5 %. Then CPU time per solver at 200 items, 10 positions and 32 dimensions, over work limits.
 */
import { type RandomStream, randomStream, shuffle, workBudget } from "#foundation";
import { beats, type OrderedSelection, type SolveResult, verify } from "#problem";
import { solverNamed } from "#solvers";
import {
  mixedShape,
  orderedSelection,
  type SelectionShape,
} from "../test/generators/ordered-selections.ts";

const PROBLEMS = 200;
const SMALL = 60;
/** Work of each lane in a realtime decision. */
const DEFAULT_WORK = 30_000;
const PROOF_WORK = 3_000_000;

interface Answer {
  readonly length: number;
  readonly objective: number;
}

const NOTHING: Answer = { length: -1, objective: Number.NEGATIVE_INFINITY };

compareQuality(DEFAULT_WORK);
compareQuality(10 * DEFAULT_WORK);
measureCost();

function compareQuality(work: number): void {
  const gaps: number[] = [];
  const smallGaps: number[] = [];
  let below = 0;
  let level = 0;
  let unsolved = 0;
  for (let index = 0; index < PROBLEMS; index += 1) {
    const small = index < SMALL;
    const problem = orderedSelection(randomStream(index, "ranking-quality"), shapeOf(index, small));
    const lanes = better(run("tabu", problem, index, work), run("annealing", problem, index, work));
    const baseline = greedyRestarts(problem, index, 2 * work);
    if (lanes.length < 0) unsolved += 1;
    if (beats(baseline, lanes) && baseline.objective - lanes.objective > 1e-12) below += 1;
    if (!beats(lanes, baseline)) level += 1;
    const proof = prove(problem, small ? Number.POSITIVE_INFINITY : PROOF_WORK);
    if (proof === undefined) continue;
    const gap = gapOf(lanes, proof);
    gaps.push(gap);
    if (small) smallGaps.push(gap);
  }
  say(`work limit ${work} per lane, ${PROBLEMS} problems`);
  say(`  below greedy-swap at equal work: ${below} (goal 0), level with it: ${level - below}`);
  say(`  without a feasible answer: ${unsolved}`);
  say(`  small ones proved ${smallGaps.length} of ${SMALL}: ${summary(smallGaps)} (goal 0.5 %)`);
  say(`  all proved ${gaps.length} of ${PROBLEMS}: ${summary(gaps)}`);
}

/** Sizes and rules of problem `index`. */
function shapeOf(index: number, small: boolean): SelectionShape {
  const stream = randomStream(index, "shape");
  const pick = <Value>(...values: readonly Value[]) => values[stream.below(values.length)];
  return {
    ...mixedShape,
    itemCount: small ? 50 + stream.below(51) : 50 + stream.below(451),
    positionCount: small ? 5 + stream.below(4) : 5 + stream.below(16),
    dimension: pick(0, 8, 32, 32),
    groupCount: 6 + stream.below(20),
    caps: stream.below(16),
    minima: stream.below(5),
    pins: stream.below(3),
    spacingShare: 0.5,
    hardShare: pick(0.3, 0.6, 0.9),
    overrideShare: pick(0, 0.3),
    negativeShare: pick(0, 0.05, 0.3),
    diversityWeight: pick(0, 0.1, 0.3, 1),
    weights: pick("discounted", "discounted", "equal", "zero-tail"),
  };
}

/** Greedy-swap from its own construction and then from random starts, until `work` is used. */
function greedyRestarts(problem: OrderedSelection, seed: number, work: number): Answer {
  const stream = randomStream(seed, "restarts");
  let best = NOTHING;
  let left = work;
  for (let restart = 0; left > 0; restart += 1) {
    const start = restart === 0 ? undefined : { values: randomStart(problem, stream) };
    const result = solve("greedy-swap", problem, seed, left, start);
    best = better(best, answerOf(problem, result));
    left -= result.work + 1;
  }
  return best;
}

function randomStart({ itemCount, positionCount }: OrderedSelection, stream: RandomStream) {
  const items = Int32Array.from({ length: itemCount }, (_, item) => item);
  shuffle(items, stream);
  return items.slice(0, positionCount);
}

function run(name: string, problem: OrderedSelection, seed: number, work: number): Answer {
  return answerOf(problem, solve(name, problem, seed, work, undefined));
}

function solve(
  name: string,
  problem: OrderedSelection,
  seed: number,
  work: number,
  start: { readonly values: Int32Array } | undefined,
): SolveResult {
  const solver = solverNamed(name);
  if (solver === undefined) throw new Error(`no solver ${name}`);
  return solver.solve(problem, { seed, budget: workBudget(work), start });
}

function prove(problem: OrderedSelection, work: number): Answer | undefined {
  const result = solve("branch-and-bound", problem, 1, work, undefined);
  return result.status === "optimal" ? answerOf(problem, result) : undefined;
}

/** What verify says of the result; nothing if there is none. */
function answerOf(problem: OrderedSelection, { best }: SolveResult): Answer {
  if (best === undefined) return NOTHING;
  const { feasible, objective } = verify(problem, best.sample);
  return feasible ? { length: best.sample.values.length, objective } : NOTHING;
}

function better(a: Answer, b: Answer): Answer {
  return beats(a, b) ? a : b;
}

/** As answers report it; an answer that is shorter than the optimum counts as 1. */
function gapOf(answer: Answer, optimum: Answer): number {
  if (answer.length < optimum.length) return 1;
  const scale = Math.max(Math.abs(answer.objective), Math.abs(optimum.objective), 1e-9);
  return (optimum.objective - answer.objective) / scale;
}

function summary(gaps: readonly number[]): string {
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
  const missed = gaps.filter((gap) => gap > 1e-9).length;
  return `mean gap ${percent(mean)}, worst ${percent(Math.max(0, ...gaps))}, missed ${missed}`;
}

/** CPU time per solve, over work limits, on problems like a shop's. */
function measureCost(): void {
  const problems = Array.from({ length: 40 }, (_, seed) =>
    orderedSelection(randomStream(seed, "cost"), {
      ...mixedShape,
      itemCount: 200,
      positionCount: 10,
      dimension: 32,
      groupCount: 20,
      caps: 12,
    }),
  );
  const starts = problems.map((problem) => solve("tabu", problem, 1, 300_000, undefined).best);
  const cost = (name: string, work: number) => {
    const once = (index: number) => {
      const start = name === "bound" ? starts[index % 40]?.sample : undefined;
      return solve(name, problems[index % 40], index, work, start);
    };
    for (let index = 0; index < 200; index += 1) once(index);
    const before = process.cpuUsage();
    let spent = 0;
    for (let index = 0; index < 400; index += 1) spent += once(index).work;
    const { user, system } = process.cpuUsage(before);
    const perSolve = ((user + system) / 400_000).toFixed(3);
    say(`  ${name} at ${work}: ${perSolve} CPU-ms, ${(spent / 400).toFixed(0)} units of work`);
  };
  say("200 items, 10 positions, 32 dimensions");
  cost("bound", Number.POSITIVE_INFINITY);
  cost("greedy-swap", Number.POSITIVE_INFINITY);
  for (const work of [10_000, 30_000, 100_000]) cost("tabu", work);
  for (const work of [10_000, 30_000, 100_000]) cost("annealing", work);
  for (const work of [30_000, 100_000, 1_000_000]) cost("branch-and-bound", work);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(4)} %`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
