/**
 * The shared OpenQASM programs: exact distributions, invalid statements, official examples.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { programOfOpenQasm, simulate, stateVectorEngine } from "#circuit";
import { parseOpenQasm } from "../../src/circuit/openqasm/parsing/parse.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";

const ROOT = new URL("../../../shared/fixtures/qasm/", import.meta.url);
const FOLDERS = ["qasm2/", "qasm3/own/", "qasm3/openqasm-examples/"];
const TOTAL_VARIATION_MAX = 1e-9;

type Distribution = Readonly<Record<string, number>>;

/** Figure 1. */
export function measureConformance(): readonly Reading[] {
  if (!existsSync(ROOT)) {
    const goal = "the shared programs";
    return [{ what: "programs", goal, reached: "absent", spread: "", isMet: null }];
  }
  return [...(["f64", "f32"] as const).map(distributions), invalidStatements(), officialExamples()];
}

function distributions(precision: "f64" | "f32"): Reading {
  const engine = stateVectorEngine({ precision });
  const distances: { readonly name: string; readonly rounded: number; readonly raw: number }[] = [];
  for (const folder of FOLDERS) {
    const { circuits } = JSON.parse(readFileSync(new URL(`${folder}expected.json`, ROOT), "utf8"));
    for (const name of Object.keys(circuits)) {
      const expected: Distribution | undefined = circuits[name].distribution;
      if (expected === undefined) continue;
      const program = programOfOpenQasm(text(folder, `${name}.qasm`), { file: name });
      const { probabilities = {} } = simulate(program, { shots: 0, seed: 1, exact: true, engine });
      const rounded = totalVariation(tenDecimals(probabilities), expected);
      distances.push({ name, rounded, raw: totalVariation(probabilities, expected) });
    }
  }
  const worst = distances.reduce((a, b) => (b.rounded > a.rounded ? b : a));
  const rawWorst = distances.reduce((a, b) => (b.raw > a.raw ? b : a));
  return {
    what: `programs with an expected distribution, ${precision}: total variation distance`,
    goal: precision === "f64" ? `at most ${TOTAL_VARIATION_MAX}` : "",
    reached: `${worst.rounded.toExponential(1)} at most`,
    spread:
      `${distances.length} programs, ours rounded to the ten decimals recorded; unrounded ` +
      `${rawWorst.raw.toExponential(1)} (${rawWorst.name})`,
    isMet: precision === "f64" ? worst.rounded <= TOTAL_VARIATION_MAX : null,
  };
}

function invalidStatements(): Reading {
  const folder = "qasm3/openqasm-invalid/";
  const statements = names(folder).flatMap((name) =>
    text(folder, name)
      .split("\n")
      .filter((line) => line.trim() !== "" && !line.startsWith("//")),
  );
  const refused = statements.filter((statement) => {
    const [first] = parseOpenQasm(statement, "statement").diagnostics;
    return first !== undefined && first.at.line === 1 && first.at.column >= 1;
  });
  return {
    what: "invalid statements refused with a position",
    goal: "all",
    reached: `${refused.length} of ${statements.length}`,
    spread: `${names(folder).length} files`,
    isMet: refused.length === statements.length,
  };
}

function officialExamples(): Reading {
  const folder = "qasm3/openqasm-examples/";
  const files = names(folder);
  const read = files.filter(
    (name) => parseOpenQasm(text(folder, name), name).diagnostics.length === 0,
  );
  return {
    what: "official examples that parse",
    goal: "all",
    reached: `${read.length} of ${files.length}`,
    spread: "",
    isMet: read.length === files.length,
  };
}

function names(folder: string): readonly string[] {
  return readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith(".qasm"));
}

function text(folder: string, name: string): string {
  return readFileSync(new URL(`${folder}${name}`, ROOT), "utf8");
}

function totalVariation(a: Distribution, b: Distribution): number {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return keys.reduce((sum, key) => sum + Math.abs((a[key] ?? 0) - (b[key] ?? 0)), 0) / 2;
}

function tenDecimals(entries: Distribution): Distribution {
  return Object.fromEntries(
    Object.entries(entries).map(([key, value]) => [key, Math.round(value * 1e10) / 1e10]),
  );
}
