/**
 * What is wrong with a program is said where it is wrong; what goes wrong in a run, too; and no
 * text, however odd, makes the reader hang or break.
 */
import { expect, test } from "vitest";
import { circuitOfOpenQasm, programOfOpenQasm, simulate, translateOpenQasm } from "#circuit";
import { Fault, randomStream } from "#foundation";

type Case = readonly [place: string, message: string, body: string];

/** Places count from the line behind the header. */
const REFUSED: readonly Case[] = [
  ["1:10", "expected a gate that is declared, got foo", "qubit q; foo q;"],
  ["1:16", "expected a declared name, got r", "qubit q; cx q, r;"],
  ["1:10", "expected 2 operands, got 1", "qubit q; cx q;"],
  ["1:10", "expected 1 parameter of rx, got 2", "qubit q; rx(1, 2) q;"],
  ["1:18", "expected each qubit once, got one twice", "qubit[2] q; x q; cx q[0], q[0];"],
  ["1:25", "expected registers of equal size", "qubit[2] a; qubit[3] b; cx a, b;"],
  ["1:17", "expected an index from -2 to 1, got 2", "qubit[2] q; x q[2];"],
  ["1:10", "expected a new name, got q", "qubit q; bit q;"],
  ["1:26", "expected a value that does not depend on the run", "int n = 1; const int m = n;"],
  ["1:9", "expected a value of type int, got float: a cast", "int a = 1.5;"],
  ["1:12", "of type int[8], got int: a cast would wrap 1000 around", "int[8] r = 1000;"],
  ["1:19", "a cast would wrap 20 around", "const uint[4] k = 20;"],
  ["1:13", "a cast would wrap -1 around", "uint[4] k = -1;"],
  ["1:9", "a cast would wrap 99999999999999999999999 around", "int a = 99999999999999999999999;"],
  ["1:35", "a cast would wrap 8 around", "const int[8] n = 4; int[4] a; a = 2 * n;"],
  ["1:27", "a cast would wrap 9 around", "array[int[4], 2] a = { 1, 9 };"],
  ["1:43", "a cast would wrap 4 around", "def f(uint[2] n) { } for int i in { 0 } f(4);"],
  ["1:23", "a cast would wrap 4 around", "for uint[2] i in { 0, 4 } { }"],
  ["1:29", "a cast would wrap 300 around", "def f() -> uint[8] { return 300; }"],
  ["1:9", "expected an integer of at most 4096 bits", `int a = 1${"0".repeat(1300)};`],
  ["1:1", "expected f to return a value on every way to its end", "def f() -> bit { }"],
  [
    "1:1",
    "return a value on every way",
    "def f(int n) -> bit { if (n > 0) { n = 1; } else { n = 2; } }",
  ],
  ["1:15", "expected a value of type bit[2], got bit[3]", 'bit[2] c; c = "101";'],
  ["1:18", "expected a variable that may be changed", "const int a = 1; a = 2;"],
  ["1:10", "at most 2^31 in all, got 1000000000000000000", "qubit q; pow(10 ** 18) @ h q;"],
  ["1:10", "at most 2^31 in all", "qubit q; pow(65536) @ inv @ pow(-65536) @ rx(1) q;"],
  ["1:12", "at most 2^31 in all", "gate g a { pow(65536) @ x a; } qubit q; pow(65536) @ g q;"],
  ["1:10", "expected from 1 to 1000 controls, got 1000000000", "qubit q; ctrl(1000000000) @ x q;"],
  ["1:1", "expected break in a loop alone", "break;"],
  ["1:1", "expected return in a subroutine alone", "return;"],
  ["1:11", "expected no value to be returned from f", "def f() { return 1; }"],
  ["1:5", "expected a width from 1 to 4096, got 0", "int[0] a;"],
  ["1:9", "expected a divisor other than 0, got 0", "int a = 1 / 0;"],
  ["1:13", "expected qubits to be declared in no block", "if (true) { qubit q; }"],
  ["1:12", "expected gates and for loops alone in a gate's body", "gate g a { measure a; }"],
  ["1:14", "expected one of the gate's qubits", "gate g a { x b; }"],
  ["1:12", "expected a gate that is declared, got g", "gate g a { g a; }"],
  ["1:22", "expected different labels, got 1 twice", "switch (1) { case 1, 1 { } }"],
  ["1:1", "expected an integer to switch on, got float", "switch (1.0) { case 1 { } }"],
  ["1:26", "expected an array of 1 dimensions", "array[int[8], 2, 2] a = {1, 2};"],
  ["1:22", "expected 3 items, got 2", "array[int[8], 3] a = {1, 2};"],
  [
    "1:24",
    "expected operands that + can join, got bit[2] and float",
    'float a = 1.5; bit b = "01" + a == 2;',
  ],
  ["1:11", "expected ';', got the reserved word 'int'", "int a = 1 int b;"],
  ["1:12", "expected ';', got '}'", "if (1) { x } "],
];

