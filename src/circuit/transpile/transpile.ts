/**
 * The transpiler: any circuit in, the same circuit in a device's gates between coupled qubits out.
 * Take apart, merge, place, route, merge again, write: each leg is a file of this folder.
 */
import { counted, Fault, randomStream } from "#foundation";
import type { Circuit } from "../circuit.ts";
import { CIRCUIT_FAULTS } from "../faults.ts";
import type { Basis, Entangler } from "./basis.ts";
import type { CouplingMap } from "./coupling-map.ts";
import { type Layout, patchLayout, perfectLayout } from "./layout.ts";
import { loweredCircuit } from "./lower.ts";
import { merged } from "./merge.ts";
import { nativeOperations } from "./native.ts";
import { entanglerCount } from "./native-pair.ts";
import { type Routing, routed } from "./route.ts";
import type { PairStep, Step } from "./step.ts";

/** What a circuit is transpiled for. */
export interface Target {
  readonly basis: Basis;
  readonly map: CouplingMap;
}

/** What a caller can choose. */
export interface TranspileOptions {
  /** A safe integer; the same circuit, target, seed and trials give the same result. */
  readonly seed: number;
  /** First layouts tried where something has to move; 96 if not given. */
  readonly trials?: number;
}

/** A transpiled circuit, and where the qubits of the original are in it. */
export interface Transpilation {
  /** Its qubits are the device's, named `$0`, `$1`, ...; its bits are those of the original. */
  readonly circuit: Circuit;
  /** For each qubit of the original, the device qubit that holds it at the beginning. */
  readonly initialLayout: readonly number[];
  /** And at the end. */
  readonly finalLayout: readonly number[];
  /** Exchanges put in by routing. */
  readonly swapCount: number;
  /** Entangling gates written, bodies of control flow counted once. */
  readonly entanglerCount: number;
}

const TRIALS = 96;
/**
 * Passes forwards and backwards by which a first layout is improved, and weights of what comes
 * later: trials take them in turn, since no single choice is best for every circuit.
 */
const PASSES = [2, 0, 1];
const LOOKAHEAD_WEIGHTS = [0.5, 0.2, 0.8, 0.05, 1.5];

/**
 * Transpiles `circuit` for `target`. The result is equal to the original up to a global phase, with
 * qubit q found at `initialLayout[q]` before and at `finalLayout[q]` after it.
 *
 * @throws Fault `circuit-input-invalid` for unbound symbols, `circuit-device-invalid` for too small
 *   a device, `circuit-controls-too-many`.
 */
export function transpile(
  circuit: Circuit,
  { basis, map }: Target,
  { seed, trials = TRIALS }: TranspileOptions,
): Transpilation {
  if (circuit.qubitCount > map.qubitCount) {
    const expected = counted(circuit.qubitCount, "qubit");
    throw new Fault(CIRCUIT_FAULTS.deviceInvalid, {
      detail: `the device, expected ${expected} or more, got ${map.qubitCount}`,
    });
  }
  const steps = merged(loweredCircuit(circuit));
  const { initialLayout, routing } = placed(steps, circuit.qubitCount, map, basis, seed, trials);
  const finished = merged(routing.steps);
  return Object.freeze({
    circuit: Object.freeze({
      ...circuit,
      qubitCount: map.qubitCount,
      qubitRegisters: map.neighbours.map((_, start) => ({ name: `$${start}`, start, size: 1 })),
      operations: nativeOperations(finished, basis, map),
    }),
    initialLayout,
    finalLayout: routing.layout,
    swapCount: routing.swapCount,
    entanglerCount: entanglersOf(finished, basis.entangler),
  });
}

interface Placement {
  readonly initialLayout: Layout;
  readonly routing: Routing;
}

/** The best of several layouts: fewest exchanges, then fewest entangling gates. */
function placed(
  steps: readonly Step[],
  qubitCount: number,
  map: CouplingMap,
  basis: Basis,
  seed: number,
  trials: number,
): Placement {
  const pairs = pairsIn(steps);
  const perfect = perfectLayout(
    qubitCount,
    pairs.map(({ qubits }) => qubits),
    map,
  );
  const random = randomStream(seed, "circuit", "transpile");
  if (perfect !== undefined) {
    const choice = { lookaheadWeight: 0, random };
    return { initialLayout: perfect, routing: routed(steps, perfect, map, choice) };
  }
  let best: Placement | undefined;
  let leastSwaps = Number.POSITIVE_INFINITY;
  let leastEntanglers = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial < trials || best === undefined; trial += 1) {
    const lookaheadWeight = LOOKAHEAD_WEIGHTS[trial % LOOKAHEAD_WEIGHTS.length];
    const choice = { lookaheadWeight, random };
    let initialLayout = patchLayout(qubitCount, map, random);
    for (let pass = 0; pass < PASSES[trial % PASSES.length]; pass += 1) {
      const there = routed(pairs, initialLayout, map, choice);
      initialLayout = routed(pairs.toReversed(), there.layout, map, choice).layout;
    }
    const routing = routed(steps, initialLayout, map, choice);
    if (routing.swapCount > leastSwaps) continue;
    const entanglers = entanglersOf(merged(routing.steps), basis.entangler);
    if (routing.swapCount === leastSwaps && entanglers >= leastEntanglers) continue;
    [leastSwaps, leastEntanglers] = [routing.swapCount, entanglers];
    best = { initialLayout, routing };
  }
  return best;
}

/** Every interaction, those in control flow included. */
function pairsIn(steps: readonly Step[]): readonly PairStep[] {
  return steps.flatMap((step): readonly PairStep[] => {
    if (step.kind === "pair") return [step];
    return step.kind === "flow" ? step.bodies.flatMap(pairsIn) : [];
  });
}

function entanglersOf(steps: readonly Step[], entangler: Entangler): number {
  return pairsIn(steps).reduce((sum, pair) => sum + entanglerCount(pair, entangler), 0);
}
