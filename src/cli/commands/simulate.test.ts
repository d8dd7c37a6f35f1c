/** `tandem simulate` on files: results on one stream, mistakes on the other, exit codes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runHere } from "../../../test/cli/run-here.ts";

const PROGRAM = path.join(import.meta.dirname, "../../../bin/tandem.js");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-circuit-"));
const at = (name: string) => path.join(folder, name);

const FILES: Readonly<Record<string, string>> = {
  "bell.qasm": `OPENQASM 3.0; include "stdgates.inc";
    qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;`,
  "turned.qasm": `OPENQASM 3.0; include "stdgates.inc";
    input float theta; qubit q; bit c; rx(theta) q; c = measure q;`,
  "own.inc": 'OPENQASM 3.0; include "stdgates.inc"; gate flip a { x a; }',
  "including.qasm": 'OPENQASM 3.0; include "own.inc"; qubit q; bit c; flip q; c = measure q;',
  "wrong.qasm": "OPENQASM 3.0;\nqubit q;\nh r;\n",
  "endless.qasm": `OPENQASM 3.0; include "stdgates.inc"; qubit q; bit c; int i = 0;
    while (i < 100000000) { i += 1; x q; } c = measure q;`,
  "native.qasm": `OPENQASM 3.0; include "stdgates.inc"; bit[2] c;
    x $0; c[0] = measure $0; c[1] = measure $1;`,
  "properties.json": JSON.stringify({
    backend_name: "made up",
    qubits: [1, 2].map(() => [
      { name: "T1", value: 100, unit: "s" },
      { name: "T2", value: 300, unit: "s" },
      { name: "prob_meas1_prep0", value: 0.02, unit: "" },
      { name: "prob_meas0_prep1", value: 0.1, unit: "" },
    ]),
    gates: [
      {
        gate: "x",
        qubits: [0],
        parameters: [
          { name: "gate_error", value: 0, unit: "" },
          { name: "gate_length", value: 0, unit: "ns" },
        ],
      },
    ],
  }),
  "wide.qasm": `OPENQASM 3.0; include "stdgates.inc"; qubit[20] q; bit[20] c;
    for int i in [0:19] { ry(0.1 * i) q[i]; }
    for int i in [0:18] { cx q[i], q[i + 1]; }
    c = measure q;`,
  "towering.qasm": "OPENQASM 3.0; qubit[1000] q;",
  "huge.qasm": "OPENQASM 3.0; qubit[32] q; bit[32] c; c = measure q;",
  "empty.qasm": "",
};

beforeAll(() => {
  for (const [name, content] of Object.entries(FILES)) fs.writeFileSync(at(name), content);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("simulate", () => {
  test("counts and exact probabilities, the same for the same seed", async () => {
    const args = ["simulate", at("bell.qasm"), "--shots", "500", "--seed", "3", "--exact"];
    const { code, out, err } = await runHere([...args, "--json"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const result = JSON.parse(out);
    expect(result).toEqual({
      qubits: 2,
      clbits: 2,
      counts: { "00": expect.any(Number), "11": expect.any(Number) },
      probabilities: { "00": expect.closeTo(0.5, 12), "11": expect.closeTo(0.5, 12) },
      timeMs: expect.any(Number),
    });
    expect(result.counts["00"] + result.counts["11"]).toBe(500);
    expect(JSON.parse((await runHere([...args, "--json"])).out).counts).toEqual(result.counts);
    expect((await runHere(args)).out).toContain("0.5000000000");
  });

  test.each([
    ["an input", ["turned.qasm", "--input", "theta=3.141592653589793"], { 1: 1024 }],
    ["an include beside the file", ["including.qasm"], { 1: 1024 }],
    ["no shots", ["bell.qasm", "--shots", "0"], {}],
    ["an empty program", ["empty.qasm"], { "": 1024 }],
  ])("%s", async (_remark, [file, ...options], counts) => {
    const { code, out } = await runHere(["simulate", at(file), ...options, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out).counts).toEqual(counts);
  });

  test.each([
    ["a file that is not there", ["nowhere.qasm"], 2, "file-unreadable"],
    ["an input that is missing", ["turned.qasm"], 2, "circuit-input-invalid"],
    ["an input there is not", ["bell.qasm", "--input", "x=1"], 2, "circuit-input-invalid"],
    ["an input without a value", ["turned.qasm", "--input", "theta"], 2, "usage"],
    ["shots that are no number", ["bell.qasm", "--shots", "many"], 2, "usage"],
    ["more shots than can be", ["bell.qasm", "--shots", "1e99"], 2, "usage"],
    ["a seed that is no whole number", ["bell.qasm", "--seed", "0.5"], 2, "usage"],
    ["a program without end", ["endless.qasm"], 1, "circuit-steps-exhausted"],
  ])("%s", async (_remark, [file, ...options], exitCode, fault) => {
    const { code, out } = await runHere(["simulate", at(file), ...options, "--json"]);
    expect(code).toBe(exitCode);
    expect(JSON.parse(out)).toMatchObject({ error: { code: fault } });
  });

  test("under noise, and what was misread corrected", async () => {
    const args = ["simulate", at("native.qasm"), "--noise", at("properties.json"), "--json"];
    const { out } = await runHere([...args, "--exact", "--mitigate", "inverse"]);
    const { probabilities, mitigated, notes } = JSON.parse(out);
    expect(notes).toEqual([0, 1].map((qubit) => expect.stringContaining(`qubit ${qubit}: T2`)));
    expect(probabilities["01"]).toBeCloseTo(0.9 * 0.98, 12);
    expect(mitigated).toEqual({ "01": expect.closeTo(1, 12) });
    const sampled = JSON.parse((await runHere([...args, "--mitigate", "bayesian"])).out);
    expect(sampled).not.toHaveProperty("probabilities");
    expect(sampled.mitigated["01"]).toBeGreaterThan(sampled.counts["01"] / 1024);
    const told = await runHere([...args.slice(0, -1), "--mitigate", "bayesian"]);
    expect(told.out).toContain("corrected");
    expect(told.out).toContain("note: qubit 0: T2");
  });

  test.each([
    ["gates the device has not", "bell.qasm", ["--noise", at("properties.json")], 2],
    ["a noise file that is none", "native.qasm", ["--noise", at("bell.qasm")], 2],
    ["a noise file that is not there", "native.qasm", ["--noise", at("nowhere.json")], 2],
    ["a correction without noise", "native.qasm", ["--mitigate", "inverse"], 2],
    ["a correction there is not", "native.qasm", ["--mitigate", "hope"], 2],
  ])("refused: %s", async (_remark, file, options, exitCode) => {
    const { code, out } = await runHere(["simulate", at(file), ...options, "--json"]);
    expect(code).toBe(exitCode);
    expect(JSON.parse(out)).toMatchObject({ error: { code: expect.any(String) } });
  });

  test("a mean, in either precision, build and number of threads", async () => {
    const args = ["simulate", at("bell.qasm"), "--shots", "0", "--json"];
    for (const more of [[], ["--precision", "f32"], ["--build", "relaxed", "--threads", "3"]]) {
      const { code, out } = await runHere([...args, "--observable", "3 Z0 Z1 - Z0 + X0", ...more]);
      expect(code).toBe(0);
      expect(JSON.parse(out).expectation).toBeCloseTo(3, 6);
    }
    const told = await runHere(["simulate", at("bell.qasm"), "--observable", "Z0"]);
    expect(told.out).toContain("mean of Z0: 0.0000000000");
  });

  test("many qubits on several threads, the same counts as on one", async () => {
    const args = ["simulate", at("wide.qasm"), "--shots", "50", "--precision", "f32", "--json"];
    const [one, two] = [await runHere([...args, "--threads", "1"]), await runHere(args)];
    expect(JSON.parse(one.out).qubits).toBe(20);
    expect(JSON.parse(two.out).counts).toEqual(JSON.parse(one.out).counts);
  });

  test.each([
    ["an observable that is none", ["--observable", "Q7"], 2, "circuit-observable-invalid"],
    ["an observable under noise", ["--observable", "Z0", "--noise", "x"], 2, "usage"],
    ["a precision there is not", ["--precision", "f16"], 2, "usage"],
    ["no threads", ["--threads", "0"], 2, "usage"],
    ["no time", ["--time-limit-ms", "0"], 2, "usage"],
  ])("%s", async (_remark, options, exitCode, fault) => {
    const { code, out } = await runHere(["simulate", at("bell.qasm"), ...options, "--json"]);
    expect(code).toBe(exitCode);
    expect(JSON.parse(out)).toMatchObject({ error: { code: fault } });
  });

  test("more qubits than fit are refused with the memory they would need", async () => {
    const { code, out } = await runHere(["simulate", at("huge.qasm"), "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      error: { code: "circuit-qubits-too-many", detail: expect.stringContaining("64 GiB") },
    });
  });

  test("what no machine can hold is said in a power of two", async () => {
    const { err } = await runHere(["simulate", at("towering.qasm")]);
    expect(err).toContain("got 1000, which would need 2^1004 bytes, more than any machine has");
  });

  test("a limit of time ends it", async () => {
    const limit = ["--time-limit-ms", "300", "--json"];
    const { code, out } = await runHere(["simulate", at("endless.qasm"), ...limit]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "time-limit" } });
  });

  test("an interruption ends it", async () => {
    const stopping = new AbortController();
    const ended = runHere(["simulate", at("endless.qasm"), "--json"], { signal: stopping.signal });
    stopping.abort();
    expect(JSON.parse((await ended).out)).toMatchObject({ error: { code: "interrupted" } });
  });
});

describe("a program that is wrong", () => {
  test("what goes wrong in a run is told once, and one of a thing is singular", async () => {
    const told = async (program: string) => {
      const input = async () => new TextEncoder().encode(program);
      return runHere(["simulate", "-", "--shots", "1"], { input });
    };
    const { code, err } = await told("int i; int j = 1 / i; bit b = j == 0;");
    expect(code).toBe(2);
    expect(err.match(/expected a divisor/g)).toHaveLength(1);
    expect((await told("foo;")).err).toContain("mistakes in 1 place\n");
    const { out } = await told("qubit q; bit c = measure q;");
    expect(out).toContain("1 qubit, 1 classical bit: 1 shot with");
  });

  test.each([
    ["simulate", ["simulate", at("wrong.qasm")]],
    ["draw", ["circuit", "draw", at("wrong.qasm")]],
    ["stats", ["circuit", "stats", at("wrong.qasm")]],
  ])("%s says where", async (_remark, args) => {
    for (const more of [[], ["--json"]]) {
      const { code, err } = await runHere([...args, ...more]);
      expect(code).toBe(2);
      expect(err.startsWith(`${at("wrong.qasm")}:3:3: expected `)).toBe(true);
    }
  });

  test("the program itself, from standard input", async () => {
    const child = spawn(process.execPath, [PROGRAM, "simulate", "-"], { cwd: folder });
    child.stdin.end(FILES["wrong.qasm"]);
    const [[code], out, err] = await Promise.all([
      once(child, "exit"),
      text(child.stdout),
      text(child.stderr),
    ]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^stdin:3:3: expected /);
  });
});
