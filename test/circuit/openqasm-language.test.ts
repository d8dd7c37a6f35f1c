/**
 * What OpenQASM 3 means, feature by feature: short programs and the one outcome or distribution they must have.
 */
import { expect, test } from "vitest";
import { programOfOpenQasm, simulate } from "#circuit";

type Case = readonly [
  feature: string,
  body: string,
  outcome: string | Readonly<Record<string, number>>,
];

const CASES: readonly Case[] = [
  ["nothing at all", "", { "": 1 }],
  ["qubits without bits are reported as if measured", "qubit[2] q; x q[1];", "10"],
  ["a bit is 0 before it is written", "bit[3] c;", "000"],
  ["a literal has its most significant bit first", 'bit[4] c = "0011";', "0011"],
  ["registers in order of declaration", 'bit b = 1; bit[2] c = "01"; bit a;', "1 01 0"],
  [
    "measure of a register, index 0 to index 0",
    "qubit[3] q; bit[3] c; x q[0]; c = measure q;",
    "001",
  ],
  ["measure with an arrow", "qubit q; bit c; x q; measure q -> c;", "1"],
  [
    "measure without a target",
    "qubit q; bit c; h q; measure q; h q; c = measure q;",
    { "0": 0.5, "1": 0.5 },
  ],
  [
    "measured twice, the same",
    "qubit q; bit[2] c; h q; c[0] = measure q; c[1] = measure q;",
    { "00": 0.5, "11": 0.5 },
  ],
  ["reset", "qubit q; bit c; x q; reset q; c = measure q;", "0"],
  [
    "reset of one of two entangled qubits leaves a mixture",
    "qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; reset q[0]; h q[1]; c = measure q;",
    { "00": 0.5, "10": 0.5 },
  ],
  [
    "broadcast over registers and single qubits",
    "qubit[2] a; qubit b; bit[3] c; x a; cx a, b; c[0:1] = measure a; c[2] = measure b;",
    "011",
  ],
  [
    "physical qubits are numbered by use",
    "bit[2] c; x $7; c[0] = measure $3; c[1] = measure $7;",
    "10",
  ],
  ["negative indices count from the end", "qubit[3] q; bit[3] c; x q[-1]; c = measure q;", "100"],
  ["slices with a step", "qubit[5] q; bit[5] c; x q[0:2:4]; c = measure q;", "10101"],
  ["slices backwards", 'bit[4] c = "0001"; bit[4] d; d = c[3:-1:0];', "0001 1000"],
  ["sets of indices", "qubit[4] q; bit[4] c; x q[{0, 3}]; c = measure q;", "1001"],
  [
    "aliases of slices and concatenations",
    "qubit[2] a; qubit[2] b; bit[4] c; let ab = a ++ b; let mid = ab[1:2]; x mid; c = measure ab;",
    "0110",
  ],
  [
    "an alias keeps what it named when it was made",
    "qubit[2] q; bit[2] c; int i = 0; let r = q[{i}]; i = 1; x r; c = measure q;",
    "01",
  ],
  [
    "inv, pow and ctrl from left to right",
    "qubit[2] q; bit[2] c; x q[0]; ctrl @ pow(2) @ sx q[0], q[1]; c = measure q;",
    "11",
  ],
  [
    "negctrl acts where the control is 0",
    "qubit[2] q; bit[2] c; negctrl @ x q[0], q[1]; c = measure q;",
    "10",
  ],
  [
    "ctrl(2) takes two controls",
    "qubit[3] q; bit[3] c; x q[0:1]; ctrl(2) @ x q[0], q[1], q[2]; c = measure q;",
    "111",
  ],
  [
    "the phase of U shows under ctrl: twice a controlled U(pi, 0, pi) is a Z of the control",
    "qubit[2] q; bit[2] c; h q[0]; ctrl @ U(pi, 0, pi) q[0], q[1]; ctrl @ U(pi, 0, pi) q[0], q[1]; " +
      "h q[0]; c = measure q;",
    "01",
  ],
  [
    "a root and its power cancel",
    "qubit q; bit c; pow(3) @ inv @ pow(1/3.0) @ x q; x q; c = measure q;",
    "0",
  ],
  [
    "inv of a root is not the root of an inverse",
    "qubit q; bit c; h q; inv @ pow(0.5) @ z q; pow(0.5) @ inv @ z q; h q; c = measure q;",
    "0",
  ],
  [
    "a power of a defined gate",
    "gate g a, b { h a; cx a, b; } qubit[2] q; bit[2] c; pow(3) @ g q[0], q[1]; pow(-3) @ g q[0], q[1]; c = measure q;",
    "00",
  ],
  [
    "a root of a defined gate",
    "gate g a, b { cx a, b; x a; } qubit[2] q; bit[2] c; pow(0.5) @ g q[0], q[1]; pow(0.5) @ g q[0], q[1]; c = measure q;",
    "01",
  ],
  [
    "gphase of a whole program is not seen",
    "qubit q; bit c; gphase(0.3); x q; c = measure q;",
    "1",
  ],
  [
    "gates with loops in their bodies",
    "gate g a { for int i in [1:3] { x a; } } qubit q; bit c; g q; c = measure q;",
    "1",
  ],
  ["integers wrap around", "uint[4] n = 15; n += 1; bit c = n == 0;", "1"],
  ["signed integers too", "int[4] n = 7; n += 1; bit c = n == -8;", "1"],
  [
    "division of integers drops the rest",
    "bit[2] c; c[0] = 7 / 2 == 3; c[1] = -7 / 2 == -3;",
    "11",
  ],
  ["division of floats does not", "bit c = 7 / 2.0 == 3.5;", "1"],
  [
    "** before unary minus, from the right",
    "bit[2] c; c[0] = -2 ** 2 == -4; c[1] = 2 ** 3 ** 2 == 512;",
    "11",
  ],
  ["& after ==, && after |", "bit c = (6 & 3 == 3) == false || true;", "1"],
  [
    "shifts drop bits",
    'uint[4] n = 9; n <<= 1; bit c = n == 2; bit[4] r = "1000"; r >>= 3;',
    "1 0001",
  ],
  [
    "bits of an integer",
    "uint[4] n = 10; bit[4] c; c[0] = n[0]; c[1] = n[1]; c[2:3] = n[2:3]; ",
    "1010",
  ],
  ["bits of an integer can be set", 'int[32] n = 15; n[4:7] = "1010"; bit c = n == 175;', "1"],
  ["a register is cast to a number", 'bit[4] c = "0110"; bit ok = uint[4](c) == 6;', "0110 1"],
  ["and a signed one has a sign", 'bit[2] c = "11"; bit ok = int[2](c) == -1;', "11 1"],
  [
    "popcount, rotl, rotr",
    'bit[4] c = "1001"; bit[4] l = rotl(c, 1); bit[4] r = rotr(c, 1); bit n = popcount(c) == 2;',
    "1001 0011 1100 1",
  ],
  ["angles count in parts of a turn", "angle[4] a = pi / 2; bit[4] c = bit[4](a);", "0100"],
  [
    "angles are added modulo a turn",
    "angle[4] a = 7 * (pi / 8); angle[4] b = 5 * (pi / 4); bit[4] c = bit[4](a + b);",
    "0001",
  ],
  [
    "an angle times an integer, divided by an angle",
    "angle[4] a = 5 * (pi / 4); uint[4] two = 2; bit[4] c = bit[4](two * a); angle[4] b = pi / 8; bit ok = a / b == 10;",
    "0100 1",
  ],
  [
    "complex numbers",
    "complex[float[64]] a = 10.0 + 5.0im; complex[float[64]] b = -2.0 - 7.0im; bit c = real(a * b) == 15.0 && imag(a * b) == -80.0;",
    "1",
  ],
  [
    "functions",
    "bit c = floor(2.7) + ceiling(2.1) + sqrt(9.0) == 8.0 && mod(7, 4) == 3 && arctan(tan(0.5)) > 0.49;",
    "1",
  ],
  [
    "arrays, negative indices, slices, copies",
    "array[int[8], 3] a = {1, 2, 3}; array[int[8], 2, 3] b; b[1] = a; a[0] = 9; bit c = b[1, 0] == 1 && a[-1] == 3 && b[-1, 2] == 3;",
    "1",
  ],
  [
    "arrays joined, slices assigned",
    "array[int[8], 2] a = {0, 1}; array[int[8], 3] b = {2, 3, 4}; array[int[8], 5] j = a ++ b; b[1:2] = a[0:1]; bit c = j[4] == 4 && b[1] == 0 && b[2] == 1;",
    "1",
  ],
  [
    "sizeof",
    "array[float[64], 8, 4] a; bit[3] c; c[0] = sizeof(a) == 8; c[1] = sizeof(a, 1) == 4; c[2] = sizeof(a[0]) == 4;",
    "111",
  ],
  [
    "subroutines with arrays by reference",
    "array[int[8], 4] a = {1, 2, 3, 4}; def put(mutable array[int[8], #dim = 1] v) { v[0] = 7; } put(a[2:3]); bit c = a[2] == 7;",
    "1",
  ],
  [
    "subroutines with values, results, qubits",
    "def twice(int[8] n) -> int[8] { return 2 * n; } bit c = twice(twice(3)) == 12;",
    "1",
  ],
  [
    "a subroutine that measures",
    "def flip(qubit a) -> bit { x a; return measure a; } qubit q; bit[2] c; c[0] = flip(q); c[1] = flip(q);",
    "01",
  ],
  [
    "a subroutine given its qubits like a gate",
    "def turn(angle[32] a) { } def pair(int n, qubit[2] p) { for int i in [1:n] x p; } qubit[2] q; bit[2] c; pair(3) q; c = measure q;",
    "11",
  ],
  [
    "variables of a subroutine are new in each call",
    "def count() -> int { int n; n += 1; return n; } int a = count(); int b = count(); bit c = a + b == 2;",
    "1",
  ],
  [
    "&& does not call what it does not need",
    "array[int[8], 1] n; def bump(mutable array[int[8], 1] v) -> bool { v[0] += 1; return true; } bool b = false && bump(n); b = true || bump(n); b = true && bump(n); bit c = n[0] == 1;",
    "1",
  ],
  [
    "for over a range downwards",
    "uint[8] m = 0; for uint i in [3:-1:1] { m = 10 * m + i; } bit c = m == 321 % 256;",
    "1",
  ],
  [
    "for over a set, a register, an array",
    'int m = 0; for int i in {1, 5, 10} m += i; bit[3] r = "101"; for bit b in r { if (b) m += 100; } array[int[8], 2] a = {1, 2}; for int[8] i in a m += 1000 * i; bit c = m == 3216;',
    "101 1",
  ],
  ["an empty range", "int m = 0; for int i in [2:1] m += 1; bit c = m == 0;", "1"],
  [
    "changing the loop variable does not change the loop",
    "int m = 0; for int i in [0:2] { m += 1; i = 5; } bit c = m == 3;",
    "1",
  ],
  [
    "while, break, continue",
    "int i = 0; int m = 0; while (true) { i += 1; if (i == 2) continue; if (i > 4) break; m += i; } bit c = m == 8;",
    "1",
  ],
  [
    "switch takes one case, without falling through",
    "int m = 0; for int i in [0:4] { switch (i) { case 0, 3 { m += 1; } case 1 { m += 10; } default { m += 100; } } } bit c = m == 212;",
    "1",
  ],
  [
    "inner scopes hide names",
    "int a = 1; { int a = 5; a += 1; } if (true) { int a = 7; } bit c = a == 1;",
    "1",
  ],
  [
    "variables of a block are new in each round",
    "int m = 0; for int i in [1:3] { int n; n += i; m += n; } bit c = m == 6;",
    "1",
  ],
  ["end stops at once", "bit[2] c; c[0] = 1; if (c[0]) { end; } c[1] = 1;", "01"],
  [
    "const is known when sizes are",
    "const uint N = 2 + 1; qubit[N] q; bit[N - 1] c; x q[N - 1]; c = measure q[1:2];",
    "10",
  ],
  [
    "if on an outcome",
    "qubit[2] q; bit c; bit d; h q[0]; c = measure q[0]; if (c == 1) x q[1]; d = measure q[1];",
    { "0 0": 0.5, "1 1": 0.5 },
  ],
  [
    "arithmetic with an outcome",
    "qubit q; bit c; int n = 3; h q; c = measure q; n += int(c); bit d = n == 4;",
    { "0 0": 0.5, "1 1": 0.5 },
  ],
  [
    "an outcome as an index",
    "qubit[2] q; bit c; bit[2] d; x q[0]; c = measure q[0]; x q[uint(c)]; d = measure q;",
    "1 11",
  ],
  [
    "repeat until success ends",
    "qubit q; bit c = 1; int n = 0; while (c) { h q; c = measure q; if (c) { x q; } n += 1; if (n == 50) break; } bit d = n > 0;",
    "0 1",
  ],
  [
    "output restricts what is reported",
    "qubit q; bit hidden; output bit[2] c; x q; hidden = measure q; c[1] = hidden;",
    "10",
  ],
  ["an output can be an integer", "output uint[4] n; n = 5;", "0101"],
  [
    "annotations, pragmas, nop and barriers change nothing",
    "pragma vendor.thing\n@keep this\nqubit q; bit c; nop q; barrier q; barrier; x q; c = measure q;",
    "1",
  ],
];

test.each(CASES)("%s", (_feature, body, outcome) => {
  const program = programOfOpenQasm(`OPENQASM 3.1;\ninclude "stdgates.inc";\n${body}`);
  const { probabilities = {} } = simulate(program, { shots: 0, seed: 1, exact: true });
  const expected = typeof outcome === "string" ? { [outcome]: 1 } : outcome;
  for (const key of new Set([...Object.keys(expected), ...Object.keys(probabilities)])) {
    const difference = (probabilities[key] ?? 0) - (expected[key] ?? 0);
    expect(Math.abs(difference), key).toBeLessThan(1e-12);
  }
});

test("OpenQASM 2: reals in parameters, its own functions, if over a register, gates of its own", () => {
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
