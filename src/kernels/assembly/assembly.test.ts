/** The assembler by what its modules do: integers of every length, loops, conditions, addresses. */
import { describe, expect, test } from "vitest";
import type { Code } from "./encoding.ts";
import {
  add,
  and,
  complement,
  constant,
  get,
  lessThan,
  loadI32,
  loadU16,
  multiply,
  or,
  populationCount,
  set,
  shiftLeft,
  shiftRight,
  subtract,
  sweep,
  when,
  xor,
} from "./instruction.ts";
import { lanesOf } from "./lanes.ts";
import { assemble, type Declare, routine } from "./routine.ts";

/** Runs code that leaves an i32, with a word of memory at 0 and 4, and returns the i32. */
function evaluate(build: (declare: Declare) => Code, first = 0, second = 0): number {
  const { scalars } = lanesOf("f64", "plain");
  const code = routine("run", [], (_none, declare) => {
    const result = declare("i32");
    const one = declare("f64");
    // There is no integer store: bit b of the result is shown as the double at 64 + 8 b.
    return [
      set(one, scalars.load(constant(8))),
      set(result, build(declare)),
      Array.from({ length: 32 }, (_, bit) =>
        when(
          and(shiftRight(get(result), constant(bit)), constant(1)),
          scalars.store(constant(64 + 8 * bit), get(one)),
        ),
      ),
    ];
  });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  new Int32Array(memory.buffer).set([first, second]);
  const doubles = new Float64Array(memory.buffer);
  doubles[1] = 1;
  new WebAssembly.Instance(new WebAssembly.Module(assemble([code])), {
    state: { memory },
  }).exports.run();
  return Array.from({ length: 32 }, (_, bit) => doubles[8 + bit] << bit).reduce((a, b) => a | b, 0);
}

describe("integers", () => {
  test.each([
    0,
    1,
    -1,
    63,
    64,
    -64,
    -65,
    127,
    128,
    8191,
    8192,
    -8192,
    -8193,
    2 ** 31 - 1,
    -(2 ** 31),
  ])("the literal %i", (value) => {
    expect(evaluate(() => constant(value))).toBe(value);
  });

  const words = [0x1234_5678, 0x0000_00f3] as const;
  const [a, b] = [loadI32(constant(0)), loadI32(constant(0), 4)];
  test.each([
    ["add", add(a, b), 0x1234_576b],
    ["subtract", subtract(a, b), 0x1234_5585],
    ["multiply", multiply(b, b), 0xe6a9],
    ["and", and(a, b), 0x70],
    ["or", or(a, b), 0x1234_56fb],
    ["xor", xor(a, b), 0x1234_568b],
    ["complement", complement(b), ~0xf3],
    ["shift left", shiftLeft(b, constant(4)), 0xf30],
    ["shift right, unsigned", shiftRight(constant(-1), constant(28)), 15],
    ["population count", populationCount(a), 13],
    ["less than, unsigned", lessThan(b, constant(-1)), 1],
    ["not less than itself", lessThan(a, a), 0],
    ["a half word", loadU16(constant(0), 2), 0x1234],
  ])("%s", (_name, code, expected) => {
    expect(evaluate(() => code, ...words)).toBe(expected);
  });

  test("a sweep runs its body at every step and at least once", () => {
    const steps = (to: number) =>
      evaluate((declare) => {
        const [at, end, count] = [declare("i32"), declare("i32"), declare("i32")];
        const body = set(count, add(get(count), constant(1)));
        return [set(end, constant(to)), sweep(at, end, 200, body), get(count)];
      });
    expect([steps(0), steps(200), steps(2000), steps(2001)]).toEqual([1, 1, 10, 11]);
  });
});

test("a module without routines is valid", () => {
  expect(WebAssembly.validate(assemble([]))).toBe(true);
});
