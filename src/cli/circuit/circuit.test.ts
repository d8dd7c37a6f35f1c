/** `tandem circuit` on files: drawn, counted, converted, transpiled, or refused. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runHere } from "../../../test/cli/run-here.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-circuit-"));
const at = (name: string) => path.join(folder, name);

const FILES: Readonly<Record<string, string>> = {
  "bell.qasm": `OPENQASM 3.0; include "stdgates.inc";
    qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1]; c = measure q;`,
  "long.qasm": `OPENQASM 3.0; include "stdgates.inc"; qubit[200] q;
    for int i in [0:199] { cx q[i], q[(i * 89 + 7) % 200]; }`,
  "device.json": JSON.stringify({
    n_qubits: 3,
    basis_gates: ["cx", "id", "rz", "sx", "x"],
    coupling_map: [
      [0, 1],
      [1, 2],
    ],
  }),
};

beforeAll(() => {
  for (const [name, content] of Object.entries(FILES)) fs.writeFileSync(at(name), content);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

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
