/**
 * dimod's binary quadratic model files, version 2 (and 1, whose header holds the labels): header,
 * offset, per variable the start of its neighbourhood and its linear bias, then every interaction
 * twice, once from each end. Minimised. Solution: the value of each variable.
 */
import { ProblemAssembly, VARIABLES_MAX } from "../../model/assembly.ts";
import { isAll, type QuadraticProblem, VARTYPE } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import { notWritable } from "../not-writable.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import {
  headerBytes,
  labelsOf,
  pythonJson,
  readHeader,
  readSection,
  sectionBytes,
} from "./blocks.ts";
import { ByteReader, FLOAT64, type NumberType, UINT32 } from "./byte-reader.ts";

const MAGIC = "DIMODBQM";
const TERM_BYTES = 12;
const PIECE_TERMS = 8192;
const BIAS = new Float64Array(1);
const BIAS_BITS = new Int32Array(BIAS.buffer);

/** The format. */
export const bqm: ProblemFormat = {
  name: "bqm",
  title: "dimod binary quadratic model, versions 1 and 2",
  extensions: [".bqm"],
  isSurely: (head) => head.startsWith(MAGIC),
  read: readBqm,
  write: writeBqm,
};

/** What the header says of the data. */
interface Layout {
  readonly variableCount: number;
  readonly interactionCount: number;
  readonly biasType: NumberType;
  readonly indexType: NumberType;
  readonly startType: NumberType;
  readonly vartype: 0 | 1;
}

function* readBqm(scanner: Scanner): Reading {
  let bytes = scanner.rest();
  for (; bytes === undefined; bytes = scanner.rest()) yield;
  const reader = new ByteReader(scanner, bytes);
  const { major, facts } = readHeader(reader, MAGIC);
  if (major !== 1 && major !== 2) reader.fail(`version: expected 1 or 2, got ${major}`);
  const layout = layoutOf(reader, facts);
  const data = reader.part("data", reader.at, bytes.length);
  const labels = () => {
    const stated = facts.get("variables");
    if (major === 1) return labelsOf(data, stated, layout.variableCount);
    if (stated === false) return undefined;
    const section = readSection(data, "VARS");
    return labelsOf(section, section.json(section.bytes.length, "labels"), layout.variableCount);
  };
  return { problem: readData(data, layout, labels), layout: VALUES };
}

function layoutOf(reader: ByteReader, facts: ReadonlyMap<string, unknown>): Layout {
  const shape = facts.get("shape");
  const [variableCount, interactionCount] = Array.isArray(shape) ? shape : [];
  const isCount = (value: unknown) => typeof value === "number" && Number.isSafeInteger(value);
  if (!isCount(variableCount) || !isCount(interactionCount) || variableCount > VARIABLES_MAX) {
    reader.fail(`shape: expected two counts, got ${JSON.stringify(shape)}`);
  }
  const name = facts.get("vartype");
  if (name !== "BINARY" && name !== "SPIN") {
    reader.fail(`vartype: expected BINARY or SPIN, got ${JSON.stringify(name)}`);
  }
  return {
    variableCount,
    interactionCount,
    biasType: reader.numberType(facts.get("dtype"), "dtype"),
    indexType: reader.numberType(facts.get("itype"), "itype"),
    startType: reader.numberType(facts.get("ntype"), "ntype"),
    vartype: name === "SPIN" ? VARTYPE.spin : VARTYPE.binary,
  };
}

function readData(
  data: ByteReader,
  layout: Layout,
  readLabels: () => readonly string[] | undefined,
): QuadraticProblem {
  const { variableCount, interactionCount, biasType, indexType, startType } = layout;
  const assembly = new ProblemAssembly("minimise");
  assembly.addOffset(data.bias(biasType, "offset"));
  // All sizes are known to be there before anything is made of them.
  const linearBytes = variableCount * (startType.bytes + biasType.bytes);
  const termBytes = 2 * interactionCount * (indexType.bytes + biasType.bytes);
  const start = data.at;
  data.take(linearBytes + termBytes, "biases");
  const end = data.at;
  const labels = readLabels();
  data.at = start;
  const linear = new Float64Array(variableCount);
  const starts = new Float64Array(variableCount + 1);
  starts[variableCount] = 2 * interactionCount;
  for (let index = 0; index < variableCount; index += 1) {
    const least = index === 0 ? 0 : starts[index - 1];
    const most = index === 0 ? 0 : starts[variableCount];
    starts[index] = data.integer(startType, "start of a neighbourhood", least, most);
    linear[index] = data.bias(biasType, "linear bias");
  }
  for (const [index, bias] of linear.entries()) {
    assembly.addVariable(labels?.[index]);
    assembly.restrict(index, layout.vartype);
    assembly.addLinear(index, bias);
  }
  readInteractions(data, layout, starts, assembly);
  data.at = end;
  return assembly.finish();
}

