/**
 * The page about circuits: each of its commands runs, and its piece of code does what it says.
 */
import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { circuitOf, expectationValue, simulate, symbol } from "#circuit";
import { systemClock } from "#foundation";
import { runCommandLine } from "../../src/cli/command-line.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const page = fs.readFileSync(path.join(ROOT, "docs/circuits.md"), "utf8");

const commands = [...page.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) =>
  block.trim().split("\n"),
);

test("the page has commands", () => {
  expect(commands.length).toBeGreaterThan(10);
});

test.each(commands)("%s", async (line) => {
  let input = "";
  for (const command of line.split(" | ")) {
    const [npx, tandem, ...args] = words(command);
    expect([npx, tandem]).toEqual(["npx", "tandem"]);
    const { code, out, err } = await run(args, input);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.length).toBeGreaterThan(10);
    input = out;
  }
});

test("its piece of code", () => {
  const circuit = circuitOf((b) => {
    const [first, second] = b.qubits("q", 2);
    const [bit] = b.bits("c", 1);
    b.rx(symbol("theta"), first)
      .cx(first, second)
      .measure(first, bit)
      .if({ kind: "bit", bit }, (body) => body.x(second));
  });
  expect(page).toContain('b.rx(symbol("theta"), first)');
  const options = { shots: 100, seed: 1, exact: true, inputs: { theta: Math.PI / 3 } };
  const { counts, probabilities } = simulate(circuit, options);
  expect(counts[0] + counts[1]).toBe(100);
  expect(probabilities).toEqual({ 0: expect.closeTo(0.75, 12), 1: expect.closeTo(0.25, 12) });
  const Z1 = { coefficient: 1, operators: [{ qubit: 1, pauli: "Z" as const }] };
  const mean = expectationValue(circuit, [Z1], { inputs: { theta: Math.PI / 3 } });
  expect(mean).toBeCloseTo(1, 12);
});

/** Words between spaces; quotes hold some together. Files are found from the checkout's root. */
function words(command: string): readonly string[] {
  const texts = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare);
  return texts.map((text) => (text.startsWith("examples/") ? path.join(ROOT, text) : text));
}

async function run(args: readonly string[], input: string) {
  let [out, err] = ["", ""];
  const code = await runCommandLine(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isInteractive: false,
    columns: 80,
    input: async () => new TextEncoder().encode(input),
    fetch,
    clock: systemClock,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}
