/**
 * Translation of gate definitions. A definition that is, matrix for matrix, a gate of the table
 * under its own name is taken for that gate, so that engines and drawings meet `rzz` rather than
 * what it is made of.
 */

import { Fault } from "#foundation";
import type { GateRow } from "../../gates/gate-row.ts";
import { gateOfOpenQasm, gateRow, isGateName } from "../../gates/gate-table.ts";
import { type ComplexMatrix, distance } from "../../gates/matrix.ts";
import { operationsMatrix } from "../../gates/operations-matrix.ts";
import type { Memory } from "../../machine/code.ts";
import { type BodyStep, expandedCall, type GateDefinition } from "../gate-expansion.ts";
import { type Position, Rejection } from "../source.ts";
import type { Expression, GateCall, Statement } from "../syntax.ts";
import { asInteger } from "../values/conversion.ts";
import { asBigint } from "../values/value-type.ts";
import { translateCall } from "./gate-call.ts";
import { rangeValues } from "./range-values.ts";
import type { Translator } from "./translator.ts";

/** Definitions that may be inside each other. */
const DEPTH_MAX = 200;

/**
 * Angles at which a definition is held against the table; any two suffice for expressions that are
 * analytic.
 */
const PROBES: readonly (readonly number[])[] = [
  [0.731, -1.377, 2.219, 0.403],
  [-2.113, 0.577, -0.911, 1.839],
];

const OPAQUE = { kind: "opaque", what: "opaque" } as const;

type DefinitionStatement = Extract<Statement, { kind: "gate-definition" }>;

/** Declares the gate that `statement` defines. */
export function translateGateDefinition(t: Translator, statement: DefinitionStatement): void {
  const { at, name, parameters, qubits, body } = statement;
  if (!t.scopes.isGlobal) throw new Rejection(at, "expected gates to be defined in no block");
  const twice = [...parameters, ...qubits].find((word, index, all) => all.indexOf(word) < index);
  if (twice !== undefined) throw new Rejection(at, `expected different names, got ${twice} twice`);
  const head = { name, parameterCount: parameters.length, qubitCount: qubits.length };
  if (t.version === 2) t.scopes.forgetLibraryGate(name);
  if (body === undefined) {
    const definition: GateDefinition = { ...head, body: OPAQUE, depth: 1 };
    t.scopes.declare(at, name, { kind: "gate", definition, fromLibrary: false });
    return;
  }
  const translation = new BodyTranslation(t, statement);
  const steps = t.scopes.within(true, () => translation.body(body));
  if (translation.depth > DEPTH_MAX) {
    throw new Rejection(at, `expected definitions at most ${DEPTH_MAX} deep in each other`);
  }
  const { depth, cellCount } = translation;
  const written: GateDefinition = { ...head, body: { kind: "steps", cellCount, steps }, depth };
  const row = sameRow(t.version, written);
  const definition =
    row === undefined ? written : { ...written, body: { kind: "row", row } as const };
  t.scopes.declare(at, name, { kind: "gate", definition, fromLibrary: false });
}

/** Declares every gate of the table that the standard library of the language has. */
export function declareLibrary(
  t: Translator,
  at: Position,
  rows: readonly (readonly [string, GateRow])[],
): void {
  for (const [name, row] of rows) {
    if (t.scopes.find(name) !== undefined) {
      throw new Rejection(at, `expected ${name} to be new, but it is declared already`);
    }
    t.scopes.declare(at, name, {
      kind: "gate",
      definition: rowDefinition(name, row),
      fromLibrary: true,
    });
  }
}

/** A gate of the table under the name the program has for it. */
export function rowDefinition(name: string, row: GateRow): GateDefinition {
  const { qubitCount, parameterNames } = row;
  return {
    name,
    parameterCount: parameterNames.length,
    qubitCount,
    body: { kind: "row", row },
    depth: 1,
  };
}

class BodyTranslation {
  depth = 1;
  cellCount: number;
  readonly #t: Translator;
  readonly #qubits: ReadonlyMap<string, number>;
  readonly #parameters: readonly string[];
  readonly #at: Position;

  constructor(t: Translator, statement: DefinitionStatement) {
    this.#t = t;
    this.#at = statement.at;
    this.#qubits = new Map(statement.qubits.map((name, index) => [name, index]));
    this.#parameters = statement.parameters;
    this.cellCount = statement.parameters.length;
  }

