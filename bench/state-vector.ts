/**
 * How fast the state-vector engine is:
 *
 *     npx node bench/state-vector.ts [random] [qaoa] [gate] [sampling] [small] [kernels]
 *       [--qubits N[,N...]] [--rounds N] [--peer NAME=PROGRAM]...
 *
 * Milliseconds of CPU time of the whole process, median over rounds after warm-up; threads in wall
 * time. A peer is a program called as `PROGRAM SUITE QUBITS [CIRCUIT]` that prints its own CPU
 * milliseconds; contestants alternate, so that all see the same machine. CIRCUIT is a file in the
 * format of qsim (one gate per line: time, name, qubits, angles).
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type RandomStream, randomStream, shuffle } from "#foundation";
import {
  type Build,
  type Costs,
  Crew,
  controlledZ,
  type Precision,
  type StateOperation,
  StateVector,
  sample,
} from "#kernels";
import { measureKernels } from "./state-vector-kernels.ts";

const { values: flags, positionals } = parseArgs({
  options: {
    peer: { type: "string", multiple: true, default: [] },
    qubits: { type: "string" },
    rounds: { type: "string", default: "9" },
  },
  allowPositionals: true,
});
const ROUNDS = Number(flags.rounds);
/** V8 goes on optimising for about a second. */
const WARM_UP_MS = 1500;
const CYCLES = 14;
const SMALL_REPEATS = 200;

interface Peer {
  readonly name: string;
  readonly program: string;
}

const peers: readonly Peer[] = flags.peer.map((text) => {
  const [name, ...program] = text.split("=");
  return { name, program: program.join("=") };
});

/** Somebody who does a piece of work and says how many milliseconds it took. */
interface Contestant {
  readonly name: string;
  run(): number;
}

const suites =
  positionals.length > 0 ? positionals : ["random", "qaoa", "gate", "sampling", "small"];
for (const suite of suites) {
  if (suite === "random") for (const n of qubitCounts([20, 22])) compareRandom(n);
  if (suite === "qaoa") for (const n of qubitCounts([20, 22, 24])) await compareQaoa(n);
  if (suite === "gate") for (const n of qubitCounts([20, 21, 22])) compareGate(n);
  if (suite === "sampling") for (const n of qubitCounts([20])) compareSampling(n);
  if (suite === "small") for (const n of qubitCounts([12])) compareSmall(n);
  if (suite === "kernels") measureKernels(say);
}

/**
 * Random one-qubit rotations on all qubits and CZ on a random pairing, 14 times; rotations last.
 */
function compareRandom(qubitCount: number): void {
  const { operations, text } = randomCircuit(qubitCount, CYCLES);
  const folder = mkdtempSync(join(tmpdir(), "state-vector-"));
  const file = join(folder, "circuit");
  writeFileSync(file, text);
  const ours = (["f32", "f64"] as const).flatMap((precision) =>
    (["relaxed", "plain"] as const).map((build) =>
      circuitRun(qubitCount, precision, build, operations),
    ),
  );
  compete(`random circuit, ${qubitCount} qubits`, [
    ...ours,
    ...peersFor("random", qubitCount, file),
  ]);
  rmSync(folder, { recursive: true });
}

function circuitRun(
  qubitCount: number,
  precision: Precision,
  build: Build,
  operations: readonly StateOperation[],
): Contestant {
  const state = new StateVector({ qubitCount, precision, build });
  return {
    name: `${precision} ${build}`,
    run: () =>
      cpuMs(() => {
        state.clear();
        state.apply(operations);
      }),
  };
}

/** One layer of QAOA on a state that is there already, and the mean layer of a circuit of eight. */
async function compareQaoa(qubitCount: number): Promise<void> {
  const stream = randomStream(qubitCount, "costs");
  const indices = Uint16Array.from({ length: 2 ** qubitCount }, () => stream.below(190));
  const whole: Costs = {
    kind: "indexed",
    indices,
    values: Float64Array.from({ length: 190 }, (_, v) => v),
  };
  const real: Costs = {
    kind: "real",
    values: Float64Array.from(indices, (v) => v + stream.unit()),
  };
  const crew = await Crew.start(2);
  const variants = [
    { name: "integer costs", costs: whole, build: "plain" as const },
    { name: "integer costs, relaxed", costs: whole, build: "relaxed" as const },
    { name: "real costs", costs: real, build: "plain" as const },
  ];
  const states = variants.map(
    ({ costs, build }) => new StateVector({ qubitCount, precision: "f64", build, costs }),
  );
  const ours = variants.flatMap(({ name }, index) =>
    [1, 8].map((depth): Contestant => {
      const operations = qaoaLayers(qubitCount, depth);
      states[index].apply(operations);
      return {
        name: `f64 ${name}, ${depth === 1 ? "one layer" : `layer of ${depth}`}`,
        run: () => cpuMs(() => states[index].apply(operations)) / depth,
      };
    }),
  );
  compete(`QAOA layer, ${qubitCount} qubits`, [...ours, ...peersFor("qaoa", qubitCount)]);
  const helped = new StateVector({
    qubitCount,
    precision: "f64",
    build: "plain",
    costs: whole,
    crew,
  });
  const eight = qaoaLayers(qubitCount, 8);
  compete(`QAOA layer of 8, ${qubitCount} qubits, wall time`, [
    { name: "one thread", run: () => wallMs(() => states[0].apply(eight)) / 8 },
    { name: "two threads", run: () => wallMs(() => helped.apply(eight)) / 8 },
  ]);
  await crew.close();
}

