/**
 * The WebAssembly instructions the kernels use, as functions that read like the expressions they
 * stand for: `set(x, add(get(x), constant(8)))`. Opcodes are those of the core specification 2.0
 * (sections 5.4.1 to 5.4.9).
 */
import { type Code, signed, unsigned } from "./encoding.ts";

/** The type of a parameter or local variable, with its byte in the encoding. */
export const VALUE_TYPE = Object.freeze({ i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b });

/** The name of a value type. */
export type ValueType = keyof typeof VALUE_TYPE;

/** A parameter or local variable of one function. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
}

/** The value of `local`. */
export function get(local: Local): Code {
  return [0x20, unsigned(local.index)];
}

/** Assigns `value` to `local`. */
export function set(local: Local, value: Code): Code {
  return [value, 0x21, unsigned(local.index)];
}

/** An i32 literal. */
export function constant(value: number): Code {
  return [0x41, signed(value)];
}

/** `a + b` on i32. */
export function add(a: Code, b: Code): Code {
  return [a, b, 0x6a];
}

/** `a - b` on i32. */
export function subtract(a: Code, b: Code): Code {
  return [a, b, 0x6b];
}

/** `a * b` on i32. */
export function multiply(a: Code, b: Code): Code {
  return [a, b, 0x6c];
}

/** `a & b` on i32. */
export function and(a: Code, b: Code): Code {
  return [a, b, 0x71];
}

/** `a | b` on i32. */
export function or(a: Code, b: Code): Code {
  return [a, b, 0x72];
}

/** `a ^ b` on i32. */
export function xor(a: Code, b: Code): Code {
  return [a, b, 0x73];
}

/** How many bits of `a` are 1, on i32. */
export function populationCount(a: Code): Code {
  return [a, 0x69];
}

/** All bits of `a` inverted, on i32. */
export function complement(a: Code): Code {
  return xor(a, constant(-1));
}

/** `a >> b` on i32, `a` unsigned. */
export function shiftRight(a: Code, b: Code): Code {
  return [a, b, 0x76];
}

/** `a << b` on i32. */
export function shiftLeft(a: Code, b: Code): Code {
  return [a, b, 0x74];
}

/** `a < b` on i32, both unsigned: 1 or 0. */
export function lessThan(a: Code, b: Code): Code {
  return [a, b, 0x49];
}

/** The i32 at `address + offset`. */
export function loadI32(address: Code, offset = 0): Code {
  return [address, 0x28, 2, unsigned(offset)];
}

/** The unsigned 16-bit integer at `address + offset`, as i32. */
export function loadU16(address: Code, offset = 0): Code {
  return [address, 0x2f, 1, unsigned(offset)];
}

/** Runs `body` once and again as long as `condition`, evaluated after it, is not 0. */
export function repeatWhile(body: Code, condition: Code): Code {
  return [0x03, 0x40, body, condition, 0x0d, 0, 0x0b];
}

/** Runs `then` if `condition` is not 0. */
export function when(condition: Code, then: Code): Code {
  return [condition, 0x04, 0x40, then, 0x0b];
}

/**
 * Steps `pointer` by `step` from where it stands up to `end`, running `body` each time; at least
 * once.
 */
export function sweep(pointer: Local, end: Local, step: number, body: Code): Code {
  return repeatWhile(
    [body, set(pointer, add(get(pointer), constant(step)))],
    lessThan(get(pointer), get(end)),
  );
}