  body(statements: readonly Statement[]): readonly BodyStep[] {
    const { scopes } = this.#t;
    for (const [cell, name] of this.#parameters.entries()) {
      const type = { kind: "float", width: undefined } as const;
      scopes.declare(this.#at, name, { kind: "variable", type, cell, constant: undefined });
    }
    return this.steps(statements);
  }

  steps(statements: readonly Statement[]): readonly BodyStep[] {
    return statements.flatMap((statement) => this.step(statement));
  }

  step(statement: Statement): readonly BodyStep[] {
    const { kind } = statement;
    if (kind === "gate-call") return [this.call(statement)];
    if (kind === "for") return [this.loop(statement)];
    if (kind === "block") {
      return this.#t.scopes.within(false, () => this.steps(statement.body));
    }
    // None of these does anything to a state.
    if (kind === "barrier" || kind === "nop" || kind === "pragma") return [];
    throw new Rejection(statement.at, "expected gates and for loops alone in a gate's body");
  }

  call(statement: GateCall): BodyStep {
    const { at, name, operands } = statement;
    const { place, scopes } = this.#t;
    const { call, qubitCount } = translateCall(this.#t, statement);
    if (this.#t.place !== place) {
      throw new Rejection(at, "expected no calls of subroutines in a gate's body");
    }
    const meaning = scopes.find(name);
    if (meaning?.kind === "gate") this.depth = Math.max(this.depth, meaning.definition.depth + 1);
    const qubits = operands.map((operand) => this.qubit(operand));
    if (qubits.length !== qubitCount) {
      throw new Rejection(at, `expected ${qubitCount} operands, got ${qubits.length}`);
    }
    if (new Set(qubits).size !== qubits.length) {
      throw new Rejection(at, "expected each qubit once, got one twice");
    }
    return { kind: "call", call, qubits };
  }

  qubit(operand: Expression): number {
    const place = operand.kind === "name" ? this.#qubits.get(operand.name) : undefined;
    if (place === undefined) throw new Rejection(operand.at, "expected one of the gate's qubits");
    return place;
  }

  loop(statement: Extract<Statement, { kind: "for" }>): BodyStep {
    const { at, name, values, body } = statement;
    const cell = this.cellCount;
    this.cellCount += 1;
    const read = this.values(values);
    const steps = this.#t.scopes.within(false, () => {
      const type = { kind: "int", width: undefined } as const;
      this.#t.scopes.declare(at, name, { kind: "variable", type, cell, constant: undefined });
      return this.steps(body);
    });
    return { kind: "for", cell, values: read, steps };
  }

  values(
    values: Extract<Statement, { kind: "for" }>["values"],
  ): (memory: Memory) => readonly bigint[] {
    if (values.kind === "range") return rangeValues(this.#t, values);
    if (values.kind === "single") throw new Rejection(values.at, "expected a range or a set");
    const items = values.values.map((value) => asInteger(this.#t.value(value)));
    return (memory) => items.map((item) => asBigint(item.evaluate(memory)));
  }
}

/** The row of the table that `definition` spells out, if there is one under its name. */
function sameRow(version: 2 | 3, definition: GateDefinition): GateRow | undefined {
  const { name, qubitCount, parameterCount } = definition;
  const row = gateOfOpenQasm(version, name) ?? (isGateName(name) ? gateRow(name) : undefined);
  if (row?.qubitCount !== qubitCount || row.parameterNames.length !== parameterCount)
    return undefined;
  const qubits = Array.from({ length: qubitCount }, (_, qubit) => qubit);
  const at = { file: "", line: 0, column: 0 };
  try {
    const same = PROBES.every((probe) => {
      const angles = probe.slice(0, parameterCount);
      const operations = expandedCall({ at, definition, angles, modifiers: [] }, qubits);
      const matrix = operationsMatrix(operations, qubits);
      return differs(version, matrix, row.matrix(angles)) < 1e-12;
    });
    return same ? row : undefined;
  } catch (thrown) {
    // What cannot be expanded here is complained about where it is called.
    if (thrown instanceof Fault) return undefined;
    throw thrown;
  }
}

/** How far two matrices are apart; in OpenQASM 2, where no phase is observable, up to one. */
function differs(version: 2 | 3, a: ComplexMatrix, b: ComplexMatrix): number {
  if (version === 3) return distance(a, b);
  const index = a.re.findIndex((re, entry) => Math.hypot(re, a.im[entry]) > 0.1);
  const norm = Math.hypot(b.re[index], b.im[index]) * Math.hypot(a.re[index], a.im[index]);
  if (norm === 0) return 1;
  const re = (b.re[index] * a.re[index] + b.im[index] * a.im[index]) / norm;
  const im = (b.im[index] * a.re[index] - b.re[index] * a.im[index]) / norm;
  const turned = {
    size: a.size,
    re: a.re.map((value, entry) => re * value - im * a.im[entry]),
    im: a.im.map((value, entry) => re * value + im * a.re[entry]),
  };
  return distance(turned, b);
}