test.each(REFUSED)("%s %s", (place, message, body) => {
  const translation = translateOpenQasm(`include "stdgates.inc";\n${body}`);
  if (translation.kind !== "refused") throw new Error("expected a refusal");
  const [{ at, message: said }] = translation.diagnostics;
  expect(said).toContain(message);
  expect(`${at.line - 1}:${at.column}`).toBe(place);
});

test("several errors are reported in one run, each once, in order", () => {
  const text =
    'include "stdgates.inc";\nqubit q;\nint = 3;\nfoo q;\nbit[q] c;\nc = measure q;\nx q[0];\n';
  const translation = translateOpenQasm(text, { file: "some.qasm" });
  expect(translation.kind).toBe("refused");
  const found = translation.kind === "refused" ? translation.diagnostics : [];
  expect(found.map(({ at }) => `${at.file}:${at.line}`)).toEqual(
    [3, 4, 5, 7].map((n) => `some.qasm:${n}`),
  );
  const read = () => programOfOpenQasm(text, { file: "some.qasm" });
  expect(read).toThrow(/^some\.qasm:3:5: expected/);
  expect(codeOf(read)).toBe("openqasm-invalid");
});

type RunCase = readonly [what: string, code: string, body: string];

const STOPPED: readonly RunCase[] = [
  ["an index out of range", "openqasm-run-time-error", "qubit[2] q; int i = 5; x q[i];"],
  ["a division by zero", "openqasm-run-time-error", "int i; int j = 1 / i; bit c = j == 0;"],
  ["the same qubit twice", "openqasm-run-time-error", "qubit[2] q; int i; cx q[0], q[i];"],
  ["a parameter that is no number", "openqasm-run-time-error", "qubit q; float a; rx(1 / a) q;"],
  ["a step of zero", "openqasm-run-time-error", "int s0; for int i in [0:s0:3] { }"],
  ["an endless loop", "circuit-steps-exhausted", "while (true) { }"],
  ["a very long loop", "circuit-steps-exhausted", "int n; for int i in [0:9999999999] { n += 1; }"],
  [
    "a subroutine that ends without its result",
    "openqasm-run-time-error",
    "def f(int n) -> bit { if (n > 0) return 1; } bit c = f(0);",
  ],
  ["a delay", "openqasm-unsupported", "qubit q; delay[100ns] q;"],
  ["a duration", "openqasm-unsupported", "duration d = 100ns;"],
  ["a box", "openqasm-unsupported", "qubit q; box { x q; }"],
  ["a calibration", "openqasm-unsupported", "cal { anything {at all} }"],
  ["a gate that is calibrated", "openqasm-unsupported", "defcal x $0 { play; } x $0;"],
  ["a calibration behind its use", "openqasm-unsupported", "x $0; defcal x $0 { play; }"],
  ["a gate only calibrated", "openqasm-unsupported", "defcal new $0, $1 { play; } new $0, $1;"],
  ["a calibrated gate under a modifier", "openqasm-unsupported", "defcal x $0 { } inv @ x $0;"],
  [
    "a measurement that is calibrated",
    "openqasm-unsupported",
    "defcal measure $0 -> bit { } bit b = measure $0;",
  ],
  ["a reset that is calibrated", "openqasm-unsupported", "defcal reset $0 { play; } reset $0;"],
  ["an external function", "openqasm-unsupported", "extern f(int) -> angle[8]; angle[8] a = f(1);"],
];

