/**
 * Parallel tempering (K. Hukushima and K. Nemoto, Journal of the Physical Society of Japan 65,
 * 1996) with isoenergetic cluster moves. The lanes of a vector are a ladder of temperatures, and
 * there are two ladders, so that each temperature has two replicas to exchange clusters between.
 * For lattices and their like, where these clusters do not span everything.
 */
import { type RandomStream, randomStream } from "#foundation";
import { exchangeCluster, exp, log, type SpinGlass, SpinReplicas } from "#kernels";
import {
  type QuadraticProblem,
  remembered,
  type SolveOptions,
  type SolveResult,
  type Support,
  solverOf,
} from "#problem";
import { unprepared } from "../best-sample.ts";
import { ReplicaRun } from "./replica-run.ts";
import { spinForm, spinFormWithin, supportsSpinForm } from "./spin-form.ts";
import { coldest, hottest } from "./temperatures.ts";

/** Beyond this mean degree clusters span the graph, and replicas only change names. */
const DEGREE_MAX = 6;
/** So they do in random graphs, which have fewer ways of two steps that end in one place. */
const MEETING_SHARE_MIN = 0.1;
/** Ways over spins of a higher degree are not counted: there may be very many. */
const HUB_DEGREE = 64;
/** Fewer temperatures than this do not reach from hot to cold. */
const TEMPERATURES_MIN = 8;
/** Ladders reach deeper than annealing does: what a cold lane cannot leave, a cluster move can. */
const COLD_SHARE = 0.7;
/** Spins visited between two exchanges of temperatures. */
const VISITS_PER_EXCHANGE = 20_000;
const CLUSTERS_PER_EXCHANGE = 4;
/** Lanes above this share of the ladder are hot and need no cluster moves. */
const HOT_LANES_SHARE = 0.3;
/** Exchanges between two looks at the local minima below the replicas. */
const EXCHANGES_PER_LOOK = 10;
/** Work of a round's exchanges, of temperatures and of clusters, by spin. */
const EXCHANGE_WORK = 2;

/** Runs until its budget ends. */
export const parallelTempering = solverOf("quadratic", {
  name: "parallel-tempering",
  version: 2,
  guarantee: "heuristic",
  supports: remembered(supports),
  solve,
});

function supports(problem: QuadraticProblem): Support {
  const form = supportsSpinForm(problem);
  if (form.kind === "no") return form;
  const degree = (2 * problem.objective.columns.length) / Math.max(1, problem.variableCount);
  if (degree > DEGREE_MAX) {
    return {
      kind: "no",
      reason: `a mean degree of at most ${DEGREE_MAX}, got ${degree.toFixed(1)}`,
    };
  }
  const { glass } = spinForm(problem);
  const share = meetingShare(glass);
  if (share < MEETING_SHARE_MIN) {
    const percent = (100 * share).toFixed(0);
    return {
      kind: "no",
      reason: `a graph like a lattice, got ${percent} % of two-step ways meeting`,
    };
  }
  const temperatures = SpinReplicas.laneCountOf(glass);
  if (temperatures >= TEMPERATURES_MIN) return { kind: "yes" };
  return { kind: "no", reason: "biases that are whole numbers of up to 15 bits, got others" };
}

function solve(problem: QuadraticProblem, options: SolveOptions): SolveResult {
  const form = spinFormWithin(problem, options);
  if (form === undefined) return unprepared(problem, options);
  const { glass } = form;
  const random = randomStream(options.seed, "parallel-tempering");
  const run = new ReplicaRun(problem, options, form);
  /** Falls into the local minima below the others. */
  const probe = new SpinReplicas(glass, random.fork("probe"));
  run.harvest(probe);
  if (glass.spinCount === 0 || run.scatter(probe) || run.descend(probe)) return run.result();
  const hot = hottest(glass);
  const temperatures = ladderOf(hot, COLD_SHARE * coldest(probe, hot), probe.laneCount);
  const ladders = ["first", "second"].map((name) => {
    const ladder = new SpinReplicas(glass, random.fork(name), { hasLadder: true });
    run.scatter(ladder);
    ladder.setTemperatures(temperatures);
    return ladder;
  });
  const sweeps = Math.ceil(VISITS_PER_EXCHANGE / glass.spinCount);
  for (let round = 1; !run.isStopped; round += 1) {
    for (const ladder of ladders) {
      run.sweep(ladder, sweeps);
      exchangeTemperatures(ladder, temperatures, round % 2, random);
    }
    exchangeClusters(ladders, random);
    run.spend(EXCHANGE_WORK * glass.spinCount);
    if (round % EXCHANGES_PER_LOOK !== 0) continue;
    for (const ladder of ladders) {
      probe.copyFrom(ladder);
      run.descend(probe);
    }
  }
  return run.result();
}

/** The share of the ways of two steps from a spin that lead where another one of them leads. */
function meetingShare({ spinCount, starts, neighbours }: SpinGlass): number {
  const seenFrom = new Int32Array(spinCount).fill(-1);
  let [ways, meetings] = [0, 0];
  for (let spin = 0; spin < spinCount; spin += 1) {
    for (let first = starts[spin]; first < starts[spin + 1]; first += 1) {
      const middle = neighbours[first];
      if (starts[middle + 1] - starts[middle] > HUB_DEGREE) continue;
      for (let second = starts[middle]; second < starts[middle + 1]; second += 1) {
        const end = neighbours[second];
        if (end === spin) continue;
        ways += 1;
        if (seenFrom[end] === spin) meetings += 1;
        seenFrom[end] = spin;
      }
    }
  }
  return meetings / Math.max(1, ways);
}

/** From hot to cold, each the same share of the one before. */
function ladderOf(hot: number, cold: number, count: number): Float64Array {
  const depth = log(cold / hot) / (count - 1);
  return Float64Array.from({ length: count }, (_, lane) => hot * exp(lane * depth));
}

/** Lets neighbours on the ladder change places, by the rule that keeps each at its temperature. */
function exchangeTemperatures(
  ladder: SpinReplicas,
  temperatures: Float64Array,
  first: number,
  random: RandomStream,
): void {
  const energies = ladder.energies();
  const order = Array.from(energies, (_, lane) => lane);
  for (let hotter = first; hotter + 1 < order.length; hotter += 2) {
    const colder = hotter + 1;
    const inverses = 1 / temperatures[colder] - 1 / temperatures[hotter];
    const gain = inverses * (energies[colder] - energies[hotter]);
    if (gain < 0 && random.unit() >= exp(gain)) continue;
    order[hotter] = colder;
    order[colder] = hotter;
  }
  ladder.permute(order);
}

function exchangeClusters([one, other]: readonly SpinReplicas[], random: RandomStream): void {
  const hotCount = Math.floor(HOT_LANES_SHARE * one.laneCount);
  for (let count = 0; count < CLUSTERS_PER_EXCHANGE; count += 1) {
    const lane = hotCount + random.below(one.laneCount - hotCount);
    exchangeCluster(one, other, lane, random);
  }
}
