/**
 * The built-in functions of OpenQASM (specification, "Built-in constant expression functions"). A
 * row per overload; the first whose parameters the arguments convert to by themselves is taken.
 */
import { complex, exponential, principalPower } from "../../gates/complex.ts";
import { type Position, Rejection } from "../source.ts";
import { implicitly } from "./conversion.ts";
import { type Typed, trap, typed } from "./typed.ts";
import {
  angleToRadians,
  asBigint,
  asComplex,
  asNumber,
  bitWidth,
  reduced,
  type Scalar,
  typeText,
  type ValueType,
} from "./value-type.ts";

const FLOAT: ValueType = { kind: "float", width: undefined };
const INT: ValueType = { kind: "int", width: undefined };
const UINT: ValueType = { kind: "uint", width: undefined };
const COMPLEX: ValueType = { kind: "complex", width: undefined };

interface Overload {
  readonly parameters: readonly ValueType[];
  readonly result: ValueType;
  readonly compute: (values: readonly Scalar[], at: Position) => Scalar;
}

const real = (compute: (x: number) => number): Overload => ({
  parameters: [FLOAT],
  result: FLOAT,
  compute: ([x]) => compute(asNumber(x)),
});

const ofComplex = (
  result: ValueType,
  compute: (z: ReturnType<typeof complex>) => Scalar,
): Overload => ({
  parameters: [COMPLEX],
  result,
  compute: ([z]) => compute(asComplex(z)),
});

const overloads: Readonly<Record<string, readonly Overload[]>> = {
  arccos: [real(Math.acos)],
  arcsin: [real(Math.asin)],
  arctan: [real(Math.atan)],
  ceiling: [real(Math.ceil)],
  cos: [real(Math.cos)],
  exp: [real(Math.exp), ofComplex(COMPLEX, exponential)],
  floor: [real(Math.floor)],
  imag: [ofComplex(FLOAT, (z) => z.im)],
  log: [real(Math.log)],
  mod: [
    {
      parameters: [INT, INT],
      result: INT,
      compute: ([a, b], at) =>
        asBigint(b) === 0n
          ? trap(at, "expected a divisor other than 0, got 0")
          : asBigint(a) % asBigint(b),
    },
    {
      parameters: [FLOAT, FLOAT],
      result: FLOAT,
      compute: ([a, b]) => asNumber(a) % asNumber(b),
    },
  ],
  real: [ofComplex(FLOAT, (z) => z.re)],
  sin: [real(Math.sin)],
  sqrt: [real(Math.sqrt), ofComplex(COMPLEX, (z) => principalPower(z, complex(0.5)))],
  tan: [real(Math.tan)],
};

const TRIGONOMETRIC = ["sin", "cos", "tan"];
const ON_BITS = ["popcount", "rotl", "rotr"];

/** Whether `name` is a function of the language. */
export function isBuiltInFunction(name: string): boolean {
  return Object.hasOwn(overloads, name) || ON_BITS.includes(name);
}

/** The value of the built-in function `name`. */
export function callBuiltIn(at: Position, name: string, values: readonly Typed[]): Typed {
  if (ON_BITS.includes(name)) return callOnBits(at, name, values);
  const given = TRIGONOMETRIC.includes(name) ? values.map(inRadians) : values;
  for (const { parameters, result, compute } of overloads[name]) {
    const converted = convertedTo(parameters, given);
    if (converted === undefined) continue;
    return typed(at, result, converted, (memory) =>
      compute(
        converted.map((value) => value.evaluate(memory)),
        at,
      ),
    );
  }
  throw noOverload(at, name, values);
}

function convertedTo(
  parameters: readonly ValueType[],
  values: readonly Typed[],
): readonly Typed[] | undefined {
  if (parameters.length !== values.length) return undefined;
  try {
    return values.map((value, index) => implicitly(value, parameters[index]));
  } catch (thrown) {
    if (thrown instanceof Rejection) return undefined;
    throw thrown;
  }
}

function inRadians(value: Typed): Typed {
  const { type } = value;
  if (type.kind !== "angle") return value;
  return typed(value.at, FLOAT, [value], (memory) =>
    angleToRadians(asBigint(value.evaluate(memory)), bitWidth(type)),
  );
}

/**
 * `popcount`, `rotl` and `rotr`: functions of the bits of registers, unsigned integers and angles.
 */
function callOnBits(at: Position, name: string, values: readonly Typed[]): Typed {
  const [subject] = values;
  const type = subject?.type;
  const hasBits = type?.kind === "bits" || type?.kind === "uint" || type?.kind === "angle";
  if (!hasBits || values.length !== (name === "popcount" ? 1 : 2))
    throw noOverload(at, name, values);
  if (name === "popcount") {
    return typed(at, UINT, [subject], (memory) => {
      const digits = asBigint(subject.evaluate(memory)).toString(2);
      return BigInt(digits.replaceAll("0", "").length);
    });
  }
  const width = bitWidth(type);
  const distance = implicitly(values[1], INT);
  return typed(at, type, [subject, distance], (memory) => {
    const value = asBigint(subject.evaluate(memory));
    const places = asBigint(distance.evaluate(memory)) * (name === "rotl" ? 1n : -1n);
    if (width === 0) return value;
    const turn = ((places % BigInt(width)) + BigInt(width)) % BigInt(width);
    return reduced(type, (value << turn) | (value >> (BigInt(width) - turn)));
  });
}

function noOverload(at: Position, name: string, values: readonly Typed[]): Rejection {
  const got = values.map((value) => typeText(value.type)).join(", ") || "nothing";
  return new Rejection(at, `expected arguments that ${name} takes, got ${got}`);
}
