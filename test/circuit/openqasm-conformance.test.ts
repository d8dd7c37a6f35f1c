/**
 * Programs and distributions that are not part of the project: skipped, with a reason, where they
 * are absent.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { circuitOfOpenQasm, programOfOpenQasm, simulate, translateOpenQasm } from "#circuit";
import { parseOpenQasm } from "../../src/circuit/openqasm/parsing/parse.ts";

const ROOT = new URL("../../../shared/fixtures/qasm/", import.meta.url);
const absent = !existsSync(ROOT);
// The programs belong to others and may be absent; each test's name then says so.
const shared = test.skipIf(absent);
const reason = absent ? " (skipped: the shared fixtures are absent)" : "";

interface Expected {
  readonly distribution?: Readonly<Record<string, number>>;
  readonly marginal?: Readonly<Record<string, number | string>>;
}

function names(folder: string): readonly string[] {
  if (absent) return [];
  return readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith(".qasm"));
}

function text(folder: string, name: string): string {
  return readFileSync(new URL(`${folder}${name}`, ROOT), "utf8");
}

function expectedOf(folder: string): Readonly<Record<string, Expected>> {
  return JSON.parse(readFileSync(new URL(`${folder}expected.json`, ROOT), "utf8")).circuits;
}

function totalVariation(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): number {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].reduce((sum, key) => sum + Math.abs((a[key] ?? 0) - (b[key] ?? 0)), 0) / 2;
}

/**
 * The fixtures give ten decimals; so rounded, a thousand outcomes do not add up to a spurious
 * distance.
 */
function tenDecimals(entries: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(entries).map(([key, value]) => [key, Math.round(value * 1e10) / 1e10]),
  );
}

shared(`every expected distribution is met within 1e-9${reason}`, () => {
  let compared = 0;
  for (const folder of ["qasm2/", "qasm3/own/", "qasm3/openqasm-examples/"]) {
    for (const [name, { distribution, marginal }] of Object.entries(expectedOf(folder))) {
      if (distribution === undefined && marginal === undefined) continue;
      const program = programOfOpenQasm(text(folder, `${name}.qasm`), { file: `${name}.qasm` });
      const { probabilities = {} } = simulate(program, { shots: 0, seed: 1, exact: true });
      if (distribution !== undefined) {
        expect(totalVariation(tenDecimals(probabilities), distribution), name).toBeLessThan(1e-9);
        compared += 1;
      }
      if (marginal === undefined) continue;
      const registers = program.outputs.map((output) => output.name);
      const place = registers.indexOf(String(marginal.register));
      for (const value of ["0", "1"]) {
        const sum = Object.entries(probabilities)
          .filter(([key]) => key.split(" ")[place] === value)
          .reduce((total, [, probability]) => total + probability, 0);
        expect(Math.abs(sum - Number(marginal[value])), name).toBeLessThan(1e-9);
      }
    }
  }
  expect(compared).toBe(32);
});

shared(`the same distributions come from the flattened circuits${reason}`, () => {
  for (const folder of ["qasm2/", "qasm3/own/"]) {
    for (const [name, { distribution }] of Object.entries(expectedOf(folder))) {
      if (distribution === undefined) continue;
      const circuit = circuitOfOpenQasm(text(folder, `${name}.qasm`));
      const hidden = circuit.bitRegisters.some((register) => register.name === "scratch");
      const { probabilities = {} } = simulate(circuit, { shots: 0, seed: 1, exact: true });
      const reported = new Map<string, number>();
      for (const [key, value] of Object.entries(probabilities)) {
        const kept = hidden ? key.slice(0, key.lastIndexOf(" ")) : key;
        reported.set(kept, (reported.get(kept) ?? 0) + value);
      }
      const rounded = tenDecimals(Object.fromEntries(reported));
      expect(totalVariation(rounded, distribution), name).toBeLessThan(1e-9);
    }
  }
});

shared(`the official examples parse${reason}`, () => {
  for (const folder of ["qasm3/openqasm-examples/", "qasm2/", "qasm3/own/"]) {
    for (const name of names(folder)) {
      expect(parseOpenQasm(text(folder, name), name).diagnostics, name).toEqual([]);
    }
  }
});

shared(`a fragment without declarations is refused for the names it lacks${reason}`, () => {
  const translation = translateOpenQasm(text("qasm3/openqasm-examples/", "cphase.qasm"));
  expect(translation).toMatchObject({
    kind: "refused",
    diagnostics: [
      { message: expect.stringContaining("got CX") },
      { message: expect.stringContaining("got q") },
    ],
  });
});

shared(`every invalid statement is refused where it is wrong${reason}`, () => {
  const folder = "qasm3/openqasm-invalid/";
  let statements = 0;
  for (const name of names(folder)) {
    for (const line of text(folder, name).split("\n")) {
      if (line.trim() === "" || line.startsWith("//")) continue;
      statements += 1;
      const { diagnostics } = parseOpenQasm(line, name);
      expect(diagnostics.length, line).toBeGreaterThan(0);
      const [{ at, message }] = diagnostics;
      expect(at.line, line).toBe(1);
      expect(at.column, line).toBeGreaterThanOrEqual(1);
      expect(at.column, line).toBeLessThanOrEqual(line.length);
      expect(message, line).toMatch(/^expected .+, got .+/);
    }
  }
  expect(statements).toBe(53);
});

shared(`an invalid file as a whole reports each of its lines${reason}`, () => {
  const folder = "qasm3/openqasm-invalid/";
  for (const name of names(folder)) {
    const lines = text(folder, name).split("\n");
    const reported = new Set(
      parseOpenQasm(text(folder, name), name).diagnostics.map(({ at }) => at.line),
    );
    for (const [index, line] of lines.entries()) {
      if (line.trim() === "" || line.startsWith("//")) continue;
      expect(reported, `${name}:${index + 1}`).toContain(index + 1);
    }
  }
});
