/**
 * Flaws: one per place, in words and places that survive any input.
 */
import { expect, test } from "vitest";
import { z } from "zod";
import { Fault } from "#foundation";
import { decisionFaults } from "./faults.ts";
import { flawedInput, flawsOf, isRecord, pointer, quoted, refuseFlawed } from "./flaws.ts";

test("every unknown member gets a flaw of its own", () => {
  const parsed = z.strictObject({ a: z.strictObject({}) }).safeParse({ a: { "x/y": 1, z: 2 } });
  const flaws = parsed.success ? [] : flawsOf(parsed.error, "/defaults");
  expect(flaws.map((flaw) => flaw.pointer)).toEqual(["/defaults/a/x~1y", "/defaults/a/z"]);
});

test("no flaws, no fault", () => {
  expect(() => refuseFlawed(decisionFaults.requestInvalid, "flaws", [])).not.toThrow();
});

test("a fault lists a hundred flaws and says how many more there are", () => {
  const flaws = Array.from({ length: 123 }, (_, index) => ({ pointer: `/${index}`, message: "" }));
  const fault = flawedInput(decisionFaults.requestInvalid, "flaws in a request", flaws);
  expect(fault).toBeInstanceOf(Fault);
  expect(fault.flaws).toEqual(flaws.slice(0, 100));
  expect(fault.message).toContain("got 123");
  expect(fault.message).toContain("23 more");
});

test.each([
  { path: [], text: "", remark: "the whole" },
  { path: ["a", 0], text: "/a/0", remark: "names and indices" },
  { path: ["a/b", "~"], text: "/a~1b/~0", remark: "escapes of RFC 6901" },
  { path: ["\ud800"], text: "/\ufffd", remark: "a lone surrogate" },
])("pointer: $remark", ({ path, text }) => {
  expect(pointer(path)).toBe(text);
});

test("a quoted text is short and well-formed", () => {
  expect(quoted('a"b')).toBe('"a\\"b"');
  expect(quoted("x".repeat(1000)).length).toBeLessThan(50);
  expect(quoted("\ud800").isWellFormed()).toBe(true);
});

test.each([
  { value: {}, is: true, remark: "a plain object" },
  { value: Object.create(null), is: true, remark: "one without prototype" },
  { value: [], is: false, remark: "an array" },
  { value: null, is: false, remark: "null" },
  { value: new Map(), is: false, remark: "of a class" },
])("isRecord: $remark", ({ value, is }) => {
  expect(isRecord(value)).toBe(is);
});
