/**
 * How good the ordered-selection solvers are: `npx node bench/ranking-quality.ts`.
 *
 * 200 seeded problems of 50 to 500 items and 5 to 20 positions with rules of every kind; 60 of them
 * small. Each is solved by two lanes at a fixed work limit each, by greedy with 1-swap, by the same
 * with restarts from random starts until it has used as much work as both lanes, and by branch and
 * bound: without limit where small, within one elsewhere. Goals: the lanes are never below greedy
 * with 1-swap, at the generous limit not below its restarts either, and their mean gap to the
 * optima of the small ones is at most 0.5 %. Then CPU time per solver at 200 items, 10 positions
 * and 32 dimensions, over work limits.
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
/** Work of each lane in a realtime decision, and where time is not so short. */
const REALTIME_WORK = 100_000;
const GENEROUS_WORK = 300_000;
const PROOF_WORK = 3_000_000;
const LANES = [
  ["tabu", "annealing"],
  ["tabu", "branch-and-bound"],
] as const;

interface Answer {
  readonly length: number;
  readonly objective: number;
}

const NOTHING: Answer = { length: -1, objective: Number.NEGATIVE_INFINITY };

const problems = Array.from({ length: PROBLEMS }, (_, index) =>
  orderedSelection(randomStream(index, "ranking-quality"), shapeOf(index, index < SMALL)),
);
const optima = problems.map((problem, index) =>
  prove(problem, index < SMALL ? Number.POSITIVE_INFINITY : PROOF_WORK),
);
for (const work of [REALTIME_WORK, GENEROUS_WORK]) compareQuality(work);
measureCost();

function compareQuality(work: number): void {
  const plain = problems.map((problem, index) =>
    answerOf(problem, solve("greedy-swap", problem, index, 2 * work, undefined)),
  );
  const baseline = problems.map((problem, index) => greedyRestarts(problem, index, 2 * work));
  for (const lanes of LANES) {
    const results = problems.map((problem, index) =>
      lanes.map((name) => solve(name, problem, index, work, undefined)),
    );
    const answers = results.map((lane, index) =>
      lane.map((result) => answerOf(problems[index], result)).reduce(better),
    );
    const proved = results.filter((lane) => lane.some(({ status }) => status === "optimal"));
    const below = answers.filter((answer, index) => clearlyBeats(baseline[index], answer));
    const above = answers.filter((answer, index) => clearlyBeats(answer, baseline[index]));
    const gaps = answers.map((answer, index) => gapOf(answer, optima[index]));
    say(`${lanes.join(" beside ")}, ${work} units of work each, ${PROBLEMS} problems`);
    const belowPlain = answers.filter((answer, index) => clearlyBeats(plain[index], answer));
    say(`  below greedy with 1-swap: ${belowPlain.length}`);
    say(`  below its restarts at equal work: ${below.length}, above them: ${above.length}`);
    say(`  without an answer: ${answers.filter(({ length }) => length < 0).length}`);
    say(`  proved by a lane itself: ${proved.length}`);
    say(`  small ones: ${summary(gaps.slice(0, SMALL))}`);
    say(`  all with a known optimum: ${summary(gaps)}`);
  }
}

/** Longer, or better by more than two ways of adding up may differ. */
function clearlyBeats(a: Answer, b: Answer): boolean {
  return beats("maximise", a, b) && (a.length > b.length || a.objective - b.objective > 1e-12);
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
  return beats("maximise", a, b) ? a : b;
}

/**
 * As answers report it; 1 for an answer that is too short, `undefined` where the optimum is not
 * known.
 */
function gapOf(answer: Answer, optimum: Answer | undefined): number | undefined {
  if (optimum === undefined) return undefined;
  if (answer.length < optimum.length) return 1;
  const scale = Math.max(Math.abs(answer.objective), Math.abs(optimum.objective), 1e-9);
  return (optimum.objective - answer.objective) / scale;
}

function summary(all: readonly (number | undefined)[]): string {
  const gaps = all.filter((gap) => gap !== undefined);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
  const worst = Math.max(0, ...gaps);
  const missed = gaps.filter((gap) => gap > 1e-9).length;
  const figures = `mean gap ${percent(mean)}, worst ${percent(worst)}`;
  return `${gaps.length} optima, ${missed} missed, ${figures}`;
}

/** CPU time per solve, over work limits, on problems like a shop's. */
function measureCost(): void {
  const alike = Array.from({ length: 40 }, (_, seed) =>
    orderedSelection(randomStream(seed, "cost"), {
      ...mixedShape,
      itemCount: 200,
      positionCount: 10,
      dimension: 32,
      groupCount: 20,
      caps: 12,
    }),
  );
  const starts = alike.map((problem) => solve("tabu", problem, 1, 300_000, undefined).best);
  const cost = (name: string, work: number) => {
    const once = (index: number) => {
      const start = name === "bound" ? starts[index % 40]?.sample : undefined;
      return solve(name, alike[index % 40], index, work, start);
    };
    for (let index = 0; index < 200; index += 1) once(index);
    const before = process.cpuUsage();
    const results = Array.from({ length: 400 }, (_, index) => once(index));
    const { user, system } = process.cpuUsage(before);
    const spent = results.reduce((sum, result) => sum + result.work, 0) / 400;
    const proved = results.filter(({ status }) => status === "optimal").length / 400;
    const time = `${((user + system) / 400_000).toFixed(3)} CPU-ms`;
    say(`  ${name} at ${work}: ${time}, ${spent.toFixed(0)} units, ${percent(proved)} proved`);
  };
  say("200 items, 10 positions, 32 dimensions");
  cost("bound", Number.POSITIVE_INFINITY);
  cost("greedy-swap", Number.POSITIVE_INFINITY);
  for (const name of ["tabu", "annealing", "branch-and-bound"]) {
    for (const work of [20_000, REALTIME_WORK, GENEROUS_WORK]) cost(name, work);
  }
}

function percent(share: number): string {
  const text = (100 * share).toFixed(4);
  return `${text === "-0.0000" ? "0.0000" : text} %`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
