/**
 * dimod's JSON of a binary quadratic model (`to_serializable`, schema 3.0.0, without bytes): linear
 * biases, and interactions as three lists. Minimised. Solution: the value of each variable.
 */
import { ProblemAssembly, VARIABLES_MAX } from "../../model/assembly.ts";
import { interactionsOf, isAll, VARTYPE } from "../../model/quadratic-problem.ts";
import type { FileProblem, ProblemFormat, Reading } from "../format.ts";
import { notWritable } from "../not-writable.ts";
import type { Scanner } from "../scanner.ts";
import { VALUES } from "../solution-layout.ts";
import { type JsonPart, readJson } from "./json-part.ts";

const TYPE = "BinaryQuadraticModel";

/** The format. */
export const bqmJson: ProblemFormat = {
  name: "bqm-json",
  title: "dimod binary quadratic model as JSON, schema 3",
  extensions: [".bqm.json"],
  isSurely: (head) => /^\s*\{/.test(head) && /"bqm_schema"|"type"\s*:\s*"BinaryQ/.test(head),
  read: readBqmJson,
  write: writeBqmJson,
};

function* readBqmJson(scanner: Scanner): Reading {
  const file = yield* readJson(scanner);
  const schema = file.member("version").member("bqm_schema");
  if (!/^3\./.test(schema.text())) schema.fail("schema 3");
  if (file.member("use_bytes").value === true) file.member("use_bytes").fail("false");
  const vartype = file.member("variable_type").choice(["BINARY", "SPIN"]);
  const linear = file.member("linear_biases").numbers();
  const count = file.member("num_variables").integer(0, VARIABLES_MAX);
  if (linear.length !== count) file.member("linear_biases").fail(`${count} numbers`);
  const labels = readLabels(file.member("variable_labels"), count);
  const assembly = new ProblemAssembly("minimise");
  assembly.addOffset(file.member("offset").number());
  for (const [index, bias] of linear.entries()) {
    assembly.addVariable(labels?.[index]);
    assembly.restrict(index, vartype === "SPIN" ? VARTYPE.spin : VARTYPE.binary);
    assembly.addLinear(index, bias);
  }
  readInteractions(file, assembly);
  return { problem: assembly.finish(), layout: VALUES };
}

function readInteractions(file: JsonPart, assembly: ProblemAssembly): void {
  const count = file.member("num_interactions").integer(0, Number.MAX_SAFE_INTEGER);
  const [heads, tails, biases] = ["quadratic_head", "quadratic_tail", "quadratic_biases"].map(
    (name) => {
      const values = file.member(name).numbers();
      if (values.length !== count) file.member(name).fail(`${count} numbers`);
      return values;
    },
  );
  const isIndex = (value: number) =>
    Number.isInteger(value) && value >= 0 && value < assembly.variableCount;
  for (const [entry, bias] of biases.entries()) {
    if (!isIndex(heads[entry])) file.member("quadratic_head").items()[entry].fail("a variable");
    if (!isIndex(tails[entry])) file.member("quadratic_tail").items()[entry].fail("a variable");
    assembly.addQuadratic(heads[entry], tails[entry], bias);
  }
}

/** Labels that are 0 to n - 1, as dimod numbers unnamed variables, are none. */
function readLabels(part: JsonPart, count: number): readonly string[] | undefined {
  const items = part.items();
  if (items.length !== count) part.fail(`${count} labels`);
  if (items.every(({ value }, index) => value === index)) return undefined;
  const labels = items.map(({ value }) =>
    typeof value === "string" ? value : JSON.stringify(value),
  );
  if (new Set(labels).size !== count) part.fail("labels that all differ");
  return labels;
}

function* writeBqmJson({ problem }: FileProblem): Generator<string> {
  const { objective, variableCount } = problem;
  const isSpin = isAll(problem, VARTYPE.spin) && variableCount > 0;
  if (!isSpin && !isAll(problem, VARTYPE.binary)) {
    notWritable("variables: expected all binary or all spin, got others");
  }
  if (problem.constraints.count > 0) notWritable("constraints: expected none, got some");
  if (problem.sense !== "minimise") notWritable("sense: expected minimise, got maximise");
  const heads: number[] = [];
  for (const [first] of interactionsOf(problem)) heads.push(first);
  yield `${JSON.stringify({
    type: TYPE,
    version: { bqm_schema: "3.0.0" },
    use_bytes: false,
    index_type: "int32",
    bias_type: "float64",
    num_variables: variableCount,
    num_interactions: objective.biases.length,
    variable_labels: problem.labels ?? Array.from({ length: variableCount }, (_, index) => index),
    variable_type: isSpin ? "SPIN" : "BINARY",
    offset: objective.offset,
    info: {},
    linear_biases: Array.from(objective.linear),
    quadratic_biases: Array.from(objective.biases),
    quadratic_head: heads,
    quadratic_tail: Array.from(objective.columns),
  })}\n`;
}