/** Takes every interaction from its first end, and sees that the other end says the same. */
function readInteractions(
  data: ByteReader,
  { variableCount, biasType, indexType }: Layout,
  starts: Float64Array,
  assembly: ProblemAssembly,
): void {
  let balance = 0;
  for (let index = 0; index < variableCount; index += 1) {
    let before = -1;
    for (let entry = starts[index]; entry < starts[index + 1]; entry += 1) {
      const other = data.integer(indexType, "neighbour", before + 1, variableCount - 1);
      const bias = data.bias(biasType, "quadratic bias");
      before = other;
      if (other === index) data.fail("neighbour: expected another variable, got itself");
      if (index < other) {
        assembly.addQuadratic(index, other, bias);
        balance = (balance + markOf(index, other, bias)) | 0;
      } else {
        balance = (balance - markOf(other, index, bias)) | 0;
      }
    }
  }
  if (balance !== 0) data.fail("interactions: expected each the same from both ends");
}

/** A 32-bit mark of an interaction; the marks of both halves have the same sum. */
function markOf(first: number, second: number, bias: number): number {
  BIAS[0] = bias;
  const pair = Math.imul(first + 1, 0x9e3779b1) ^ second;
  return Math.imul(pair ^ BIAS_BITS[0] ^ Math.imul(BIAS_BITS[1], 0x85ebca6b), 0xc2b2ae35);
}

function* writeBqm({ problem }: FileProblem): Generator<Uint8Array> {
  const { objective, variableCount, labels } = problem;
  const isSpin = isAll(problem, VARTYPE.spin) && variableCount > 0;
  if (!isSpin && !isAll(problem, VARTYPE.binary)) {
    notWritable("variables: expected all binary or all spin, got others");
  }
  if (problem.constraints.count > 0) notWritable("constraints: expected none, got some");
  if (problem.sense !== "minimise") notWritable("sense: expected minimise, got maximise");
  yield headerBytes(MAGIC, [2, 0], {
    shape: [variableCount, objective.biases.length],
    dtype: "float64",
    itype: "int32",
    ntype: "int32",
    vartype: isSpin ? "SPIN" : "BINARY",
    type: "BinaryQuadraticModel",
    variables: labels !== undefined,
  });
  const { starts, columns, biases } = mirrored(problem);
  const front = Buffer.alloc(FLOAT64.bytes + variableCount * TERM_BYTES);
  front.writeDoubleLE(objective.offset);
  for (let index = 0; index < variableCount; index += 1) {
    const at = FLOAT64.bytes + index * TERM_BYTES;
    front.writeInt32LE(starts[index], at);
    front.writeDoubleLE(objective.linear[index], at + UINT32.bytes);
  }
  yield front;
  for (let from = 0; from < columns.length; from += PIECE_TERMS) {
    const count = Math.min(PIECE_TERMS, columns.length - from);
    const piece = Buffer.alloc(count * TERM_BYTES);
    for (let entry = 0; entry < count; entry += 1) {
      piece.writeInt32LE(columns[from + entry], entry * TERM_BYTES);
      piece.writeDoubleLE(biases[from + entry], entry * TERM_BYTES + UINT32.bytes);
    }
    yield piece;
  }
  if (labels !== undefined) yield sectionBytes("VARS", Buffer.from(pythonJson(labels), "latin1"));
}

/** The interactions from both ends, each row ascending. */
function mirrored({ variableCount, objective }: QuadraticProblem) {
  const ends = new Int32Array(variableCount + 1);
  for (let index = 0; index < variableCount; index += 1) {
    ends[index + 1] += objective.starts[index + 1] - objective.starts[index];
  }
  for (const column of objective.columns) ends[column + 1] += 1;
  for (let index = 0; index < variableCount; index += 1) ends[index + 1] += ends[index];
  const starts = ends.slice();
  const columns = new Int32Array(2 * objective.columns.length);
  const biases = new Float64Array(columns.length);
  // Lower neighbours come first: every row receives them before its own turn.
  for (let index = 0; index < variableCount; index += 1) {
    for (let entry = objective.starts[index]; entry < objective.starts[index + 1]; entry += 1) {
      const other = objective.columns[entry];
      columns[ends[index]] = other;
      biases[ends[index]++] = objective.biases[entry];
      columns[ends[other]] = index;
      biases[ends[other]++] = objective.biases[entry];
    }
  }
  return { starts, columns, biases };
}
