/**
 * Merging and cancelling. One-qubit gates are multiplied together and held back as long as they
 * commute with what follows; interactions of the same two qubits are added up across everything
 * diagonal between them; an exchange joins the interaction before it, which together cost less
 * than apart. Nothing is ever made longer, so repeating until nothing changes ends.
 */
import { unreachable } from "#foundation";
import { type ComplexMatrix, multiply } from "../gates/matrix.ts";
import { isIdentity, oneQubitMatrix, zBehaviour } from "./one-qubit.ts";
import { ANGLE_TOLERANCE, halfTurns, type PairStep, type Step, stepQubits } from "./step.ts";

/** The same circuit up to a global phase, merged until nothing more cancels. */
export function merged(steps: readonly Step[]): readonly Step[] {
  let current = mergedOnce(steps);
  for (;;) {
    const next = mergedOnce(current);
    if (next.length >= current.length) return current;
    current = next;
  }
}

function mergedOnce(steps: readonly Step[]): readonly Step[] {
  const merger = new Merger();
  for (const step of steps) merger.step(step);
  return merger.finished();
}

class Merger {
  readonly #out: (Step | undefined)[] = [];
  /** What each qubit still has to go through. */
  readonly #held = new Map<number, ComplexMatrix>();
  /** For each qubit, the interactions that everything since commutes with, by the other qubit. */
  readonly #runs = new Map<number, Map<number, number>>();

  step(step: Step): void {
    switch (step.kind) {
      case "one":
        this.#hold(step.qubit, step.matrix);
        return;
      case "pair":
        if (Math.abs(step.angle) > ANGLE_TOLERANCE) this.#interact(step);
        if (step.swapped) this.#exchange(step.qubits);
        return;
      case "plain":
        this.#settle(step);
        for (const qubit of stepQubits(step)) this.#end(qubit);
        this.#out.push(step);
        return;
      case "flow":
        for (const qubit of stepQubits(step)) this.#end(qubit);
        this.#out.push({ ...step, bodies: step.bodies.map(merged) });
        return;
      default:
        unreachable(step);
    }
  }

  finished(): readonly Step[] {
    for (const qubit of [...this.#held.keys()]) this.#end(qubit);
    return this.#out.filter((step) => step !== undefined);
  }

  #hold(qubit: number, matrix: ComplexMatrix): void {
    const before = this.#held.get(qubit);
    this.#held.set(qubit, before === undefined ? matrix : multiply(matrix, before));
  }

  #interact({ qubits, angle }: PairStep): void {
    const [first, second] = qubits;
    const sign = this.#pass(first) * this.#pass(second);
    const before = this.#together(first, second);
    if (before === undefined) {
      this.#append({ kind: "pair", qubits, angle: 0, swapped: false });
      this.#turn(this.#out.length - 1, sign * angle);
    } else this.#turn(before, sign * angle);
  }

  /** Lets an interaction pass what `qubit` holds; the sign it takes on by passing. */
  #pass(qubit: number): 1 | -1 {
    const held = this.#held.get(qubit);
    if (held === undefined) return 1;
    const behaviour = zBehaviour(held);
    if (behaviour === "mixes") this.#end(qubit);
    return behaviour === "flips" ? -1 : 1;
  }

  /** Adds `angle` to the interaction at `place`; half turns go to the qubits. */
  #turn(place: number, angle: number): void {
    const pair = this.#out[place];
    if (pair?.kind !== "pair") return;
    const { rest, odd } = halfTurns(pair.angle + angle);
    const isNothing = Math.abs(rest) < ANGLE_TOLERANCE;
    const [first, second] = pair.qubits;
    if (odd) {
      for (const qubit of pair.qubits) {
        const held = this.#held.get(qubit);
        const z = oneQubitMatrix("z");
        this.#held.set(qubit, held === undefined ? z : multiply(held, z));
      }
    }
    this.#out[place] = { ...pair, angle: isNothing ? 0 : rest };
    if (!isNothing || pair.swapped) return;
    this.#out[place] = undefined;
    this.#run(first).delete(second);
    this.#run(second).delete(first);
  }

  #exchange(qubits: readonly [number, number]): void {
    const [first, second] = qubits;
    const before = this.#together(first, second);
    const pair = before === undefined ? undefined : this.#out[before];
    // An exchange does not pass what its qubits have had to do with others since.
    const since = [first, second].reduce((sum, qubit) => sum + this.#run(qubit).size, 0);
    if (before !== undefined && pair?.kind === "pair" && !(pair.swapped && since > 2)) {
      this.#out[before] = undefined;
      this.#runs.delete(first);
      this.#runs.delete(second);
      const swapped = !pair.swapped;
      if (swapped || pair.angle !== 0) this.#append({ ...pair, swapped });
    } else {
      this.#runs.delete(first);
      this.#runs.delete(second);
      this.#append({ kind: "pair", qubits, angle: 0, swapped: true });
    }
    const held = qubits.map((qubit) => this.#held.get(qubit));
    for (const [place, qubit] of qubits.entries()) {
      const other = held[1 - place];
      if (other === undefined) this.#held.delete(qubit);
      else this.#held.set(qubit, other);
    }
  }

  #append(pair: PairStep): void {
    const place = this.#out.push(pair) - 1;
    const [first, second] = pair.qubits;
    this.#run(first).set(second, place);
    this.#run(second).set(first, place);
  }

  /** The interaction of the two that a further one can be added to. */
  #together(first: number, second: number): number | undefined {
    const place = this.#runs.get(first)?.get(second);
    return place !== undefined && this.#runs.get(second)?.get(first) === place ? place : undefined;
  }

  #run(qubit: number): Map<number, number> {
    const run = this.#runs.get(qubit) ?? new Map<number, number>();
    this.#runs.set(qubit, run);
    return run;
  }

  /** Drops what a measurement or a reset makes meaningless. */
  #settle({ operation }: Extract<Step, { kind: "plain" }>): void {
    if (operation.kind === "reset") this.#held.delete(operation.qubit);
    if (operation.kind !== "measure") return;
    const held = this.#held.get(operation.qubit);
    if (held !== undefined && zBehaviour(held) === "keeps") this.#held.delete(operation.qubit);
  }

  /** Writes out what `qubit` holds and ends its run. */
  #end(qubit: number): void {
    const matrix = this.#held.get(qubit);
    this.#held.delete(qubit);
    this.#runs.delete(qubit);
    if (matrix === undefined || isIdentity(matrix)) return;
    this.#out.push({ kind: "one", qubit, matrix });
  }
}
