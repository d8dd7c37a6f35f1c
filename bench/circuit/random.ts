/**
 * Random circuits over the whole gate table and control flow on the fast engine, against the
 * reference simulator and, as a third party, against density matrices that know no branches.
 */
import {
  gateTable,
  referenceEngine,
  type StateEngine,
  simulate,
  stateVectorEngine,
} from "#circuit";
import { randomStream } from "#foundation";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { oracleDistribution } from "../../test/circuit/density-oracle.ts";
import { randomCircuit } from "../../test/generators/circuits.ts";

const CIRCUITS = 200;
const SMALL = { qubitCountMax: 4, bitCountMax: 4, operationCount: 12 };
const LARGE = { qubitCountMax: 10, bitCountMax: 5, operationCount: 40 };

type Distribution = Readonly<Record<string, number>>;

/** Figure 2: the largest difference of a probability. */
export function measureRandom({ isQuick }: FigureOptions): readonly Reading[] {
  const count = isQuick ? 20 : CIRCUITS;
  return (["f64", "f32"] as const).flatMap((precision) => {
    const most = precision === "f64" ? 1e-10 : 1e-4;
    const engine = stateVectorEngine({ precision });
    return [
      reading(`to 10 qubits, ${precision}, against the reference`, most, count, (seed) =>
        compared(seed, LARGE, engine, (circuit) => exact(circuit, referenceEngine)),
      ),
      reading(`to 4 qubits, ${precision}, against density matrices`, most, count, (seed) =>
        compared(seed, SMALL, engine, (circuit) => Object.fromEntries(oracleDistribution(circuit))),
      ),
    ];
  });
}

function reading(
  what: string,
  most: number,
  count: number,
  differenceOf: (seed: number) => number,
): Reading {
  const differences = Array.from({ length: count }, (_, seed) => differenceOf(seed));
  const worst = Math.max(...differences);
  const median = differences.sort((a, b) => a - b)[count >> 1];
  return {
    what: `random circuits over all ${gateTable.length} gates and control flow, ${what}`,
    goal: `to ${most}`,
    reached: worst.toExponential(1),
    spread: `${count} circuits, median ${median.toExponential(1)}`,
    isMet: worst <= most,
  };
}

function compared(
  seed: number,
  shape: typeof SMALL,
  engine: StateEngine,
  truth: (circuit: ReturnType<typeof randomCircuit>) => Distribution,
): number {
  const must = gateTable[seed % gateTable.length];
  const circuit = randomCircuit(randomStream(seed, "random circuit"), shape, must);
  const [got, want] = [exact(circuit, engine), truth(circuit)];
  const keys = [...new Set([...Object.keys(got), ...Object.keys(want)])];
  return keys.reduce(
    (most, key) => Math.max(most, Math.abs((got[key] ?? 0) - (want[key] ?? 0))),
    0,
  );
}

function exact(circuit: ReturnType<typeof randomCircuit>, engine: StateEngine): Distribution {
  return simulate(circuit, { shots: 0, seed: 1, exact: true, engine }).probabilities ?? {};
}
