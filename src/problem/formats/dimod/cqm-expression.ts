/**
 * Expressions inside dimod's CQM files: the variables that occur, by their index in the problem,
 * then offset, linear and quadratic biases; the quadratic ones by place among those that occur.
 */
import { present } from "#foundation";
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
  const [count, pairCount] = Array.isArray(shape) ? shape : [];
  if (!isCount(count) || !isCount(pairCount)) {
    return reader.fail(`shape: expected two counts, got ${JSON.stringify(shape)}`);
  }
  const biasType = reader.numberType(facts.get("dtype"), "dtype");
  const indexType = reader.numberType(facts.get("itype"), "itype");
  const indexes = readSection(reader, "INDX").expect(count * indexType.bytes, "variables");
  const offset = readSection(reader, "OFFS").bias(biasType, "offset");
  const linear = readSection(reader, "LINB").expect(count * biasType.bytes, "linear biases");
  const variables = new Int32Array(count);
  const biases = new Float64Array(count);
  for (let place = 0; place < count; place += 1) {
    variables[place] = indexes.integer(indexType, "variable", 0, variableCount - 1);
    biases[place] = linear.bias(biasType, "linear bias");
  }
  if (new Set(variables).size !== count) indexes.fail("variables: expected each once");
  const pairBytes = 2 * indexType.bytes + biasType.bytes;
  const pairs = readSection(reader, "QUAD").expect(pairCount * pairBytes, "interactions");
  const firsts = new Int32Array(pairCount);
  const seconds = new Int32Array(pairCount);
  const pairBiases = new Float64Array(pairCount);
  for (let entry = 0; entry < pairCount; entry += 1) {
    firsts[entry] = variables[pairs.integer(indexType, "first place", 0, count - 1)];
    seconds[entry] = variables[pairs.integer(indexType, "second place", 0, count - 1)];
    pairBiases[entry] = pairs.bias(biasType, "quadratic bias");
  }
  return { offset, variables, biases, firsts, seconds, pairBiases };
}

/** Adds terms to the objective, or to the left side of a row. */
export function addTerms(assembly: ProblemAssembly, terms: TermLists, row?: number): void {
  if (row === undefined) assembly.addOffset(terms.offset);
  else assembly.addRowOffset(row, terms.offset);
  for (const [entry, variable] of terms.variables.entries()) {
    const bias = terms.biases[entry];
    if (row === undefined) assembly.addLinear(variable, bias);
    else assembly.addRowLinear(row, variable, bias);
  }
  for (const [entry, bias] of terms.pairBiases.entries()) {
    const [first, second] = [terms.firsts[entry], terms.seconds[entry]];
    if (row === undefined) assembly.addQuadratic(first, second, bias);
    else assembly.addRowQuadratic(row, first, second, bias);
  }
}

/** An expression as bytes; `type` is the name of dimod's class. */
export function termBytes(terms: TermLists, type: string): Uint8Array {
  const variables = variablesOf(terms);
  const places = new Map(Array.from(variables, (variable, place) => [variable, place]));
  const placeOf = (variable: number) => present(places.get(variable), "variable of the expression");
  const indexes = Buffer.alloc(UINT32.bytes * variables.length);
  for (const [place, variable] of variables.entries()) {
    indexes.writeInt32LE(variable, UINT32.bytes * place);
  }
  const biases = Buffer.alloc(FLOAT64.bytes * variables.length);
  for (const [entry, variable] of terms.variables.entries()) {
    biases.writeDoubleLE(terms.biases[entry], FLOAT64.bytes * placeOf(variable));
  }
  const offset = Buffer.alloc(FLOAT64.bytes);
  offset.writeDoubleLE(terms.offset);
  const pairs = Buffer.alloc(TERM_BYTES * terms.pairBiases.length);
  for (const [entry, bias] of terms.pairBiases.entries()) {
    const at = TERM_BYTES * entry;
    // dimod stores the lower triangle.
    pairs.writeInt32LE(placeOf(terms.seconds[entry]), at);
    pairs.writeInt32LE(placeOf(terms.firsts[entry]), at + UINT32.bytes);
    pairs.writeDoubleLE(bias, at + 2 * UINT32.bytes);
  }
  const shape = [variables.length, terms.pairBiases.length];
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
  return {
    variables: variablesOf(terms).length,
    interactions: terms.pairBiases.length,
    quadraticVariables: addAll(new Set(), terms.firsts, terms.seconds).size,
  };
}

/** The variables that occur, ascending. */
function variablesOf({ variables, firsts, seconds }: TermLists): Int32Array {
  return Int32Array.from(addAll(new Set(), variables, firsts, seconds)).sort();
}

function addAll(set: Set<number>, ...lists: readonly Int32Array[]): Set<number> {
  for (const list of lists) for (const variable of list) set.add(variable);
  return set;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
