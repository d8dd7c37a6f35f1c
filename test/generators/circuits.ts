/**
 * Random circuits over the whole gate table: every gate, with powers and controls of both values,
 * measurements, resets, assignments and nested control flow. A function of the stream alone.
 */
import {
  type Circuit,
  CircuitBuilder,
  type Condition,
  type Control,
  type GateRow,
  gateTable,
  type Relation,
} from "#circuit";
import { type RandomStream, shuffle } from "#foundation";

/** How large a random circuit may become. */
export interface CircuitShape {
  readonly qubitCountMax: number;
  readonly bitCountMax: number;
  readonly operationCount: number;
  /**
   * Leaves out what only a simulator follows: no measurement before the end, no reset, no control
   * flow.
   */
  readonly unitaryOnly?: boolean;
}

/** A circuit drawn from `random`; `must` names a gate that it is sure to have. */
export function randomCircuit(random: RandomStream, shape: CircuitShape, must: GateRow): Circuit {
  const least = Math.max(1, must.qubitCount);
  const qubitCount = Math.max(least, 1 + random.below(shape.qubitCountMax));
  const bitCount = 1 + random.below(shape.bitCountMax);
  const builder = new CircuitBuilder();
  // Two registers each, so that numbers and registers do not coincide.
  const split = random.below(qubitCount + 1);
  const qubits = [...builder.qubits("a", split), ...builder.qubits("b", qubitCount - split)];
  const low = random.below(bitCount + 1);
  const bits = [...builder.bits("c", low), ...builder.bits("d", bitCount - low)];
  const generator = new Generator(random, qubits, bits, shape.unitaryOnly ?? false);
  const place = random.below(shape.operationCount);
  for (let index = 0; index < shape.operationCount; index += 1) {
    if (index === place) generator.gate(builder, must);
    else generator.operation(builder, 2);
  }
  for (const bit of bits) {
    if (random.below(3) > 0) builder.measure(qubits[random.below(qubitCount)], bit);
  }
  return builder.build();
}

const SPECIAL_ANGLES = [0, Math.PI, -Math.PI / 2, 2 * Math.PI, Math.PI / 3];
const POWERS = [1, 1, 1, 1, 1, -1, 2, 3, 0.5, -0.25, 1.7];
const RELATIONS: readonly Relation[] = ["==", "!=", "<", "<=", ">", ">="];

class Generator {
  readonly #random: RandomStream;
  readonly #qubits: readonly number[];
  readonly #bits: readonly number[];
  readonly #unitaryOnly: boolean;

  constructor(
    random: RandomStream,
    qubits: readonly number[],
    bits: readonly number[],
    unitaryOnly: boolean,
  ) {
    this.#random = random;
    this.#qubits = qubits;
    this.#bits = bits;
    this.#unitaryOnly = unitaryOnly;
  }

  operation(builder: CircuitBuilder, depth: number): void {
    const kind = this.#unitaryOnly ? 0 : this.#random.below(20);
    if (kind < 12) this.gate(builder, this.#pick(gateTable));
    else if (kind < 15) builder.measure(this.#qubit(), this.#bit());
    else if (kind === 15) builder.reset(this.#qubit());
    else if (kind === 16) builder.assign(this.#bit(), this.condition(2));
    else if (kind === 17) builder.barrier();
    else if (depth > 0) this.#control(builder, depth - 1, kind);
  }

  gate(builder: CircuitBuilder, row: GateRow): void {
    if (row.qubitCount > this.#qubits.length) return;
    const qubits = [...this.#qubits];
    shuffle(qubits, this.#random);
    const targets = qubits.slice(0, row.qubitCount);
    const spare = qubits.slice(row.qubitCount);
    const controlCount = this.#random.below(4) === 0 ? this.#random.below(spare.length + 1) : 0;
    const controls = spare
      .slice(0, controlCount)
      .map((qubit): Control => ({ qubit, value: this.#random.below(2) === 0 ? 0 : 1 }));
    const parameters = row.parameterNames.map(() => this.#angle());
    builder.gate(row.name, targets, { parameters, controls, power: this.#pick(POWERS) });
  }

  condition(depth: number): Condition {
    const kind = this.#random.below(depth > 0 ? 6 : 2);
    const inner = () => this.condition(depth - 1);
    switch (kind) {
      case 0:
        return { kind: "bit", bit: this.#bit() };
      case 1: {
        const size = 1 + this.#random.below(this.#bits.length);
        const value = BigInt(this.#random.below(1 << size));
        const bits = this.#bits.slice(0, size);
        return { kind: "compare", bits, relation: this.#pick(RELATIONS), value };
      }
      case 2:
        return { kind: "not", condition: inner() };
      case 3:
        return { kind: "all", conditions: [inner(), inner()] };
      case 4:
        return { kind: "any", conditions: [inner(), inner()] };
      default:
        return { kind: "odd", conditions: [inner(), inner()] };
    }
  }

  #control(builder: CircuitBuilder, depth: number, kind: number): void {
    const body = (inner: CircuitBuilder) => {
      for (let count = this.#random.below(3); count >= 0; count -= 1) this.operation(inner, depth);
    };
    if (kind === 18) {
      builder.if(this.condition(2), body, this.#random.below(2) === 0 ? body : undefined);
      return;
    }
    if (this.#random.below(2) === 0) {
      builder.repeat(this.#random.below(4), body);
      return;
    }
    // A loop that ends: each round throws a fair coin on its own bit.
    const [bit, qubit] = [this.#bit(), this.#qubit()];
    builder.while({ kind: "bit", bit }, (inner) => {
      inner.reset(qubit).h(qubit).measure(qubit, bit);
    });
  }

  #angle(): number {
    if (this.#random.below(4) === 0) return this.#pick(SPECIAL_ANGLES);
    return (this.#random.unit() - 0.5) * 4 * Math.PI;
  }

  #qubit(): number {
    return this.#pick(this.#qubits);
  }

  #bit(): number {
    return this.#pick(this.#bits);
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#random.below(items.length)];
  }
}
