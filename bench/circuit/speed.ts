/**
 * Circuits in time: layers of random rotations and CZ against qsim, single gates against qulacs,
 * few qubits against the npm package quantum-circuit, and shots.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { circuitOf, simulate, stateVectorEngine } from "#circuit";
import { randomStream, shuffle } from "#foundation";
import { type Build, type Precision, type StateOperation, StateVector, sample } from "#kernels";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import {
  againstPeer,
  type Contestant,
  cpuMs,
  milliseconds,
  program,
  type SpeedGoal,
  timed,
} from "./contest.ts";
import { layeredCircuit, randomRotation } from "./layered-circuit.ts";

const CYCLES = 14;
/** Peers on such a machine, from an earlier day, milliseconds. */
const EARLIER_QSIM_MS: Readonly<Record<number, number>> = { 20: 47, 22: 252 };
const EARLIER_QUANTUM_CIRCUIT_MS = 1526 / 257;

/** Figure 4. */
export function measureCircuits({ isQuick, peers }: FigureOptions): readonly Reading[] {
  const folder = mkdtempSync(join(tmpdir(), "tandem-circuits-"));
  try {
    return (isQuick ? [16] : [20, 22]).flatMap((qubitCount) => {
      const { operations, text } = layeredCircuit(qubitCount, CYCLES);
      const file = join(folder, `circuit-${qubitCount}`);
      writeFileSync(file, text);
      const peer = program(peers, "qsim", ["circuits", `${qubitCount}`, file]);
      // A run of 20 qubits is short, so one that is disturbed weighs more.
      const rounds = isQuick ? 3 : qubitCount === 20 ? 25 : 9;
      const kinds: readonly (readonly [Precision, Build, number | undefined])[] = [
        ["f32", "relaxed", qubitCount === 22 ? 1 : 1.25],
        ["f32", "plain", undefined],
        ["f64", "relaxed", 2.5],
        ["f64", "plain", undefined],
      ];
      return kinds.map(([precision, build, most]) => {
        const earlierMs = most === undefined ? undefined : EARLIER_QSIM_MS[qubitCount];
        const goal = most === undefined ? "" : `at most ${most} of qsim's time in f32`;
        const what = `${CYCLES} cycles, ${precision} ${build}, one thread, ${qubitCount} qubits`;
        const speedGoal = shareOfTime(what, goal, most, earlierMs);
        const ours = wholeCircuit(qubitCount, precision, build, operations);
        return againstPeer(speedGoal, ours, most === undefined ? undefined : peer, rounds);
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Figure 5. */
export function measureGate({ isQuick, peers }: FigureOptions): readonly Reading[] {
  return (isQuick ? [16] : [20, 21, 22]).map((qubitCount) => {
    const gates = Array.from(
      { length: qubitCount },
      (_, target): StateOperation => ({
        ...{ kind: "unitary1", target, controls: [] },
        matrix: randomRotation(randomStream(target)).matrix,
      }),
    );
    const state = new StateVector({ qubitCount, precision: "f64", build: "plain" });
    state.apply(gates);
    const all = () => {
      for (const gate of gates) state.apply([gate]);
    };
    const ours = { name: "ours", run: () => cpuMs(5, all) / qubitCount };
    const what = `one-qubit gate, mean over targets, f64 plain, ${qubitCount} qubits`;
    const peer = program(peers, "qulacs", ["gate", `${qubitCount}`]);
    const speedGoal = shareOfTime(what, "at most qulacs' time", 1, undefined);
    return againstPeer(speedGoal, ours, peer, isQuick ? 3 : 9);
  });
}

/** Figure 6. The peer is the folder of an installed package. */
export function measureSmall({ isQuick, peers }: FigureOptions): readonly Reading[] {
  const qubitCount = 12;
  const { operations } = layeredCircuit(qubitCount, isQuick ? 2 : CYCLES);
  const circuit = wholeCircuit(qubitCount, "f64", "plain", operations);
  const ours: Contestant = { name: "ours", run: () => circuit.run() / operations.length };
  const speedGoal: SpeedGoal = {
    what: `random circuit of ${operations.length} gates, f64 plain, ${qubitCount} qubits, per gate`,
    goal: "at least 3000 times as fast as quantum-circuit",
    isMet: (ratio) => 1 / ratio >= 3000,
    told: (ratio) => `${(1 / ratio).toFixed(0)} times as fast`,
    earlierMs: EARLIER_QUANTUM_CIRCUIT_MS,
  };
  const peer = quantumCircuit(peers["quantum-circuit"], qubitCount, isQuick ? 2 : CYCLES);
  return [againstPeer(speedGoal, ours, peer, isQuick ? 3 : 7)];
}

/** Shots: the sampling itself, and a whole simulation with its named counts. */
export function measureShots({ isQuick }: FigureOptions): readonly Reading[] {
  const qubitCount = isQuick ? 14 : 20;
  const state = new StateVector({ qubitCount, precision: "f32", build: "plain" });
  state.apply(layeredCircuit(qubitCount, 6).operations);
  const random = randomStream(1, "rotations");
  const circuit = circuitOf((b) => {
    const qubits = b.qubits("q", qubitCount);
    const bits = b.bits("c", qubitCount);
    for (let layer = 0; layer < 6; layer += 1) {
      for (const qubit of qubits) b.rx(6 * random.unit(), qubit).rz(6 * random.unit(), qubit);
      for (const qubit of qubits.slice(1)) b.cx(qubit - 1, qubit);
    }
    for (const qubit of qubits) b.measure(qubit, bits[qubit]);
  });
  const engine = stateVectorEngine({ precision: "f32" });
  const options = { shots: 1_000_000, seed: 1, exact: false, engine };
  const ways: readonly (readonly [string, () => void])[] = [
    ["sampled", () => sample(state, options.shots, randomStream(1))],
    ["simulated, counted by name", () => simulate(circuit, options)],
  ];
  return ways.map(([way, action]) => {
    const run = () => cpuMs(1, action);
    const { median, least } = timed({ name: way, run }, isQuick ? 3 : 9);
    return {
      what: `1,000,000 shots of ${qubitCount} qubits, ${way}`,
      goal: "well under 1 s",
      reached: milliseconds(median),
      spread: `least ${milliseconds(least)}`,
      isMet: median < 1000,
    };
  });
}

function shareOfTime(
  what: string,
  goal: string,
  most: number | undefined,
  earlierMs: number | undefined,
): SpeedGoal {
  return {
    ...{ what, goal },
    isMet: (ratio) => most === undefined || ratio <= most,
    told: (ratio) => `${ratio.toPrecision(3)} of its time`,
    ...(earlierMs === undefined ? {} : { earlierMs }),
  };
}

function wholeCircuit(
  qubitCount: number,
  precision: Precision,
  build: Build,
  operations: readonly StateOperation[],
): Contestant {
  const state = new StateVector({ qubitCount, precision, build });
  const run = () =>
    cpuMs(5, () => {
      state.clear();
      state.apply(operations);
    });
  return { name: "ours", run };
}

/** The same kind of circuit by the npm package, some cycles of it, per gate. */
function quantumCircuit(
  folder: string | undefined,
  qubitCount: number,
  cycles: number,
): Contestant | undefined {
  if (folder === undefined) return undefined;
  const QuantumCircuit = createRequire(resolve(folder, "package.json"))("quantum-circuit");
  const random = randomStream(qubitCount, "rotations");
  const circuit = new QuantumCircuit(qubitCount);
  const order = Array.from({ length: qubitCount }, (_, qubit) => qubit);
  let gates = 0;
  let column = 0;
  const rotations = () => {
    for (let qubit = 0; qubit < qubitCount; qubit += 1) {
      const [theta, phi, lambda] = [0, 1, 2].map(() => 6 * random.unit());
      circuit.addGate("u3", column, qubit, { params: { theta, phi, lambda } });
      gates += 1;
    }
    column += 1;
  };
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    rotations();
    shuffle(order, random);
    for (let at = 0; at + 1 < qubitCount; at += 2) {
      // A column each, since the package draws what it runs.
      circuit.addGate("cz", column, [order[at], order[at + 1]]);
      gates += 1;
      column += 1;
    }
  }
  rotations();
  return { name: "quantum-circuit", run: () => cpuMs(1, () => circuit.run()) / gates };
}
