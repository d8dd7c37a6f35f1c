/**
 * One layer of QAOA: phases by costs and a rotation of all qubits, f64, against QOKit's C; and the
 * same work on two threads.
 */
import os from "node:os";
import { randomStream } from "#foundation";
import { type Costs, Crew, type StateOperation, StateVector } from "#kernels";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { againstPeer, cpuMs, duel, milliseconds, program, wallMs } from "./contest.ts";

/** Pairs by qubits: QOKit takes a second for a layer of 24. */
const ROUNDS: Readonly<Record<number, number>> = { 20: 11, 22: 7, 24: 5 };

/** QOKit at -O3 on such a machine, from an earlier day, milliseconds. */
const EARLIER_MS: Readonly<Record<number, number>> = { 20: 48, 22: 214, 24: 930 };

/** Figure 3, one thread. */
export function measureQaoa({ isQuick, peers }: FigureOptions): readonly Reading[] {
  const sizes = isQuick ? [16] : [20, 22, 24];
  return sizes.flatMap((qubitCount) => {
    const costs = { integer: integerCosts(qubitCount), real: realCosts(qubitCount) };
    const peer = program(peers, "qokit", ["qaoa", `${qubitCount}`]);
    return (["integer", "real"] as const).map((kind) => {
      const state = stateOf(qubitCount, costs[kind]);
      const operations = layers(qubitCount, 1);
      const times = kind === "integer" ? 7 : 4;
      const earlierMs = EARLIER_MS[qubitCount];
      return againstPeer(
        {
          what: `layer with ${kind} costs, f64, one thread, ${qubitCount} qubits`,
          goal: `at least ${times} times as fast as QOKit's C`,
          isMet: (ratio) => 1 / ratio >= times,
          told: (ratio) => `${(1 / ratio).toFixed(1)} times as fast`,
          ...(earlierMs === undefined ? {} : { earlierMs }),
        },
        { name: "ours", run: () => cpuMs(5, () => state.apply(operations)) },
        peer,
        isQuick ? 3 : ROUNDS[qubitCount],
      );
    });
  });
}

/** Figure 3, two threads. */
export async function measureThreads({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const crew = await Crew.start(2);
  try {
    const sizes = isQuick ? [18] : [20, 21, 22];
    return sizes.flatMap((qubitCount) => {
      const costs = integerCosts(qubitCount);
      const [alone, helped] = [stateOf(qubitCount, costs), stateOf(qubitCount, costs, crew)];
      return [1, 8].map((depth) => threadReading(alone, helped, depth, isQuick ? 5 : 41));
    });
  } finally {
    await crew.close();
  }
}

function threadReading(
  alone: StateVector,
  helped: StateVector,
  depth: number,
  rounds: number,
): Reading {
  const { qubitCount } = alone;
  const operations = layers(qubitCount, depth);
  const ways = [helped, alone].map((state) => ({
    name: "",
    run: () => wallMs(() => state.apply(operations)) / depth,
  }));
  const { ratio, lowest, highest, ratioOfBest, ours, theirs } = duel(ways[0], ways[1], rounds);
  const speedUp = 1 / Math.min(ratio, ratioOfBest);
  return {
    what: `${depth === 1 ? "one layer" : `layers of ${depth}`}, f64, ${qubitCount} qubits: clock`,
    goal: "at least 1.8 times one thread",
    reached:
      `${speedUp.toFixed(2)} times as fast: ` +
      `${milliseconds(ours)} against ${milliseconds(theirs)} (medians)`,
    spread:
      `${rounds} pairs, median ${(1 / ratio).toFixed(2)}, of the best ` +
      `${(1 / ratioOfBest).toFixed(2)}, from ${(1 / highest).toFixed(2)} to ` +
      `${(1 / lowest).toFixed(2)}; load average ${os.loadavg()[0].toFixed(1)}`,
    isMet: speedUp >= 1.8,
  };
}

function stateOf(qubitCount: number, costs: Costs, crew?: Crew): StateVector {
  const state = new StateVector({
    ...{ qubitCount, precision: "f64", build: "plain", costs },
    ...(crew === undefined ? {} : { crew }),
  });
  state.apply(layers(qubitCount, 1));
  return state;
}

function integerCosts(qubitCount: number): Costs {
  const stream = randomStream(qubitCount, "costs");
  const indices = Uint16Array.from({ length: 2 ** qubitCount }, () => stream.below(190));
  const values = Float64Array.from({ length: 190 }, (_, value) => value);
  return { kind: "indexed", indices, values };
}

function realCosts(qubitCount: number): Costs {
  const stream = randomStream(qubitCount, "real costs");
  const values = Float64Array.from({ length: 2 ** qubitCount }, () => 190 * stream.unit());
  return { kind: "real", values };
}

function layers(qubitCount: number, depth: number): readonly StateOperation[] {
  const qubits = Array.from({ length: qubitCount }, (_, target) => target);
  return Array.from({ length: depth }, (_, layer): StateOperation[] => {
    const [c, s] = [Math.cos(0.4 + 0.01 * layer), Math.sin(0.4 + 0.01 * layer)];
    const matrix = [c, 0, 0, -s, 0, -s, c, 0];
    const mixer = qubits.map(
      (target) => ({ kind: "unitary1", target, controls: [], matrix }) as const,
    );
    return [{ kind: "cost", angle: 0.3 }, ...mixer];
  }).flat();
}
