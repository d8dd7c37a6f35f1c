/**
 * What is done to sound JSON so that it is nearly sound, or not at all: one place of the value
 * replaced, removed, repeated or wrapped, or the text itself broken.
 */
import fc from "fast-check";
import { isObject, type Json } from "./json.ts";

const DEEP = 200;
const HUGE = 100_000;

const NASTY_TEXTS = [
  ...["", " ", "\0", "\u202e", "\ufeff", "\ud800", "null", "NaN", "__proto__", "constructor"],
  ...["../../etc/passwd", "%00", "{{7*7}}", "' or 1=1 --", "<script>alert(1)</script>"],
  ...["1970-01-01T00:00:00Z", "+275760-09-13T00:00:00Z", "0000-00-00T00:00:00Z", "GBP", "1e309"],
  ...[
    "x".repeat(HUGE),
    "﷽".repeat(2000),
    "e\u0301".repeat(500),
    "👩‍👩‍👧",
    "a@1",
    "patient@999999999",
  ],
];
const NASTY_NUMBERS = [
  ...[0, -0, 1, -1, 0.5, 1e-308, 5e-324, 1e308, -1e308, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 1],
  ...[-(2 ** 63), 1e21, 1e-7, 255, 256, 65_536, 100_001],
];
const NASTY_NAMES = [
  ...["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "length", "", "0"],
  ...["$ref", "then", "toJSON", "valueOf", "\u0000", "ключ", "a/b~c", "x".repeat(300)],
];

const nested = (open: string, inside: string, close: string): Json =>
  JSON.parse(open.repeat(DEEP) + inside + close.repeat(DEEP));

const nasty: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...NASTY_TEXTS),
  fc.constantFrom<Json>(...NASTY_NUMBERS),
  fc.constantFrom<Json>(null, true, false, [], {}, [[]], [null], { a: {} }),
  fc.constantFrom<Json>(nested("[", "", "]"), nested('{"a":', "1", "}")),
  fc.constantFrom<Json>(Array.from({ length: 3000 }, () => 0)),
  fc.constantFrom<Json>(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`k${at}`, at]))),
  fc.constantFrom(...NASTY_NAMES).map((name): Json => JSON.parse(`{${JSON.stringify(name)}:1}`)),
);

/** `value` with one to three places changed. */
export function mutated(values: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  const change = fc.record({ place: fc.nat(), kind: fc.nat(5), by: nasty });
  return fc
    .tuple(values, fc.array(change, { minLength: 1, maxLength: 3 }))
    .map(([value, changes]) =>
      changes.reduce((now, { place, kind, by }) => changedAt(now, place, kind, by), value),
    );
}

/** Replaces the value at the `place`-th place (counted round) of the tree. */
function changedAt(value: Json, place: number, kind: number, by: Json): Json {
  const target = place % countOf(value);
  let at = -1;
  const walk = (part: Json): Json => {
    at += 1;
    if (at === target) return changed(part, kind, by);
    if (Array.isArray(part)) return part.map(walk);
    if (!isObject(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(value);
}

function changed(part: Json, kind: number, by: Json): Json {
  switch (kind) {
    case 0:
      return [part];
    case 1:
      return isObject(part) ? Object.fromEntries(Object.entries(part).slice(1)) : null;
    case 2:
      return isObject(part) ? { ...part, [typeof by === "string" ? by : "unknown"]: by } : by;
    case 3:
      return Array.isArray(part) ? [...part, ...part, by] : by;
    default:
      return by;
  }
}

function countOf(value: Json): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, part) => sum + countOf(part), 1);
}

/** Texts that are no JSON any more, or JSON two readers would understand differently. */
export function brokenText(values: fc.Arbitrary<Json>): fc.Arbitrary<Buffer> {
  return fc
    .tuple(
      values.map((value) => JSON.stringify(value)),
      fc.nat(),
      fc.nat(11),
    )
    .map(([text, at, kind]) => broken(text, at % (text.length + 1), kind));
}

function broken(text: string, at: number, kind: number): Buffer {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  switch (kind) {
    case 0:
      return Buffer.from(before);
    case 1:
      return Buffer.from(text.replace("{", '{"k":1,"k":2,'));
    case 2:
      return Buffer.from(text.replace("{", '{"__proto__":{"k":1},'));
    case 3:
      return Buffer.concat([
        Buffer.from(before),
        Buffer.from([0xff, 0xc0, 0xaf]),
        Buffer.from(after),
      ]);
    case 4:
      return Buffer.from(`\uFEFF${text}`);
    case 5:
      return Buffer.from(`${text}${text}`);
    case 6:
      return Buffer.from(text.replace(/\d+/, "NaN"));
    case 7:
      return Buffer.from(text.replace(/\d+/, "1".repeat(5000)));
    case 8:
      return Buffer.from(`${"[".repeat(50_000)}${text}`);
    case 9:
      return Buffer.from(text, "utf16le");
    case 10:
      return Buffer.from(`${before}\u0000${after}`);
    default:
      return Buffer.from(`${'{"a":'.repeat(65)}${text}${"}".repeat(65)}`);
  }
}