test.each(STOPPED)("a run is stopped by name at %s", (_what, code, body) => {
  const program = programOfOpenQasm(`include "stdgates.inc";\n${body}`);
  const run = () => simulate(program, { shots: 1, seed: 1, exact: false, stepsMax: 100_000 });
  expect(codeOf(run)).toBe(code);
});

test("a gate made of a calibrated one is refused by name", () => {
  const text = 'include "stdgates.inc"; gate y2 a { x a; } defcal x $0 { play; } y2 $0;';
  expect(codeOf(() => programOfOpenQasm(text))).toBe("openqasm-unsupported");
});

test("what is not reached is not refused", () => {
  const program = programOfOpenQasm("bit c; if (c) { delay[100ns] $0; } defcal x $0 { play; }");
  expect(simulate(program, { shots: 1, seed: 1, exact: false }).counts).toEqual({ "0": 1 });
});

const NOT_FLAT: readonly (readonly [what: string, body: string])[] = [
  ["arithmetic with outcomes", "int n = 0; h q; c = measure q; n += int(c); if (n == 1) x q;"],
  ["an outcome as an angle", "h q; c = measure q; rx(int(c)) q;"],
  ["leaving a loop by an outcome", "while (true) { h q; c = measure q; if (c) break; }"],
  ["a variable that a branch changes", "int n; h q; c = measure q; if (c) { n = 1; } rx(n) q;"],
];

test.each(NOT_FLAT)("a program has no circuit for %s", (_what, body) => {
  const run = () => circuitOfOpenQasm(`include "stdgates.inc"; qubit q; bit c; ${body}`);
  expect(codeOf(run)).toBe("circuit-not-flat");
});

const HOSTILE: readonly (readonly [what: string, text: string])[] = [
  ["deep parentheses", `int a = ${"(".repeat(50_000)}1;`],
  ["a long chain of operators", `int a = ${"1+".repeat(50_000)}1;`],
  ["a long chain of signs", `int a = ${"-".repeat(50_000)}1;`],
  ["a tower of powers", `int a = ${"2**".repeat(50_000)}1;`],
  ["deep blocks", "{".repeat(50_000)],
  ["deep ifs", "if (true) ".repeat(50_000)],
  ["deep array literals", `array[int[8], 1] a = ${"{".repeat(50_000)}`],
  ["many indices", `int a = b${"[0]".repeat(50_000)};`],
  ["huge registers", "qubit[99999999999] q; bit[99999999999] c;"],
  ["huge arrays", "array[int[8], 1000000, 1000000] a;"],
  ["a comment without end", "/* ".repeat(10_000)],
  ["a string without end", `include "${"x".repeat(10_000)}`],
  ["nothing but errors", "; ".repeat(20_000)],
  ["a large power of a large number", "const int a = 99999999 ** 99999999999;"],
  ["a large shift", "const int a = 1 << 99999999999;"],
];

test.each(HOSTILE)("hostile text ends in diagnostics or a program: %s", (_what, text) => {
  expect(["refused", "program"]).toContain(translateOpenQasm(text).kind);
});

test.each([
  [
    "operators",
    1024,
    "at most 1024 operators",
    (count: number) => `int a = ${"1+".repeat(count)}1;`,
  ],
  ["parentheses", 255, "256 deep", (n: number) => `int a = ${"(".repeat(n)}1${")".repeat(n)};`],
  ["blocks", 200, "200 deep", (count: number) => "{".repeat(count) + "}".repeat(count)],
  ["else if", 512, "at most 512", (n: number) => `if (1) {}${" else if (1) {}".repeat(n)}`],
])("the most %s there may be are taken, and one more refused", (_what, most, words, text) => {
  expect(translateOpenQasm(text(most)).kind).toBe("program");
  const translation = translateOpenQasm(text(most + 1));
  if (translation.kind !== "refused") throw new Error("expected a refusal");
  expect(translation.diagnostics[0].message).toContain(words);
});

