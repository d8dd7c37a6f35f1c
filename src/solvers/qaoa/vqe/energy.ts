/**
 * The mean of a sum of Pauli products in the state an ansatz ends in, and its slope by the ansatz's
 * angles: backwards through the circuit, or by the parameter-shift rule, which devices can follow
 * too.
 */
import { type Circuit, type Parameter, unboundSymbols } from "#circuit";
import { assert } from "#foundation";
import {
  type PauliMask,
  PauliState,
  PauliSum,
  type PauliTerm,
  pauliMask,
  type Slope,
} from "#kernels";

/** One gate: a rotation by an angle, or CX. */
type Step =
  | { readonly kind: "rotation"; readonly mask: PauliMask; readonly parameter: Parameter }
  | { readonly kind: "cx"; readonly control: number; readonly target: number };

const AXES: Readonly<Record<string, "X" | "Y" | "Z">> = Object.freeze({
  ...{ rx: "X", ry: "Y", rz: "Z" },
  ...{ rxx: "X", ryy: "Y", rzz: "Z" },
});

/** An ansatz and what is measured on it. */
export class AnsatzEnergy {
  /** The ansatz's symbols; points have their values in this order. */
  readonly symbols: readonly string[];
  readonly #steps: readonly Step[];
  readonly #observable: PauliSum;
  readonly #placeOf: ReadonlyMap<string, number>;

  /**
   * `ansatz`: rx, ry, rz, rxx, ryy, rzz and cx alone, without controls.
   *
   * @throws AssertionError for other gates.
   */
  constructor(ansatz: Circuit, terms: readonly PauliTerm[]) {
    this.symbols = unboundSymbols(ansatz);
    this.#placeOf = new Map(this.symbols.map((name, place) => [name, place]));
    this.#steps = ansatz.operations.map(stepOf);
    this.#observable = new PauliSum(terms, ansatz.qubitCount);
  }

  /** Amplitudes touched by one run of the circuit. */
  get amplitudes(): number {
    return this.#steps.length * (1 << this.#observable.qubitCount);
  }

  /** The state at `point`. */
  state(point: Float64Array): PauliState {
    return this.#run(point, -1, 0);
  }

  /** The mean at `point`. */
  mean(point: Float64Array): number {
    return this.#observable.mean(this.state(point));
  }

  /** The mean and its gradient, for about three runs (Jones and Gacon, 2020). */
  slope(point: Float64Array): Slope {
    const ket = this.state(point);
    const bra = this.#observable.applied(ket);
    let value = 0;
    for (let z = 0; z < ket.re.length; z += 1) {
      value += ket.re[z] * bra.re[z] + ket.im[z] * bra.im[z];
    }
    const gradient = new Float64Array(point.length);
    for (const step of this.#steps.toReversed()) {
      if (step.kind === "cx") {
        for (const state of [ket, bra]) state.controlledX(step.control, step.target);
        continue;
      }
      // d/d angle of exp(-i angle P / 2) is -i P / 2 times it.
      this.#share(gradient, step.parameter, ket.overlap(bra, step.mask).im);
      const angle = this.#angle(step.parameter, point);
      for (const state of [ket, bra]) state.rotate(step.mask, -angle);
    }
    return { value, gradient };
  }

  /** The same by two runs for each rotation, a quarter turn to either side (K. Mitarai, 2018). */
  shiftedSlope(point: Float64Array): Slope {
    const gradient = new Float64Array(point.length);
    for (const [at, step] of this.#steps.entries()) {
      if (step.kind === "cx" || typeof step.parameter === "number") continue;
      const ahead = this.#observable.mean(this.#run(point, at, Math.PI / 2));
      const behind = this.#observable.mean(this.#run(point, at, -Math.PI / 2));
      this.#share(gradient, step.parameter, (ahead - behind) / 2);
    }
    return { value: this.mean(point), gradient };
  }

  /** Runs the circuit, the angle of step `shifted` changed by `shift`. */
  #run(point: Float64Array, shifted: number, shift: number): PauliState {
    const state = new PauliState(this.#observable.qubitCount);
    for (const [at, step] of this.#steps.entries()) {
      if (step.kind === "cx") state.controlledX(step.control, step.target);
      else {
        const angle = this.#angle(step.parameter, point) + (at === shifted ? shift : 0);
        state.rotate(step.mask, angle);
      }
    }
    return state;
  }

  #angle(parameter: Parameter, point: Float64Array): number {
    if (typeof parameter === "number") return parameter;
    return parameter.terms.reduce(
      (sum, { symbol, coefficient }) => sum + coefficient * point[this.#placeOf.get(symbol) ?? -1],
      parameter.constant,
    );
  }

  /** Hands the derivative by one angle on to the symbols it is made of. */
  #share(gradient: Float64Array, parameter: Parameter, derivative: number): void {
    if (typeof parameter === "number") return;
    for (const { symbol, coefficient } of parameter.terms) {
      gradient[this.#placeOf.get(symbol) ?? -1] += coefficient * derivative;
    }
  }
}

function stepOf(operation: Circuit["operations"][number]): Step {
  assert(operation.kind === "gate", `gates, got ${operation.kind}`);
  const { gate, parameters, power, controls, targets } = operation;
  assert(power === 1 && controls.length === 0, `${gate}: no power and no controls`);
  if (gate === "cx") return { kind: "cx", control: targets[0], target: targets[1] };
  const pauli = AXES[gate];
  assert(pauli !== undefined, `rotations and cx, got ${gate}`);
  const mask = pauliMask(targets.map((qubit) => ({ qubit, pauli })));
  return { kind: "rotation", mask, parameter: parameters[0] };
}
