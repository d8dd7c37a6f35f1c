/**
 * What OpenQASM means: the cases of language-cases.qasm, and what lies outside of one program.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { programOfOpenQasm, simulate } from "#circuit";

interface Case {
  readonly feature: string;
  readonly expected: Readonly<Record<string, number>>;
  readonly body: string;
}

const CASES: readonly Case[] = readFileSync(new URL("language-cases.qasm", import.meta.url), "utf8")
  .split(/^\/\/\/\/ (?!gives)/m)
  .slice(1)
  .map((text) => {
    const [feature, gives, ...body] = text.split("\n");
    const expected = JSON.parse(`{${gives.replace("//// gives ", "")}}`);
    return { feature, expected, body: body.join("\n") };
  });

test.each(CASES)("$feature", ({ expected, body }) => {
  const program = programOfOpenQasm(`OPENQASM 3.1;\ninclude "stdgates.inc";\n${body}`);
  const { probabilities = {} } = simulate(program, { shots: 0, seed: 1, exact: true });
  for (const key of new Set([...Object.keys(expected), ...Object.keys(probabilities)])) {
    const difference = (probabilities[key] ?? 0) - (expected[key] ?? 0);
    expect(Math.abs(difference), key).toBeLessThan(1e-12);
  }
});

test("the file of cases is not empty", () => {
  expect(CASES.length).toBe(78);
});

test("OpenQASM 2: real parameters, its own functions, if over a register, own gates", () => {
  const program = programOfOpenQasm(
    'OPENQASM 2.0; include "qelib1.inc"; gate half(a) q { rx(a/2) q; } opaque magic(a) q;' +
      "qreg q[2]; creg c[2]; half(2*pi) q[0]; ry(2^1*pi*1/2) q[1]; ry(ln(exp(1))-cos(0)) q[1];" +
      "measure q[0] -> c[0]; if(c==1) x q[1]; measure q[1] -> c[1]; if(c==3) x q[0];",
  );
  const { probabilities = {} } = simulate(program, { shots: 0, seed: 1, exact: true });
  expect(Object.keys(probabilities)).toEqual(["01"]);
});

test("inputs are checked against their types", () => {
  const program = programOfOpenQasm(
    'include "stdgates.inc"; input float a; input bit[2] b; input int[4] n; qubit q; bit[3] c;' +
      "rx(a) q; c[0:1] = b; c[2] = n == -8;",
  );
  const run = (inputs: Record<string, number | string | boolean>) =>
    simulate(program, { shots: 1, seed: 1, exact: false, inputs }).counts;
  expect(run({ a: "1.5", b: "10", n: -8 })).toEqual({ "110": 1 });
  expect(run({ a: 1, b: 1, n: "7" })).toEqual({ "001": 1 });
  const wrong: readonly (readonly [Record<string, number | string | boolean>, RegExp])[] = [
    [{ a: 1, b: "10" }, /input n, expected a value of type int\[4\], got nothing/],
    [{ a: 1, b: "10", n: 8 }, /input n, expected a value of type int\[4\], got 8/],
    [{ a: "one", b: "10", n: 0 }, /input a, expected a value of type float, got "one"/],
    [{ a: 1, b: "100", n: 0 }, /input b, expected a value of type bit\[2\], got "100"/],
    [{ a: 1, b: "10", n: 0, m: 1 }, /inputs, expected a, b, n, got m/],
  ];
  for (const [inputs, message] of wrong) expect(() => run(inputs)).toThrow(message);
});

test("a file can include others, which are found by whoever reads it", () => {
  const files: Readonly<Record<string, string>> = {
    "mine.inc": "gate flip a { x a; }",
    "loop.inc": 'include "loop.inc";',
  };
  const readInclude = (path: string) => files[path];
  const text = 'include "stdgates.inc"; include "mine.inc"; qubit q; flip q;';
  const program = programOfOpenQasm(text, { readInclude });
  expect(simulate(program, { shots: 1, seed: 1, exact: false }).counts).toEqual({ "1": 1 });
  expect(() => programOfOpenQasm('include "loop.inc";', { readInclude })).toThrow(
    /at most 16 deep/,
  );
  expect(() => programOfOpenQasm(text)).toThrow(/a file that can be read, got "mine.inc"/);
});
