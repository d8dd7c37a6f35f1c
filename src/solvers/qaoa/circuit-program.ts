/**
 * The circuit as gates, for devices and other simulators: one qubit for each bit of the problem's
 * BQM, all measured at the end. Starts, mixers and phases are exact, none is split into steps; what
 * is measured has the distribution that the simulation in the space of the groups has.
 */
import {
  type Circuit,
  CircuitBuilder,
  type ExchangeSpace,
  exchangePath,
  exchangeUnitary,
  firstState,
  firstStateControls,
  negated,
  type Operation,
  phaseWhere,
  qubitRotationTo,
  rotationsTo,
} from "#circuit";
import { assert } from "#foundation";
import { mixingMatrix } from "#kernels";
import { cqmToBqm, type QuadraticProblem } from "#problem";
import type { QaoaCircuit } from "./circuit.ts";
import type { CircuitChanges } from "./circuit-run.ts";
import { bitsOfSample, formulate } from "./formulation.ts";
import { mixingsOf, type SiteMixing } from "./mixers.ts";
import { prepareCircuit } from "./prepared-circuit.ts";
import type { Site } from "./sites.ts";

/**
 * `circuit` on a problem that has few enough states; bit b of the BQM is `q[b]`, and measured into
 * `c[b]`.
 *
 * @throws Fault `conversion-impossible` as `cqmToBqm`.
 */
export function circuitProgram(
  problem: QuadraticProblem,
  circuit: QaoaCircuit,
  { angles, incumbent }: CircuitChanges = {},
): Circuit {
  const conversion = cqmToBqm(problem);
  const bqm = conversion.problem;
  const sites = formulate(problem, conversion, circuit.mixer);
  const known = incumbent && bitsOfSample(conversion, incumbent);
  const { ansatz, angles: own } = prepareCircuit(bqm, sites, circuit, known);
  const { gammas, betas } = angles ?? own;
  const builder = new CircuitBuilder();
  const qubits = builder.qubits("q", bqm.variableCount);
  const bits = builder.bits("c", bqm.variableCount);
  const add = (operations: readonly Operation[]) => {
    for (const operation of operations) builder.add(operation);
  };
  const parts = sites.map((site, at) => partOf(site, ansatz.starts[at]));
  for (const { first, rotations } of parts) add([...first, ...rotations]);
  const mixings = circuit.mixer === "grover" ? [] : mixingsOf(sites, ansatz.starts, circuit.mixer);
  for (const [layer, gamma] of gammas.entries()) {
    phases(builder, bqm, sites, gamma);
    if (circuit.mixer === "grover") add(reflection(parts, -2 * betas[layer]));
    for (const [at, mixing] of mixings.entries()) {
      if (mixing !== undefined) add(mixed(sites[at], mixing, betas[layer]));
    }
  }
  for (const qubit of qubits) builder.measure(qubit, bits[qubit]);
  return builder.build();
}

/** One site's start: the basis state it is rotated from, the rotations, and where it was. */
interface Part {
  readonly first: readonly Operation[];
  readonly rotations: readonly Operation[];
  readonly controls: ReturnType<typeof firstStateControls>;
}

function partOf(site: Site, amplitudes: Float64Array): Part {
  const space = spaceOf(site);
  if (space === undefined) {
    const [qubit] = site.bits;
    const rotations = [qubitRotationTo(qubit, amplitudes)];
    return { first: [], rotations, controls: [{ qubit, value: 0 }] };
  }
  const isChoice = site.options.length > 1;
  return {
    first: firstState(space),
    rotations: rotationsTo(
      space,
      alongPath(site).map((option) => amplitudes[option]),
    ),
    controls: isChoice ? firstStateControls(space) : [],
  };
}

function spaceOf({ bits, ones }: Site): ExchangeSpace | undefined {
  return ones === undefined ? undefined : { qubits: bits, ones };
}

/** The site's options in the order in which an exchange leads from each to the next. */
function alongPath({ bits, ones, options }: Site): readonly number[] {
  return exchangePath(bits.length, ones ?? 0).map((places) =>
    options.findIndex((option) => option.every((place) => places.includes(place))),
  );
}

/** exp(i angle |s><s|), s being what `parts` begin with. */
function reflection(parts: readonly Part[], angle: number): readonly Operation[] {
  const forth = parts.flatMap(({ rotations }) => rotations);
  const controls = parts.flatMap((part) => part.controls);
  return [...undone(forth), phaseWhere(controls, angle), ...forth];
}

/** One site's mixer. */
function mixed(site: Site, mixing: SiteMixing, beta: number): readonly Operation[] {
  const space = spaceOf(site);
  if (mixing.kind === "projector") {
    const [zero, one] = mixing.amplitudes;
    // Half and half, the reflection is X but for a phase.
    if (space === undefined && zero === one) return [rotationAboutX(2 * beta, site.bits[0])];
    return reflection([partOf(site, mixing.amplitudes)], -2 * beta);
  }
  assert(space !== undefined, "exchanges are made in groups");
  const size = site.options.length;
  const { re, im } = mixingMatrix(mixing.adjacency, size, mixing.scale * beta);
  const order = alongPath(site);
  const permuted = (entries: Float64Array) =>
    Float64Array.from(order.flatMap((row) => order.map((column) => entries[row * size + column])));
  return exchangeUnitary(space, { size, re: permuted(re), im: permuted(im) });
}

/** Multiplies each state by exp(i gamma energy), but for a phase of all. */
function phases(
  builder: CircuitBuilder,
  { variableCount, objective }: QuadraticProblem,
  sites: readonly Site[],
  gamma: number,
): void {
  const { linear, starts, columns, biases } = objective;
  const groupOf = new Int32Array(variableCount).fill(-1);
  for (const [at, { bits, ones }] of sites.entries()) {
    if (ones === 1) for (const bit of bits) groupOf[bit] = at;
  }
  const halves = linear.slice();
  const couplings: (readonly [number, number, number])[] = [];
  for (let first = 0; first < variableCount; first += 1) {
    for (let entry = starts[first]; entry < starts[first + 1]; entry += 1) {
      const [second, bias] = [columns[entry], biases[entry]];
      if (first === second) halves[first] += bias;
      // No two of a one-hot group are ever 1 together.
      if (first === second || (groupOf[first] >= 0 && groupOf[first] === groupOf[second])) continue;
      halves[first] += bias / 2;
      halves[second] += bias / 2;
      couplings.push([first, second, bias]);
    }
  }
  halves.forEach((bias, qubit) => {
    if (bias !== 0) builder.rz(gamma * bias, qubit);
  });
  for (const [first, second, bias] of couplings) builder.rzz((-gamma * bias) / 2, first, second);
}

/** What undoes rotations, which are their own inverses but for the sign of an angle. */
function undone(operations: readonly Operation[]): readonly Operation[] {
  return operations.toReversed().map((operation) => {
    if (operation.kind !== "gate" || operation.gate !== "ry") return operation;
    return { ...operation, parameters: operation.parameters.map(negated) };
  });
}

function rotationAboutX(angle: number, qubit: number): Operation {
  return {
    kind: "gate",
    gate: "rx",
    parameters: [angle],
    power: 1,
    controls: [],
    targets: [qubit],
  };
}
