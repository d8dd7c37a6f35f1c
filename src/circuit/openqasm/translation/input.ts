/**
 * Inputs: values that the caller gives before a run, checked against the declared type.
 */
import { unreachable } from "#foundation";
import type { InputSlot, Memory } from "../../machine/code.ts";
import type { Result } from "../meaning/subroutine-shape.ts";
import {
  bitWidth,
  radiansToAngle,
  reduced,
  type Scalar,
  typeText,
  type ValueType,
} from "../values/value-type.ts";
import type { Translator } from "./translator.ts";

/** Registers the input `name`, whose value is put into `held`. */
export function declareInput(t: Translator, name: string, type: ValueType, held: Result): void {
  const write: InputSlot["write"] = (memory, given) => {
    const value = inputValue(type, given);
    if (value === undefined) return JSON.stringify(given);
    put(memory, held, value);
    return undefined;
  };
  t.inputs.push({ name, expected: `a value of type ${typeText(type)}`, write });
}

/** What `given` means as a value of `type`; `undefined` if it is none. */
function inputValue(type: ValueType, given: number | string | boolean): Scalar | undefined {
  switch (type.kind) {
    case "bool":
    case "bit":
      return truth(given);
    case "bits":
      return register(type.width, given);
    case "int":
    case "uint": {
      const value = integer(given);
      return value !== undefined && reduced(type, value) === value ? value : undefined;
    }
    case "float": {
      const value = real(given);
      return value === undefined ? undefined : reduced(type, value);
    }
    case "angle": {
      const value = real(given);
      return value === undefined ? undefined : radiansToAngle(value, bitWidth(type));
    }
    case "complex": {
      const value = real(given);
      return value === undefined ? undefined : reduced(type, { re: value, im: 0 });
    }
    default:
      return unreachable(type);
  }
}

function truth(given: number | string | boolean): boolean | undefined {
  if ([true, 1, "1", "true"].includes(given)) return true;
  return [false, 0, "0", "false"].includes(given) ? false : undefined;
}

/** Binary digits, most significant first, or an unsigned number. */
function register(width: number, given: number | string | boolean): bigint | undefined {
  if (typeof given === "string" && given.length === width && /^[01]+$/.test(given)) {
    return BigInt(`0b${given}`);
  }
  const value = typeof given === "number" ? integer(given) : undefined;
  return value !== undefined && BigInt.asUintN(width, value) === value ? value : undefined;
}

function integer(given: number | string | boolean): bigint | undefined {
  if (typeof given === "number") return Number.isSafeInteger(given) ? BigInt(given) : undefined;
  return typeof given === "string" && /^-?[0-9]{1,40}$/.test(given) ? BigInt(given) : undefined;
}

function real(given: number | string | boolean): number | undefined {
  const isNumber = /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/;
  const value = typeof given === "string" && isNumber.test(given) ? Number(given) : given;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function put(memory: Memory, held: Result, value: Scalar): void {
  if (held.kind === "scalar") {
    memory[held.cell] = value;
    return;
  }
  const bits = typeof value === "bigint" ? value : value === true ? 1n : 0n;
  for (const [place, cell] of (held.list.fixed ?? []).entries()) {
    memory[cell] = Number((bits >> BigInt(place)) & 1n);
  }
}
