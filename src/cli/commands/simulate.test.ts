/**
 * `tandem simulate` and `tandem circuit` on files: results on one stream, places of mistakes on the
 * other, exit codes.
 */
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
  "long.qasm": `OPENQASM 3.0; include "stdgates.inc"; qubit[200] q;
    for int i in [0:199] { cx q[i], q[(i * 89 + 7) % 200]; }`,
  "huge.qasm": "OPENQASM 3.0; qubit[32] q; bit[32] c; c = measure q;",
  "device.json": JSON.stringify({
    n_qubits: 3,
    basis_gates: ["cx", "id", "rz", "sx", "x"],
    coupling_map: [
      [0, 1],
      [1, 2],
    ],
  }),
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

describe("circuit", () => {
  test("draws as text and as SVG", async () => {
    const drawn = await runHere(["circuit", "draw", at("bell.qasm")]);
    expect(drawn).toMatchObject({ code: 0, err: "" });
    expect(drawn.out).toContain("[h]");
    const svg = await runHere(["circuit", "draw", at("bell.qasm"), "--svg", "--json"]);
    expect(JSON.parse(svg.out)).toMatchObject({
      format: "svg",
      drawing: expect.stringMatching(/^<svg/),
    });
  });

  test("counts gates and depth", async () => {
    const { out } = await runHere(["circuit", "stats", at("bell.qasm"), "--json"]);
    expect(JSON.parse(out)).toMatchObject({ qubits: 2, multiQubitGates: 1, counts: { cx: 1 } });
    const told = await runHere(["circuit", "stats", at("bell.qasm")]);
    expect(told.out).toContain("multi-qubit gates: 1\n");
  });

  test("converts between the versions, as far as the older one goes", async () => {
    const older = await runHere(["circuit", "convert", at("bell.qasm"), "--openqasm", "2"]);
    expect(older.out).toMatch(/^OPENQASM 2.0;/);
    const input = async () => new TextEncoder().encode(older.out);
    const newer = await runHere(["circuit", "convert", "-", "--json"], { input });
    expect(JSON.parse(newer.out)).toMatchObject({
      openqasm: "3",
      program: expect.stringMatching(/^OPENQASM 3.1;/),
    });
    const unknown = await runHere(["circuit", "convert", at("bell.qasm"), "--openqasm", "4"]);
    expect(unknown.code).toBe(2);
  });

  test("lists the gates, and the page of gates is that list", async () => {
    const { code, out } = await runHere(["circuit", "gates"]);
    expect(code).toBe(0);
    const page = path.join(import.meta.dirname, "../../../docs/gates.md");
    expect(fs.readFileSync(page, "utf8"), "npx tandem circuit gates > docs/gates.md").toBe(out);
    const { gates } = JSON.parse((await runHere(["circuit", "gates", "--json"])).out);
    expect(gates).toContainEqual(expect.objectContaining({ name: "cx", braket: "cnot" }));
  });

  test("transpiles to a program that does the same", async () => {
    const args = ["circuit", "transpile", at("bell.qasm"), "--map", "line:3"];
    for (const basis of ["ibm-cz", "ionq-ms", "u-cx"]) {
      const { code, out } = await runHere([...args, "--basis", basis]);
      expect(code).toBe(0);
      const input = async () => new TextEncoder().encode(out);
      const again = await runHere(["simulate", "-", "--exact", "--json"], { input });
      expect(JSON.parse(again.out).probabilities).toEqual({
        "00": expect.closeTo(0.5, 12),
        "11": expect.closeTo(0.5, 12),
      });
    }
    expect(JSON.parse((await runHere([...args, "--json"])).out)).toMatchObject({
      basis: "ibm-cz",
      entanglerCount: 1,
      swapCount: 0,
      program: expect.stringMatching(/^OPENQASM 3/),
    });
  });

  test("for a recorded device, simulated with its noise, and in Braket's names", async () => {
    const device = ["circuit", "transpile", at("bell.qasm"), "--device", at("device.json")];
    const { code, out } = await runHere(device);
    expect(code).toBe(0);
    expect(out).toMatch(/cx \$\d, \$\d;/);
    const braket = await runHere([
      ...device.slice(0, 3),
      "--basis",
      "rigetti",
      "--dialect",
      "braket",
    ]);
    expect(braket.out).toContain("#pragma braket verbatim\nbox {\n");
    const both = await runHere([...device, "--map", "line:3", "--json"]);
    expect(JSON.parse(both.out)).toMatchObject({ error: { code: "usage" } });
    const input = async () => new TextEncoder().encode(out);
    const again = await runHere(["simulate", "-", "--exact", "--json"], { input });
    expect(JSON.parse(again.out).probabilities).toEqual({
      "00": expect.closeTo(0.5, 12),
      "11": expect.closeTo(0.5, 12),
    });
  });

  test("transpiling ends by a limit of time, and by an interruption", async () => {
    const args = ["circuit", "transpile", at("long.qasm"), "--map", "grid:15x15", "--json"];
    const late = await runHere([...args, "--time-limit-ms", "100"]);
    expect(late.code).toBe(1);
    expect(JSON.parse(late.out)).toMatchObject({ error: { code: "time-limit" } });
    const stopping = new AbortController();
    const ended = runHere(args, { signal: stopping.signal });
    stopping.abort();
    expect(JSON.parse((await ended).out)).toMatchObject({ error: { code: "interrupted" } });
  });

  test.each([
    ["a device that is none", ["--device", at("bell.qasm")], "circuit-device-invalid"],
    ["a dialect there is not", ["--dialect", "quil"], "usage"],
    ["too small a device", ["--map", "line:1"], "circuit-device-invalid"],
    ["a map there is not", ["--map", "torus:3x3"], "usage"],
    ["a map too large", ["--map", "all:9999"], "usage"],
    ["a basis there is not", ["--basis", "ternary"], "usage"],
    ["no trials", ["--trials", "0"], "usage"],
  ])("transpiling for %s is refused", async (_remark, options, fault) => {
    const args = ["circuit", "transpile", at("bell.qasm"), ...options, "--json"];
    const { code, out } = await runHere(args);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: fault } });
  });

  test.each([
    ["nothing to do", ["circuit"]],
    ["no file", ["circuit", "draw"]],
    ["an unknown option", ["circuit", "stats", at("bell.qasm"), "--colour"]],
  ])("%s is wrong usage", async (_remark, args) => {
    expect((await runHere(args)).code).toBe(2);
  });
});
