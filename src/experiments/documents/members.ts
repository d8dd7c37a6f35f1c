/**
 * Reading what people wrote: the members of a JSON document, each checked where it is taken, every
 * flaw kept with its place. A flawed member reads as a harmless value, so that one pass finds all.
 */
import type { Flaw } from "#foundation";

/** What a number may be. */
export interface NumberBounds {
  readonly min?: number;
  readonly max?: number;
  /** Greater than this. */
  readonly above?: number;
  readonly whole?: boolean;
  /** Taken where the member is absent; without it the member must be there. */
  readonly usual?: number;
}

/** One object of the document. */
export interface Members {
  readonly pointer: string;
  has(name: string): boolean;
  text(name: string, usual?: string): string;
  number(name: string, bounds?: NumberBounds): number;
  flag(name: string, usual: boolean): boolean;
  choice<Name extends string>(name: string, names: readonly Name[], usual?: Name): Name;
  /** An object, read by `read`. */
  object<Value>(name: string, read: (members: Members) => Value): Value;
  /** An array of at least `least` values, each read by `read`. */
  list<Value>(
    name: string,
    read: (value: unknown, pointer: string) => Value,
    least?: number,
  ): Value[];
  /** Reports a flaw of this object as a whole, or of one member. */
  flaw(message: string, name?: string): void;
}

/** The members of `value` at `pointer`; flaws go to `flaws`. Other members are left alone. */
export function membersOf(value: unknown, pointer: string, flaws: Flaw[]): Members {
  const object = isRecord(value) ? value : {};
  const flaw = (message: string, name?: string) => {
    flaws.push({ pointer: name === undefined ? pointer : `${pointer}/${name}`, message });
  };
  if (!isRecord(value)) flaw(`expected an object, got ${shown(value)}`);
  const expected = (name: string, what: string) =>
    flaw(`expected ${what}, got ${shown(object[name])}`, name);
  return {
    pointer,
    has: (name) => object[name] !== undefined,
    text: (name, usual) => {
      const text = object[name] ?? usual;
      if (typeof text === "string" && text !== "") return text;
      expected(name, "text");
      return "?";
    },
    number: (name, bounds = {}) => {
      const number = object[name] ?? bounds.usual;
      if (typeof number === "number" && isWithin(number, bounds)) return number;
      expected(name, boundsText(bounds));
      return bounds.usual ?? 1;
    },
    flag: (name, usual) => {
      const flag = object[name] ?? usual;
      if (typeof flag === "boolean") return flag;
      expected(name, "true or false");
      return usual;
    },
    choice: (name, names, usual) => {
      const text = object[name] ?? usual;
      return choiceAt(text, `${pointer}/${name}`, names, flaws);
    },
    object: (name, read) => read(membersOf(object[name], `${pointer}/${name}`, flaws)),
    list: (name, read, least = 0) => {
      const values = object[name] ?? [];
      if (Array.isArray(values) && values.length >= least) {
        return values.map((one: unknown, index) => read(one, `${pointer}/${name}/${index}`));
      }
      expected(name, least > 0 ? `an array of at least ${least}` : "an array");
      return [];
    },
    flaw,
  };
}

/** Text on its own, as a list holds it. */
export function textAt(value: unknown, pointer: string, flaws: Flaw[]): string {
  if (typeof value === "string" && value !== "") return value;
  flaws.push({ pointer, message: `expected text, got ${shown(value)}` });
  return "?";
}

/** One of some names on its own, as a list holds it. */
export function choiceAt<Name extends string>(
  value: unknown,
  pointer: string,
  names: readonly Name[],
  flaws: Flaw[],
): Name {
  const found = names.find((one) => one === value);
  if (found !== undefined) return found;
  const message = `expected one of ${names.join(", ")}, got ${shown(value)}`;
  flaws.push({ pointer, message });
  return names[0];
}

function isWithin(number: number, { min, max, above, whole }: NumberBounds): boolean {
  return (
    Number.isFinite(number) &&
    number >= (min ?? number) &&
    number <= (max ?? number) &&
    (above === undefined || number > above) &&
    (!whole || Number.isSafeInteger(number))
  );
}

function boundsText({ min, max, above, whole }: NumberBounds): string {
  const limits = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ].join(" and ");
  const of = limits === "" || above !== undefined ? "" : "of ";
  return `a ${whole ? "whole " : ""}number ${of}${limits}`.trimEnd();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value).toWellFormed();
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
