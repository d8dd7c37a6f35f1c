/**
 * Expressions inside dimod's CQM files: the variables that occur, by their index in the problem,
 * then offset, linear and quadratic biases; the quadratic ones by place among those that occur.
 */
import type { ProblemAssembly } from "../../model/assembly.ts";
import type { TermLists } from "../terms-of.ts";
import { headerBytes, readHeader, readSection, sectionBytes } from "./blocks.ts";
import { type ByteReader, FLOAT64, UINT32 } from "./byte-reader.ts";

const MAGIC = "DIMODEXPR";
const TERM_BYTES = 16;

/** How many variables and interactions a dimod expression counts. */
export interface TermCounts {
  readonly variables: number;
  readonly interactions: number;
  /** Variables with at least one interaction. */
  readonly quadraticVariables: number;
}

/** Reads an expression over `variableCount` variables. */
export function readTerms(reader: ByteReader, variableCount: number): TermLists {
  const { facts } = readHeader(reader, MAGIC);
  const shape = facts.get("shape");
  const [count, interactionCount] = Array.isArray(shape) ? shape : [];
  if (typeof count !== "number" || typeof interactionCount !== "number") {
    reader.fail(`shape: expected two counts, got ${JSON.stringify(shape)}`);
  }
  const biasType = reader.numberType(facts.get("dtype"), "dtype");
  const indexType = reader.numberType(facts.get("itype"), "itype");
  const indexes = readSection(reader, "INDX");
  const offset = readSection(reader, "OFFS").bias(biasType, "offset");
  const biases = readSection(reader, "LINB");
  const variables: number[] = [];
  const linear: (readonly [number, number])[] = [];
  for (let place = 0; place < count; place += 1) {
    const variable = indexes.integer(indexType, "variable", 0, variableCount - 1);
    variables.push(variable);
    linear.push([variable, biases.bias(biasType, "linear bias")]);
  }
  if (new Set(variables).size !== variables.length) indexes.fail("variables: expected each once");
  const pairs = readSection(reader, "QUAD");
  const quadratic: (readonly [number, number, number])[] = [];
  for (let entry = 0; entry < interactionCount; entry += 1) {
    const first = variables[pairs.integer(indexType, "first place", 0, count - 1)];
    const second = variables[pairs.integer(indexType, "second place", 0, count - 1)];
    quadratic.push([first, second, pairs.bias(biasType, "quadratic bias")]);
  }
  return { offset, linear, quadratic };
}

/** Adds terms to the objective, or to the left side of a row. */
export function addTerms(assembly: ProblemAssembly, terms: TermLists, row?: number): void {
  if (row === undefined) {
    assembly.addOffset(terms.offset);
    for (const [variable, bias] of terms.linear) assembly.addLinear(variable, bias);
    for (const [first, second, bias] of terms.quadratic) assembly.addQuadratic(first, second, bias);
    return;
  }
  assembly.addRowOffset(row, terms.offset);
  for (const [variable, bias] of terms.linear) assembly.addRowLinear(row, variable, bias);
  for (const [first, second, bias] of terms.quadratic) {
    assembly.addRowQuadratic(row, first, second, bias);
  }
}

/** An expression as bytes; `type` is the name of dimod's class. */
export function termBytes(terms: TermLists, type: string): Uint8Array {
  const variables = variablesOf(terms);
  const places = new Map(variables.map((variable, place) => [variable, place]));
  const linear = new Map(terms.linear);
  const indexes = Buffer.alloc(UINT32.bytes * variables.length);
  const biases = Buffer.alloc(FLOAT64.bytes * variables.length);
  for (const [place, variable] of variables.entries()) {
    indexes.writeInt32LE(variable, UINT32.bytes * place);
    biases.writeDoubleLE(linear.get(variable) ?? 0, FLOAT64.bytes * place);
  }
  const offset = Buffer.alloc(FLOAT64.bytes);
  offset.writeDoubleLE(terms.offset);
  const pairs = Buffer.alloc(TERM_BYTES * terms.quadratic.length);
  for (const [entry, [first, second, bias]] of terms.quadratic.entries()) {
    // dimod stores the lower triangle.
    pairs.writeInt32LE(places.get(second) ?? 0, TERM_BYTES * entry);
    pairs.writeInt32LE(places.get(first) ?? 0, TERM_BYTES * entry + UINT32.bytes);
    pairs.writeDoubleLE(bias, TERM_BYTES * entry + 2 * UINT32.bytes);
  }
  const shape = [variables.length, terms.quadratic.length];
  return Buffer.concat([
    headerBytes(MAGIC, [2, 0], { shape, dtype: "float64", itype: "int32", type }),
    sectionBytes("INDX", indexes),
    sectionBytes("OFFS", offset),
    sectionBytes("LINB", biases),
    sectionBytes("QUAD", pairs, 8),
  ]);
}

/** What dimod counts in an expression. */
export function countsOf(terms: TermLists): TermCounts {
  const interacting = new Set<number>();
  for (const [first, second] of terms.quadratic) interacting.add(first).add(second);
  return {
    variables: variablesOf(terms).length,
    interactions: terms.quadratic.length,
    quadraticVariables: interacting.size,
  };
}

/** The variables that occur, ascending. */
function variablesOf({ linear, quadratic }: TermLists): number[] {
  const variables = new Set(linear.map(([variable]) => variable));
  for (const [first, second] of quadratic) variables.add(first).add(second);
  return [...variables].sort((a, b) => a - b);
}