function qaoaLayers(qubitCount: number, depth: number): readonly StateOperation[] {
  return Array.from({ length: depth }, (_, layer): StateOperation[] => {
    const [c, s] = [Math.cos(0.4 + 0.01 * layer), Math.sin(0.4 + 0.01 * layer)];
    const mixer = [c, 0, 0, -s, 0, -s, c, 0];
    const qubits = Array.from({ length: qubitCount }, (_, target) => target);
    return [
      { kind: "cost", angle: 0.3 },
      ...qubits.map(
        (target): StateOperation => ({ kind: "unitary1", target, controls: [], matrix: mixer }),
      ),
    ];
  }).flat();
}

/** One gate at a time, mean over all targets. */
function compareGate(qubitCount: number): void {
  const gates = Array.from({ length: qubitCount }, (_, target): StateOperation => {
    return {
      kind: "unitary1",
      target,
      controls: [],
      matrix: rotation(randomStream(target)).matrix,
    };
  });
  const ours = (["plain", "relaxed"] as const).map((build): Contestant => {
    const state = new StateVector({ qubitCount, precision: "f64", build });
    state.apply(gates);
    return {
      name: `f64 ${build}`,
      run: () =>
        cpuMs(() => {
          for (const gate of gates) state.apply([gate]);
        }) / qubitCount,
    };
  });
  compete(`one-qubit gate, ${qubitCount} qubits`, [...ours, ...peersFor("gate", qubitCount)]);
}

/** A million shots of a random circuit's state. */
function compareSampling(qubitCount: number): void {
  const state = new StateVector({ qubitCount, precision: "f32", build: "plain" });
  state.apply(randomCircuit(qubitCount, 6).operations);
  const run = () => cpuMs(() => sample(state, 1_000_000, randomStream(1)));
  compete(`1,000,000 shots, ${qubitCount} qubits`, [{ name: "f32", run }]);
}

/** A circuit of 257 gates on few qubits, per gate. */
function compareSmall(qubitCount: number): void {
  const { operations } = randomCircuit(qubitCount, CYCLES);
  const { name, run } = circuitRun(qubitCount, "f64", "plain", operations);
  const perGate = {
    name: `${name}, per gate`,
    run: () => {
      let ms = 0;
      for (let repeat = 0; repeat < SMALL_REPEATS; repeat += 1) ms += run();
      return ms / SMALL_REPEATS / operations.length;
    },
  };
  const title = `random circuit, ${qubitCount} qubits, ${operations.length} gates`;
  compete(title, [perGate, ...peersFor("small", qubitCount)]);
}

/** The circuit as operations and in qsim's format. */
function randomCircuit(qubitCount: number, cycles: number) {
  const stream = randomStream(qubitCount, "random circuit");
  const operations: StateOperation[] = [];
  const lines = [`${qubitCount}`];
  let time = 0;
  const rotations = () => {
    for (let target = 0; target < qubitCount; target += 1) {
      const { matrix, angles } = rotation(stream);
      operations.push({ kind: "unitary1", target, controls: [], matrix });
      lines.push(`${time} rz ${target} ${angles[2]}`, `${time + 1} ry ${target} ${angles[1]}`);
      lines.push(`${time + 2} rz ${target} ${angles[0]}`);
    }
    time += 3;
  };
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    rotations();
    const order = Array.from({ length: qubitCount }, (_, qubit) => qubit);
    shuffle(order, stream);
    for (let at = 0; at + 1 < qubitCount; at += 2) {
      operations.push(controlledZ(order[at], order[at + 1]));
      lines.push(`${time} cz ${order[at]} ${order[at + 1]}`);
    }
    time += 1;
  }
  rotations();
  return { operations, text: `${lines.join("\n")}\n` };
}

/** Rz(a) Ry(b) Rz(c) with random angles. */
function rotation(stream: RandomStream) {
  const angles = [0, 1, 2].map(() => 2 * Math.PI * stream.unit());
  const [a, b, c] = angles;
  const entry = (size: number, angle: number) => [size * Math.cos(angle), size * Math.sin(angle)];
  const [cosine, sine] = [Math.cos(b / 2), Math.sin(b / 2)];
  const matrix = [
    ...entry(cosine, -(a + c) / 2),
    ...entry(-sine, (c - a) / 2),
    ...entry(sine, (a - c) / 2),
    ...entry(cosine, (a + c) / 2),
  ];
  return { angles, matrix };
}

function peersFor(suite: string, qubitCount: number, file?: string): readonly Contestant[] {
  return peers.map(({ name, program }) => ({
    name,
    run: () => {
      const rest = file === undefined ? [] : [file];
      return Number(execFileSync(program, [suite, `${qubitCount}`, ...rest], { encoding: "utf8" }));
    },
  }));
}

/** Lets all take turns and prints the medians; ratios are to the last. */
function compete(title: string, contestants: readonly Contestant[]): void {
  const times = contestants.map((): number[] => []);
  for (const { run } of contestants) {
    const start = performance.now();
    do run();
    while (performance.now() - start < WARM_UP_MS);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    contestants.forEach(({ run }, index) => {
      times[index].push(run());
    });
  }
  const medians = times.map((one) => one.sort((a, b) => a - b)[one.length >> 1]);
  say(title);
  contestants.forEach(({ name }, index) => {
    const ratio = medians[index] / medians[medians.length - 1];
    say(
      `  ${name.padEnd(44)} ${medians[index].toFixed(5).padStart(11)} ms  ${ratio.toPrecision(3)}`,
    );
  });
}

function cpuMs(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function wallMs(action: () => void): number {
  const before = performance.now();
  action();
  return performance.now() - before;
}

function qubitCounts(usual: readonly number[]): readonly number[] {
  return flags.qubits === undefined ? usual : flags.qubits.split(",").map(Number);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