test("a long chain of modifiers is refused where it grows too long", () => {
  const text = (count: number) =>
    `include "stdgates.inc";\nqubit q;\n${"inv @ ".repeat(count)}h q;`;
  expect(translateOpenQasm(text(256)).kind).toBe("program");
  const translation = translateOpenQasm(text(30_000));
  if (translation.kind !== "refused") throw new Error("expected a refusal");
  const [{ at, message }] = translation.diagnostics;
  expect(message).toContain("at most 256 modifiers");
  expect([at.line, at.column]).toEqual([3, 1 + 256 * "inv @ ".length]);
});

test("definitions that double each other end in a fault", () => {
  const doubled = Array.from({ length: 60 }, (_, n) => `gate g${n + 1} a { g${n} a; g${n} a; }`);
  const text = `gate g0 a { } ${doubled.join(" ")} qubit q; g60 q;`;
  expect(codeOf(() => programOfOpenQasm(text))).toBe("circuit-steps-exhausted");
});

test("texts pieced together at random never break the reader, nor a run", () => {
  const random = randomStream(7, "fuzz");
  const pieces =
    'qubit q ; bit[2] c = measure x cx h q[0] , ( ) { } [ ] 1 0 -1 2.5 pi "01" int uint[4] n for ' +
    "in if else while def -> return gate ctrl @ inv pow(2) @ == + * ** : ++ let const switch " +
    'case default end break include "stdgates.inc" true && ! angle float array[int[8],2] a input ' +
    "output barrier reset $0 // /* */ \n # 3x 'y";
  const words = pieces.split(" ");
  for (let round = 0; round < 1500; round += 1) {
    const length = 1 + random.below(40);
    const body = Array.from({ length }, () => words[random.below(words.length)]).join(" ");
    const version = ["", "OPENQASM 2.0;", 'include "stdgates.inc"; qubit[2] q;'][random.below(3)];
    attempt(`${version} ${body}`);
  }
});

test("programs with a few characters changed never break the reader, nor the run", () => {
  const random = randomStream(8, "mutations");
  const whole =
    'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[3] q;\nbit[3] c;\nuint[4] n = 6;\n' +
    "def f(qubit a, int k) -> bit { if (k > 1) { x a; } return measure a; }\n" +
    "for uint i in [0:2] { ctrl @ pow(0.5) @ x q[i], q[(i + 1) % 3]; }\n" +
    "while (n > 0) { n >>= 1; c[0] = f(q[1], int(n)); }\n" +
    'switch (n) { case 0 { c = "101"; } default { } }\n';
  const alphabet = 'qc0123;(){}[]@=+-*/:.," \nxin';
  for (let round = 0; round < 1500; round += 1) {
    let text = whole;
    for (let change = 1 + random.below(3); change > 0; change -= 1) {
      const place = random.below(text.length);
      const inserted = random.below(3) > 0 ? alphabet[random.below(alphabet.length)] : "";
      text = text.slice(0, place) + inserted + text.slice(place + random.below(3));
    }
    attempt(text);
  }
});

/** Reads and runs `text`; faults are answers, everything else is a defect. */
function attempt(text: string): void {
  const translation = translateOpenQasm(text);
  if (translation.kind === "refused") {
    expect(translation.diagnostics.length, text).toBeGreaterThan(0);
    return;
  }
  if (translation.program.qubitCount > 8) return;
  try {
    simulate(translation.program, { shots: 3, seed: 1, exact: false, stepsMax: 20_000 });
  } catch (thrown) {
    expect(thrown, text).toBeInstanceOf(Fault);
  }
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.row.code;
    throw thrown;
  }
  return "nothing thrown";
}
