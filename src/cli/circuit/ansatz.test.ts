/**
 * `tandem circuit ansatz` on problem files: programs that can be read back, incumbents given and
 * found, and what is refused.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runHere } from "../../../test/cli/run-here.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-ansatz-"));
const at = (name: string) => path.join(folder, name);

const FILES: Readonly<Record<string, string>> = {
  "two.lp": `Minimize
 obj: 3 a + 2 b - c + [ 4 a * d - 6 b * e + 2 c * f + 8 a * e ] / 2
Subject To
 one: a + b + c = 1
 two: d + e + f = 1
Binary
 a b c d e f
End
`,
  "linear.lp": "Minimize\n obj: 3 a + 2 b\nBinary\n a b\nEnd\n",
  "answer.json": JSON.stringify({ solution: [0, 0, 1, 1, 0, 0] }),
  "short.json": JSON.stringify({ solution: [0, 0, 1] }),
  "wide.json": JSON.stringify({ solution: [0, 0, 9e9, 1, 0, 0] }),
  "text.json": "nothing",
};

beforeAll(() => {
  for (const [name, content] of Object.entries(FILES)) fs.writeFileSync(at(name), content);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const ansatz = (...args: readonly string[]) =>
  runHere(["circuit", "ansatz", at("two.lp"), ...args]);

async function distribution(...args: readonly string[]): Promise<Record<string, number>> {
  const { out } = await ansatz(...args);
  fs.writeFileSync(at("written.qasm"), out);
  const again = await runHere(["simulate", at("written.qasm"), "--exact", "--json"]);
  return JSON.parse(again.out).probabilities;
}

describe("tandem circuit ansatz", () => {
  test("writes a program whose outcomes keep the groups", async () => {
    for (const mixer of ["ring", "grover"]) {
      const outcomes = Object.keys(await distribution("--mixer", mixer, "--layers", "2"));
      expect(outcomes.length, mixer).toBe(9);
      for (const outcome of outcomes) expect(outcome).toMatch(/^(001|010|100){2}$/);
    }
  });

  test("begins at a given incumbent, or at one it finds", async () => {
    const start = ["--epsilon", "0", "--mixer", "matching", "--layers", "1"];
    for (const incumbent of [["--incumbent", at("answer.json")], []]) {
      const outcomes = await distribution(...start, ...incumbent);
      expect(outcomes["001100"]).toBeCloseTo(1, 10);
    }
  });

  test("transpiles where a device is named", async () => {
    const { out } = await ansatz("--layers", "1", "--basis", "ibm-cz", "--map", "line:6", "--json");
    const { basis, program } = JSON.parse(out);
    expect(basis).toBe("ibm-cz");
    expect(program).toContain("cz $");
  });

  test("transpiles for Braket, whose names a program as stated lacks", async () => {
    const { code, out } = await ansatz("--layers", "1", "--dialect", "braket");
    expect(code).toBe(0);
    expect(out).not.toMatch(/ctrl @|stdgates/);
  });

  test("says in JSON what the program is", async () => {
    const { out } = await ansatz("--layers", "3", "--json");
    expect(JSON.parse(out)).toMatchObject({ qubits: 6, mixer: "complete", layers: 3 });
  });

  test.each<readonly [remark: string, args: readonly string[], what: RegExp]>([
    ["too few values", ["--epsilon", "0.2", "--incumbent", at("short.json")], /short\.json/],
    ["values beyond 32 bits", ["--epsilon", "0.2", "--incumbent", at("wide.json")], /wide\.json/],
    ["no JSON", ["--epsilon", "0.2", "--incumbent", at("text.json")], /text\.json/],
    [
      "more layers than fixed angles",
      ["--schedule", "fixed", "--layers", "6"],
      /got 6 layers|got 6/,
    ],
    ["an epsilon above a half", ["--epsilon", "0.6"], /from 0 to 0\.5/],
    ["no layers", ["--layers", "0"], /from 1 to 1000/],
    [
      "an incumbent nothing begins near",
      ["--incumbent", at("answer.json")],
      /--epsilon below 0\.5/,
    ],
  ])("refuses %s", async (_, args, what) => {
    const { code, err } = await ansatz(...args);
    expect(code).toBe(2);
    expect(err).toMatch(what);
  });

  test("refuses what a polynomial method solves", async () => {
    const { code, err } = await runHere(["circuit", "ansatz", at("linear.lp")]);
    expect(code).not.toBe(0);
    expect(err).toContain("solved exactly without it");
    expect(err).toMatch(/^tandem: No such circuit is written/);
    expect(err).not.toContain("solver");
    const { out } = await runHere(["circuit", "ansatz", at("linear.lp"), "--json"]);
    expect(JSON.parse(out).error.code).toBe("circuit-unsuitable");
  });
});
