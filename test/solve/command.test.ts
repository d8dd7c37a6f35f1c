/**
 * `tandem solve` on files: one document on one stream, all else on the other, exit codes, and the
 * best so far for who interrupts.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { solverCatalogue } from "#solvers";
import type { Terminal } from "../../src/cli/terminal.ts";
import { runHere } from "../cli/run-here.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-solve-"));
const at = (name: string) => path.join(folder, name);

/** Agents 0 and 1, tasks 0 to 2. */
const ASSIGNMENT = "2 3\n1 5 2\n4 1 9\n3 3 3\n3 3 3\n6 6\n";
const KNAPSACKS = "2\n2 1 9\n5 7\n2 3\n3\n3 1 0\n4 4 6\n1 1 2\n2\n";
const HARD_CUT = cutFile(60);

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  "shifts.lp": `maximise
 profit: 3 tea + 2 milk + [ 4 tea * milk ] / 2
subject to
 room: 4 tea + 2 milk <= 5
binary
 tea milk
end
`,
  "edge.gset": "2 1\n1 2 1\n",
  "odd.lp": "min\n [ x * y ] / 2\nst\n c: 2 x + 2 y = 3\nbinary\n x y\nend\n",
  "clash.lp": "minimise\n x\nsubject to\n low: x <= 3\n high: x >= 5\ngeneral\n x\nend\n",
  "tasks.gap": ASSIGNMENT,
  "tasks.gap.gz": gzipSync(ASSIGNMENT),
  mknap: KNAPSACKS,
  "cut.gset": HARD_CUT,
  "tangle.gset": tangle(120, 600),
  "wrong.lp": "minimise\n x + * y\nsubject to\n c1: x + y >= 1\nbinary\n x y\nend\n",
  "unbounded.lp": "minimise\n x\nsubject to\n low: x >= 1.5\nend\n",
  "wide.lp": wide("max", "x", "c1: x <= 5000000000"),
  "corner.lp": wide("max", "x", "c1: x + y <= 3000000000\n c2: x - y <= 2000000000"),
  "endless.lp": wide("max", "x", "low: x >= 3"),
  "sum.lp": wide("max", "x", "x + y = 4294967295"),
  "far.lp": wide("min", "x + y", "x - y = 3000000000"),
  "far-product.lp": wide("min", "y", "x - 3000000000 y >= 0\n y >= 1"),
  "damaged.sparse": "3 2\n1 2 \u001b[31mfoo\nx 2 1\n",
  "damaged.lp": "min\n x\nsubject to\n c: x <= 1 \u001b[31m\nend\n",
  "sacks.lp": sacks(6, 15),
  strange: "this is no problem file\n",
};

