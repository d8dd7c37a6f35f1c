/**
 * Files that are wrong: every format says what was expected, what was there, and where. And files
 * that are right in unusual ways.
 */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Fault } from "#foundation";
import { ProblemBuilder } from "../model/problem-builder.ts";
import { FORMATS } from "./formats.ts";
import { type ReadOptions, readProblem, readProblemFile } from "./read-problem.ts";
import { VALUES } from "./solution-layout.ts";
import { writeProblem, writeProblemFile } from "./write-problem.ts";

async function faultOf(action: () => Promise<unknown> | unknown): Promise<Fault> {
  try {
    await action();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error("expected a fault, got none");
}

const read = (text: string | Buffer, options: ReadOptions) =>
  readProblem([Buffer.from(text)], options);

type Wrong = readonly [
  remark: string,
  format: string,
  text: string,
  places: readonly string[],
  message: RegExp,
];

const INVALID: readonly Wrong[] = [
  ["nothing", "gset", "", ["/1/1", "/1/1"], /vertices: expected a number, got the end of the file/],
  ["a word for a number", "gset", "3 1\n1 x 2\n", ["/2/3"], /second index: .* got "x"/],
  ["a vertex too many", "gset", "3 1\n1 4 2\n", ["/2/3"], /an integer from 1 to 3, got 4/],
  ["a loop", "gset", "3 1\n1 1 2\n", ["/2/5"], /expected two vertices, got one twice/],
  ["an edge short", "gset", "3 2\n1 2 2\n", ["/3/1"], /edges: expected 2, got 1/],
  ["an edge too many", "gset", "3 1\n1 2 2\n2 3 1\n", ["/3/5"], /edges: expected 1, got more/],
  ["three bad lines", "gset", "3 3\n1 2\n1 9 1\n2 3 1 1\n", ["/2/4", "/3/3", "/4/7"], /2 more/],
  ["a number beyond doubles", "biqmac", "2 1\n1 2 1e400\n", ["/2/5"], /up to 1e140/],
  ["an unknown vartype", "qubo", "# vartype=TRIT\n0 0 1\n", ["/1/1"], /BINARY or SPIN, got TRIT/],
  ["couplers short", "qubo", "p qubo 0 2 1 1\n0 0 1\n", ["/3/1"], /couplers: expected 1, got 0/],
  ["a pair twice", "mdp", "3 1\n0 1 1\n1 0 1\n1 2 1\n", ["/3/5"], /expected once, got again/],
  ["a capacity short", "gap", "1 2\n3 4\n1 1\n", ["/4/1"], /capacity: .* the end of the file/],
  ["more than said", "gap", "1 1\n3\n1\n5\n6\n", ["/5/1"], /expected its end, got more/],
  ["type 2", "qkp", "name\n1\n5\n2\n7\n3\n", ["/4/1"], /constraint type: .* 0 to 1, got 2/],
  ["a flow short", "qaplib", "2\n0 1\n1 0\n0 1\n1\n", ["/6/1"], /distance: .* end of the file/],
  ["no section", "lp", "x + y >= 2\n", ["/1/1"], /expected a section, or End, got name x/],
  ["no End", "lp", "Min\n x\nBinary\n x\n", ["/5/1"], /End, got the end of the file/],
  ["two signs and nothing", "lp", "Min\n x + -\nEnd", ["/3/1"], /expected a term, got section end/],
  ["degree three", "lp", "Min\n [ x ^ 3 ]\nEnd", ["/2/8"], /exponent 2, got number 3/],
  ["a row twice", "lp", "Min\n x\nst\n c: x>=0\n c: x<=1\nBin\n x\nEnd", ["/5/2"], /again/],
  ["an empty domain", "lp", "Min\n x\nBounds\n 3<=x<=2\nGen\n x\nEnd", ["/2/2"], /got 3 and 2/],
  ["no ENDATA", "mps", "ROWS\n N o\nCOLUMNS\n", ["/4/1"], /expected ENDATA, got its end/],
  ["an unknown row", "mps", "ROWS\n N o\nCOLUMNS\n x p 1\nENDATA\n", ["/4/4"], /ROWS, got p/],
  ["a bad row type", "mps", "ROWS\n N o\n Q r\nENDATA\n", ["/3/2"], /N, L, E or G, got Q/],
  ["not JSON", "bqm-json", '{"type":\n oops}', ["/2/2"], /JSON: /],
  ["a text for a number", "cqm-json", cqmJson('"offset": "x"'), ["/3/25"], /a number .*, got "x"/],
  ["another schema", "bqm-json", '{"version": {"bqm_schema": "1.0"}}', ["/1/28"], /schema 3/],
  ["another file", "bqm", "DIMODCQM", ["/1/9"], /magic: expected DIMODBQM/],
  ["a header cut short", "cqm", "DIMODCQM\x02\x00\xff\x00\x00\x00{", ["/1/15"], /255 bytes, got 1/],
];

function cqmJson(objective: string): string {
  return `{"type": "QuadraticProblem", "schemaVersion": 1, "sense": "minimise",
"variables": [],
"objective": {${objective}}}`;
}

describe("a file that breaks its format", () => {
  test.each(INVALID)("%s (%s)", async (_remark, format, text, places, message) => {
    const fault = await faultOf(() => read(Buffer.from(text, "latin1"), { format }));
    expect(fault.row.code).toBe("problem-file-invalid");
    expect(fault.message).toMatch(message);
    expect(fault.flaws.map(({ pointer }) => pointer)).toEqual(places);
  });

  test("stops after twenty flaws", async () => {
    const text = `9 99\n${"1 0 1\n".repeat(99)}`;
    const { flaws } = await faultOf(() => read(text, { format: "gset" }));
    expect(flaws.length).toBe(20);
  });

  test("is refused where its compression breaks", async () => {
    const packed = gzipSync("3 2\n1 2 1\n2 3 1\n");
    const { row, message } = await faultOf(() =>
      read(packed.subarray(0, packed.length - 12), { format: "gset" }),
    );
    expect(row.code).toBe("problem-file-invalid");
    expect(message).toMatch(/line \d+, column \d+: compressed data: expected gzip/);
  });
});

const UNSUPPORTED: readonly (readonly [remark: string, format: string, text: string, RegExp])[] = [
  ["a continuous variable", "lp", "Min\n x + y\nBin\n x\nEnd\n", /variable y: .* continuous/],
  ["semi-continuous ones", "lp", "Min\n x\nSemi-continuous\n x\nEnd", /section semi/],
  ["an indicator", "lp", "Min\n x\nst\n c: y = 1 -> x >= 2\nEnd", /indicator constraint/],
  ["special ordered sets", "mps", "ROWS\n N o\nSOS\nENDATA\n", /section SOS/],
  ["a semi-continuous bound", "mps", mpsBound("SC b x 3"), /bound: .* got SC/],
];

function mpsBound(line: string): string {
  return `ROWS\n N o\nCOLUMNS\n m 'MARKER' 'INTORG'\n x o 1\nBOUNDS\n ${line}\nENDATA\n`;
}

describe("a file that keeps its format but cannot be taken", () => {
  test.each(UNSUPPORTED)("%s (%s)", async (_remark, format, text, message) => {
    const fault = await faultOf(() => read(text, { format }));
    expect(fault.row.code).toBe("problem-file-unsupported");
    expect(fault.message).toMatch(/^line \d+, column \d+: /);
    expect(fault.message).toMatch(message);
  });
});

describe("defaults and dialects", () => {
  const bounds: readonly (readonly [line: string, lower: number, upper: number])[] = [
    ["", 0, 1],
    ["BV b x", 0, 1],
    ["LO b x 2", 2, Infinity],
    ["UP b x 5", 0, 5],
    ["FX x 3", 3, 3],
    ["MI b x", -Infinity, Infinity],
    ["LI b x -2.5", -2, Infinity],
    ["UI b x 1e30", 0, Infinity],
  ];
  test.each(bounds)("MPS bound %j", async (line, lower, upper) => {
    const { problem } = await read(mpsBound(line), { format: "mps" });
    expect([problem.lowerBounds[0], problem.upperBounds[0]]).toEqual([lower, upper]);
  });

  const rows: readonly (readonly [row: string, comparison: number, rightSide: number])[] = [
    ["x + 2 >= 3 + 1", 2, 2],
    ["3 >= x", 0, 3],
    ["x =< 1", 0, 1],
    ["- -x < 1", 0, 1],
    ["x > -1e2", 2, -100],
  ];
  test.each(rows)("LP row %s", async (row, comparison, rightSide) => {
    const text = `Min\nst ${row.replace("3 + 1", "4")}\nBinary x\nEnd`;
    const { constraints } = (await read(text, { format: "lp" })).problem;
    expect([constraints.comparisons[0], constraints.rightSides[0]]).toEqual([
      comparison,
      rightSide,
    ]);
    expect([...constraints.biases]).toEqual([1]);
  });

  test("an MPS range says the same as two rows", async () => {
    const text = (range: string) =>
      `ROWS\n N o\n E c\nCOLUMNS\n m 'MARKER' 'INTORG'\n x c 1\n` +
      `RHS\n c 4\nRANGES\n c ${range}\nENDATA`;
    for (const [range, low, high] of [
      ["2", 4, 6],
      ["-2", 2, 4],
    ] as const) {
      const { constraints } = (await read(text(range), { format: "mps" })).problem;
      expect(constraints.labels).toEqual(["c", "c.range"]);
      expect([...constraints.rightSides]).toEqual([low, high]);
    }
  });
});

describe("the choice of format and problem", () => {
  const guesses: readonly (readonly [fileName: string, text: string, format: string])[] = [
    ["", "Minimize\n x\nBinary\n x\nEnd\n", "lp"],
    ["x.txt", "NAME p\nROWS\n N o\nENDATA\n", "mps"],
    ["a/G99.txt", "2 1\n1 2 1\n", "gset"],
    ["nothing-known", "2 1\n1 2 1\n", "gset"],
    ["nothing-known", "2 2\n1 2 1\n1 1 1\n", "biqmac"],
    ["nothing-known", "2 1\n0 1 1\n", "mdp"],
    ["nothing-known", "0 0 1\n0 1 1\n", "qubo"],
    ["nothing-known", "2\n\n0 1\n1 0\n\n0 1\n1 0\n", "qaplib"],
  ];
  test.each(guesses)("%j: %j is %s", async (fileName, text, format) => {
    expect((await read(text, { fileName })).format.name).toBe(format);
  });

  const unknown: readonly (readonly [remark: string, () => Promise<unknown>])[] = [
    ["an unknown name", () => read("", { format: "xyz" })],
    ["content that says nothing", () => read("hello", {})],
    ["a file to write that says nothing", () => writeProblemFile("x.dat2", empty())],
  ];
  test.each(unknown)("%s is a fault", async (_remark, action) => {
    expect((await faultOf(action)).row.code).toBe("problem-format-unknown");
  });

  const foreign: readonly (readonly [remark: string, text: string, title: RegExp])[] = [
    ["routes", "NAME : A-n32-k5\nCOMMENT : x\nTYPE : CVRP\nDIMENSION : 32\n", /got a TSPLIB file/],
    ["tours", "NAME: att48\nTYPE: TSP\n", /got a TSPLIB file/],
    ["windows", "C101\n\nVEHICLE\nNUMBER     CAPACITY\n  25  200\n", /Solomon/],
    ["clauses", "c a remark\np cnf 3 2\n1 -2 0\n", /DIMACS file of a formula/],
    ["edges", "c a remark\np edge 3 2\ne 1 2\n", /DIMACS file of a graph/],
    ["nothing", " \n", /got a file of nothing/],
    ["gates", "// Bell\nOPENQASM 3.0;\n", /OpenQASM program, which tandem simulate/],
  ];
  test.each(foreign)("a file of %s is told by what it is", async (_remark, text, title) => {
    const fault = await faultOf(() => read(text, { fileName: "brought.mps" }));
    expect(fault.row.code).toBe("problem-format-unknown");
    expect(fault.message).toMatch(title);
    expect(fault.message).toMatch(/expected one of .*gset, .*mps/);
  });

  test("a file that is not there, or is none, is a fault", async () => {
    for (const path of ["no/such.lp", "src"]) {
      const { row } = await faultOf(() => readProblemFile(path));
      expect(row.code).toBe("problem-file-unreadable");
    }
  });

  test("a problem the file does not hold is a fault", async () => {
    const action = () => read("1\n1 1 0\n3\n1\n1\n", { format: "mknap", problem: 2 });
    expect(await faultOf(action)).toMatchObject({
      row: { code: "problem-number-missing" },
      message: "line 1, column 1: problem: expected a number from 1 to 1, got 2",
    });
  });

  test.each(FORMATS.filter(({ holdsSeveral }) => holdsSeveral !== true))(
    "a second problem of $name, whose files hold one, is a fault",
    async ({ name }) => {
      expect(await faultOf(() => read("", { format: name, problem: 2 }))).toMatchObject({
        row: { code: "problem-number-missing" },
        message: `problem: expected 1, as files of ${name} hold one, got 2`,
      });
    },
  );
});

function empty() {
  return { problem: new ProblemBuilder().build(), layout: VALUES };
}

describe("a problem that a format cannot express", () => {
  const formats: readonly (readonly [format: string, expected: RegExp])[] = [
    ["gset", /a maximum cut/],
    ["biqmac", /expected all binary/],
    ["qubo", /binary variables or spin variables alone/],
    ["mdp", /a maximum diversity/],
    ["mknap", /a multi-dimensional knapsack/],
    ["gap", /a generalised assignment/],
    ["qkp", /a quadratic knapsack/],
    ["qaplib", /a quadratic assignment/],
    ["lp", /variable s: expected binary or integer, got spin/],
    ["mps", /variable s: expected binary or integer, got spin/],
    ["bqm", /all binary or all spin/],
    ["bqm-json", /all binary or all spin/],
    ["cqm", /expected minimise, got maximise/],
  ];
  test.each(formats)("%s", async (format, expected) => {
    const builder = new ProblemBuilder();
    const [x, s] = [builder.binary("x"), builder.spin("s")];
    const problem = builder.maximise(x.times(s).plus(1)).require("c", x.atMost(s)).build();
    const fault = await faultOf(() => [...writeProblem({ problem, layout: VALUES }, format)]);
    expect(fault.row.code).toBe("problem-not-writable");
    expect(fault.message).toMatch(expected);
  });
});
