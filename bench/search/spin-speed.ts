/**
 * Figure 3: updates of spins per CPU second under one and the same schedule, against the C++ core
 * of dwave-samplers and against the kernel's own algorithm in C++, and what they reach with it.
 * Contestants take turns; what counts is the median of the ratios. Each update is one spin of one
 * replica looked at.
 */
import { randomStream } from "#foundation";
import { SpinReplicas } from "#kernels";
import { verify } from "#problem";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { spinForm } from "../../src/solvers/spin-search/spin-form.ts";
import { shippedPath } from "../exact/shipped.ts";
import { readShipped } from "../exact/shipped-run.ts";
import { mean, median, range, shown } from "../exact/statistics.ts";
import { type AnnealingRun, annealLinearly, type LinearSchedule } from "./annealing-peer.ts";
import { cpuMs } from "./cpu-race.ts";

const FAMILY = "maxcut-gset";
const SCHEDULE: LinearSchedule = { hot: 3, cold: 0.3, steps: 200, sweepsPerStep: 5 };
/** Groups of replicas in a turn of ours, and reads in one of the peer's. */
const GROUPS = 4;
const READS = 16;

/** What contestants did in one round. */
type Round = Readonly<Record<string, AnnealingRun>>;

/** Figure 3. */
export async function measureSpinSpeed({
  isQuick,
  peers,
}: FigureOptions): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (const graph of isQuick ? ["G43"] : ["G22", "G43", "G55", "G57"]) {
    readings.push(...(await measureGraph(graph, peers, isQuick ? 1 : 9)));
  }
  return readings;
}

async function measureGraph(
  graph: string,
  peers: FigureOptions["peers"],
  roundCount: number,
): Promise<readonly Reading[]> {
  const path = shippedPath(FAMILY, `${graph}.txt`);
  const { problem } = await readShipped({ family: FAMILY, file: `${graph}.txt` });
  const form = spinForm(problem);
  const replicas = new SpinReplicas(form.glass, randomStream(1));
  const cutOf = (lane: number) => verify(problem, form.lift(replicas.spinsOf(lane))).objective;
  annealHere(replicas, SCHEDULE, cutOf);
  const rounds = Array.from({ length: roundCount }, (_, seed): Round => {
    const peer = (name: string, reads: number) =>
      peers[name] === undefined
        ? {}
        : { [name]: annealLinearly(peers[name], path, SCHEDULE, { reads, seed }) };
    return {
      ours: annealHere(replicas, SCHEDULE, cutOf),
      ...peer("dwave", READS),
      ...peer("reference", GROUPS),
    };
  });
  const updates = problem.variableCount * SCHEDULE.steps * SCHEDULE.sweepsPerStep;
  process.stderr.write(`  ${graph}\n`);
  return [
    against(graph, rounds, updates, { name: "dwave", title: "dwave-samplers", least: 1.8 }),
    against(graph, rounds, updates, { name: "reference", title: "the same in C++", least: 0.75 }),
    cutsOf(graph, rounds),
  ];
}

/** Groups of replicas, from random starts, under the schedule. */
function annealHere(
  replicas: SpinReplicas,
  { hot, cold, steps, sweepsPerStep }: LinearSchedule,
  cutOf: (lane: number) => number,
): AnnealingRun {
  const { spinCount } = replicas.glass;
  const cuts: number[] = [];
  let spentMs = 0;
  for (let group = 0; group < GROUPS; group += 1) {
    const begin = cpuMs();
    replicas.setInfiniteTemperature();
    replicas.sweep(0, spinCount, 1);
    for (let step = 0; step < steps; step += 1) {
      replicas.setTemperature(hot + ((cold - hot) * step) / (steps - 1));
      replicas.sweep(0, spinCount, sweepsPerStep);
    }
    spentMs += cpuMs() - begin;
    for (let lane = 0; lane < replicas.laneCount; lane += 1) cuts.push(cutOf(lane));
  }
  return { cpuMs: spentMs, cuts };
}

/** Millions of updates per CPU second. */
function rateOf({ cpuMs: ms, cuts }: AnnealingRun, updates: number): number {
  return (updates * cuts.length) / ms / 1000;
}

function against(
  graph: string,
  rounds: readonly Round[],
  updates: number,
  { name, title, least }: { readonly name: string; readonly title: string; readonly least: number },
): Reading {
  const ours = median(rounds.map((round) => rateOf(round.ours, updates)));
  const ratios = rounds.flatMap((round) =>
    round[name] === undefined ? [] : [rateOf(round.ours, updates) / rateOf(round[name], updates)],
  );
  const ratio = median(ratios);
  const isBeside = ratios.length > 0;
  return {
    what: `${graph}, spin updates per CPU-s beside ${title}`,
    goal: `at least ${least} times as many`,
    reached: `${shown(ours)} M/s${isBeside ? `, ${shown(ratio)} times as many` : ""}`,
    spread: isBeside ? range(ratios, `times in ${rounds.length} rounds`) : "the peer was absent",
    isMet: isBeside ? ratio >= least : null,
  };
}

/** Whether annealing goes as deep: means over all rounds, with two standard errors. */
function cutsOf(graph: string, rounds: readonly Round[]): Reading {
  const of = (name: string) => rounds.flatMap((round) => [...(round[name]?.cuts ?? [])]);
  const told = ["ours", "dwave", "reference"].flatMap((name) => {
    const cuts = of(name);
    if (cuts.length === 0) return [];
    return [`${name} ${mean(cuts).toFixed(1)} ± ${(2 * errorOf(cuts)).toFixed(1)}`];
  });
  const [ours, theirs] = [of("ours"), of("dwave")];
  const apart = mean(ours) - mean(theirs);
  const error = Math.hypot(errorOf(ours), errorOf(theirs));
  return {
    what: `${graph}, mean cut of a read under the same schedule`,
    goal: "no less than dwave-samplers, within three standard errors",
    reached: told.join(", "),
    spread: `${ours.length} replicas, ${theirs.length} reads`,
    isMet: theirs.length === 0 ? null : apart >= -3 * error,
  };
}

/** The standard error of the mean. */
function errorOf(values: readonly number[]): number {
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length;
  return Math.sqrt(variance / values.length);
}