beforeAll(() => {
  for (const [name, content] of Object.entries(FILES)) fs.writeFileSync(at(name), content);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Integers x and y from 0. */
function wide(sense: string, objective: string, rows: string): string {
  return `${sense}\n ${objective}\nsubject to\n ${rows}\ngeneral\n x y\nend\n`;
}

/** A graph of `count` vertices in which every fourth pair has an edge. */
function cutFile(count: number): string {
  const edges: string[] = [];
  for (let a = 1; a <= count; a += 1) {
    for (let b = a + 1; b <= count; b += 1) {
      if ((a * 7 + b * 13) % 4 === 0) edges.push(`${a} ${b} ${1 + ((a * b) % 5)}`);
    }
  }
  return `${count} ${edges.length}\n${edges.join("\n")}\n`;
}

/** A graph without any order to its edges. */
function tangle(count: number, edgeCount: number): string {
  const stream = randomStream(1, "tangle");
  const edges = new Set<string>();
  while (edges.size < edgeCount) {
    const [a, b] = [1 + stream.below(count), 1 + stream.below(count)];
    if (a < b) edges.add(`${a} ${b} 1`);
  }
  return `${count} ${edgeCount}\n${[...edges].join("\n")}\n`;
}

/** Knapsacks that have nothing to do with each other. */
function sacks(count: number, size: number): string {
  const items = Array.from({ length: count }, (_, sack) =>
    Array.from({ length: size }, (_, index) => `x${sack}_${index}`),
  );
  const drawn = (name: string, factor: number) => `${101 + ((name.length + factor) % 89)} ${name}`;
  const weigh = (names: readonly string[], factor: number) =>
    names.map((name, index) => drawn(name, factor * (index + 3))).join(" + ");
  const rows = items.map((names, sack) => `c${sack}: ${weigh(names, 31 + sack)} <= 1000`);
  const all = items.flat();
  return `max\n ${weigh(all, 17)}\nst\n ${rows.join("\n ")}\nbinary\n ${all.join(" ")}\nend\n`;
}

const run = (args: readonly string[], changes: Partial<Terminal> = {}) =>
  runHere(["solve", ...args, "--threads", "2"], changes);

describe("the document", () => {
  test("has exactly its fields, in the file's own order and sense", async () => {
    const { code, out, err } = await run([at("shifts.lp"), "--seed", "4", "--json"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toEqual({
      status: "optimal",
      sense: "maximise",
      objective: 3,
      bound: 3,
      gap: 0,
      feasible: true,
      solver: expect.any(String),
      rule: 3,
      seed: 4,
      threads: 2,
      work: expect.any(Number),
      timeMs: expect.any(Number),
      solution: [1, 0],
      attempts: expect.any(Array),
    });
  });

  test.each([
    ["agents by task", ["tasks.gap"], 4, [0, 1, 0]],
    ["compressed", ["tasks.gap.gz"], 4, [0, 1, 0]],
    ["the first of several problems", ["mknap", "--format", "mknap"], 7, [0, 1]],
    ["another one", ["mknap", "--format", "mknap", "--problem", "2"], 8, [1, 1, 0]],
    ["a named solver", ["tasks.gap", "--solver", "generalised-assignment"], 4, [0, 1, 0]],
  ])("%s", async (_remark, [file, ...options], objective, solution) => {
    const { code, out } = await run([at(file), ...options, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ status: "optimal", objective, solution });
  });

  test("of a contradiction is no failure", async () => {
    const { code, out } = await run([at("clash.lp"), "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      status: "infeasible",
      objective: null,
      bound: null,
      gap: null,
      feasible: false,
      solution: null,
    });
    expect((await run([at("clash.lp")])).out).toContain("low");
  });

  test("reads standard input", async () => {
    const input = async () => new TextEncoder().encode(ASSIGNMENT);
    const { out } = await run(["-", "--format", "gap", "--json"], { input });
    expect(JSON.parse(out)).toMatchObject({ status: "optimal", objective: 4 });
  });

  test("is the same for the same seed, work and one thread", async () => {
    const args = ["--solver", "quadratic-annealing", "--work-limit", "300000", "--seed", "9"];
    const solve = async () => {
      const { out } = await run([at("cut.gset"), ...args, "--json"]);
      const { objective, solution, work, status } = JSON.parse(out);
      return { objective, solution, work, status };
    };
    const first = await solve();
    expect(first.status).toBe("feasible");
    expect(await solve()).toEqual(first);
  });
});

describe("the portfolio", () => {
  const cut = ["--work-limit", "100000", "--seed", "3"];

  test.each([
    ["a cut", ["tangle.gset", ...cut]],
    ["tasks", ["tasks.gap", "--work-limit", "50000"]],
  ])("limited by work gives %s the same answer on any number of threads", async (_, args) => {
    const answers: unknown[] = [];
    for (const threads of [1, 2, 3]) {
      const line = ["solve", at(args[0]), ...args.slice(1), "--threads", String(threads), "--json"];
      const { status, objective, bound, solution, rule } = JSON.parse((await runHere(line)).out);
      answers.push({ status, objective, bound, solution, rule });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  test("tells who ran when and found what, and beside it a reference", async () => {
    const args = [at("tangle.gset"), ...cut, "--reference", "quadratic-annealing"];
    const { out, err } = await run([...args, "--json", "--explain"]);
    const document = JSON.parse(out);
    const { solver, objective } = document.reference;
    expect(solver).toBe("quadratic-annealing");
    expect(objective).toBeLessThanOrEqual(document.objective);
    expect(document.rule).toBeLessThanOrEqual(document.objective);
    for (const attempt of document.attempts) {
      expect(attempt.startedMs).toBeGreaterThanOrEqual(0);
      for (const { tick } of attempt.found) expect(tick).toBeLessThanOrEqual(attempt.ticks);
    }
    expect(err).toMatch(/^ {2}thread 1, \d+ to \d+ ms: descent, finished, .* at tick \d+ of \d+/m);
    const words = (await run(args)).out;
    expect(words).toMatch(/^reference +-?\d+ \(feasible\) by quadratic-annealing/m);
  });

  test("refuses a reference that does not take the problem", async () => {
    const args = [at("cut.gset"), "--reference", "linear-assignment"];
    expect(await run(args)).toMatchObject({ code: 2 });
  });
});

describe("values beyond 32 bits", () => {
  test.each([
    ["a bound", ["wide.lp"], 2147483647],
    ["to a solver by name", ["wide.lp", "--solver", "separable"], 2147483647],
    ["to one that bounds", ["wide.lp", "--solver", "interval-bound"], null],
    ["an optimum past the edge", ["corner.lp"], 2147483647],
    ["no end", ["endless.lp"], 2147483647],
    ["nothing found within", ["sum.lp"], null],
  ])("%s: nothing is claimed", async (_remark, [file, ...options], objective) => {
    const { code, out } = await run([at(file), ...options, "--work-limit", "100000", "--json"]);
    expect(code).toBe(0);
    const status = objective === null ? "unknown" : "feasible";
    const document = JSON.parse(out);
    expect(document).toMatchObject({ status, objective, bound: null, gap: null });
    for (const attempt of document.attempts) {
      expect(["feasible", "unknown"]).toContain(attempt.status);
      expect(attempt).toMatchObject({ bound: null, method: null });
    }
  });

  test("people are told, once", async () => {
    const { out } = await run([at("endless.lp")]);
    expect(out.match(/beyond 32 bits.*; x improves the objective without end\n/g)).toHaveLength(1);
    expect((await run([at("wide.lp"), "--explain"])).out).toMatch(/^problem .*\nrange +x/);
    expect((await run([at("tasks.gap"), "--explain"])).out).not.toContain("32 bits");
  });
});

describe("refusals exit with 2 and say why", () => {
  test.each([
    ["no file", [], "usage", "file"],
    ["a file that is not there", [at("nowhere.lp")], "problem-file-unreadable", "nowhere"],
    ["a file of no known format", [at("strange")], "problem-format-unknown", "gset"],
    ["a format there is not", [at("mknap"), "--format", "x"], "problem-format-unknown", "mknap"],
    ["a mistake in the file", [at("wrong.lp")], "problem-file-invalid", "line 2, column 6"],
    ["what cannot be solved here", [at("unbounded.lp")], "problem-file-unsupported", "x"],
    ["values beyond 32 bits", [at("far.lp")], "values-too-large", "x: "],
    ["and by a product", [at("far-product.lp")], "values-too-large", "got 3000000000"],
    [
      "a problem there is not",
      [at("mknap"), "--format", "mknap", "--problem", "3"],
      "problem-number-missing",
      "2",
    ],
    ["a solver there is not", [at("tasks.gap"), "--solver", "magic"], "solver-unknown", "descent"],
    [
      "a solver of something else",
      [at("cut.gset"), "--solver", "linear-assignment"],
      "solver-unsuitable",
      "quadratic-annealing",
    ],
    ["a solver of another kind", [at("cut.gset"), "--solver", "tabu"], "solver-unsuitable", "tabu"],
    ["no time", [at("tasks.gap"), "--time-limit-ms", "0"], "usage", "time-limit-ms"],
    ["no number of work", [at("tasks.gap"), "--work-limit", "much"], "usage", "work-limit"],
    ["too many threads", [at("tasks.gap"), "--threads", "1000"], "usage", "threads"],
    ["half a seed", [at("tasks.gap"), "--seed", "0.5"], "usage", "seed"],
  ])("%s", async (_remark, args, faultCode, said) => {
    const { code, out } = await run([...args, "--json"]);
    const { error } = JSON.parse(out);
    expect({ code, fault: error.code }).toEqual({ code: 2, fault: faultCode });
    expect(error.detail).toContain(said);
  });
});

describe("for people", () => {
  test("says what was found and how it was proved", async () => {
    const { code, out, err } = await run([at("tasks.gap")]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^status +optimal, by .+\nobjective +4 \(to minimise\)\nbound +4/);
    expect(out).toContain("0 1 0");
    expect(out).not.toMatch(/^nothing/m);
  });

  test.each([
    ["recursive-qaoa", "edge.gset", /^nothing +recursive-qaoa came to its end: .*budget ended/m],
    ["quadratic-annealing", "odd.lp", /^nothing +quadratic-annealing came to its end$/m],
    ["interval-bound", "edge.gset", /^nothing +interval-bound came to its end: intervals/m],
  ])("says why %s found nothing", async (solver, file, reason) => {
    const { code, out } = await run([at(file), "--solver", solver, "--work-limit", "1"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^status +unknown$/m);
    expect(out).toMatch(reason);
  });

  test("names the structure and the solvers of parts", async () => {
    const { out } = await run([at("sacks.lp"), "--explain"]);
    expect(out).toMatch(/^parts +6 apart/m);
    expect(out).toMatch(/ of 15 variables: knapsack, knapsack, then .*; optimal, answer by /);
    expect(out).toMatch(/^status +optimal, by dynamic programming/m);
  });

  test.each(["damaged.sparse", "damaged.lp"])(
    "tells each flaw of %s once, in print",
    async (name) => {
      const { code, err } = await run([at(name)]);
      expect(code).toBe(2);
      expect(err).not.toMatch(/(?!\n)\p{Cc}/u);
      const places = err.match(/line \d+, column \d+: [^\n(]*[^\n( ]/g) ?? [];
      expect(places.length).toBe(new Set(places).size);
      expect(err).not.toContain("/2/");
    },
  );

  test("explains what presolve and the detector found", async () => {
    const { out } = await run([at("tasks.gap"), "--explain"]);
    expect(out).toMatch(/^problem +6 variables, 5 constraints/);
    expect(out).toMatch(/presolve .*\n/);
    const document = await run([at("tasks.gap"), "--explain", "--json"]);
    expect(JSON.parse(document.out).status).toBe("optimal");
    expect(document.err).toContain("presolve");
  });

  test("lists the formats, and help the solvers", async () => {
    const { code, out } = await run(["--format", "list"]);
    expect(code).toBe(0);
    expect(out).toContain("qaplib");
    const help = await run(["--help"]);
    expect(help.code).toBe(0);
    for (const { name, problemKind } of solverCatalogue) {
      if (problemKind === "quadratic") expect(help.out).toContain(`  ${name}\n`);
    }
  });

  test("shows progress on a terminal, and the best so far on an interrupt", async () => {
    const stopping = new AbortController();
    const err = (printed: string) => {
      if (/\d s: \d+$/.test(printed)) stopping.abort();
    };
    const args = [
      at("cut.gset"),
      "--solver",
      "quadratic-annealing",
      "--work-limit",
      "1000000000000",
    ];
    const { code, out } = await run(args, { err, signal: stopping.signal, isInteractive: true });
    expect(code).toBe(0);
    expect(out).toMatch(/^status +feasible\nobjective +\d+ \(to maximise\)/);
  });
});
