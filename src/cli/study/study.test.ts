/**
 * `tandem study kernels` from the command line: tables it can read and cannot, what it says, and
 * that it can be interrupted.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { runHere } from "../../../test/cli/run-here.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-study-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name);
  fs.writeFileSync(at, content);
  return at;
}

/** Two clouds that overlap a little; the class is told in three ways of writing it. */
function clouds(): string {
  const random = randomStream(1, "clouds");
  const lines = Array.from({ length: 48 }, (_, row) => {
    const side = row % 2 === 0 ? 1 : -1;
    const [x, y] = [2 * side + 4 * random.unit(), random.unit()];
    return `${x},${y},${side === 1 ? ["1", "1.0"][(row / 2) % 2] : "-1"}`;
  });
  return `x,y,class\n${lines.join("\n")}\n`;
}

const CLOUDS = file("clouds.csv", clouds());
const study = (...args: readonly string[]) => runHere(["study", "kernels", ...args]);
const QUICK = ["--seeds", "2", "--rows", "36", "--folds", "2"];

/** A signal that is aborted when it has been asked `times` times. */
function signalAfter(times: number): AbortSignal {
  const controller = new AbortController();
  let asked = 0;
  return new Proxy(controller.signal, {
    get: (signal, name) => {
      if (name === "aborted") asked += 1;
      if (asked > times) controller.abort();
      const value: unknown = Reflect.get(signal, name, signal);
      return value;
    },
  });
}

describe("a table", () => {
  test("is studied to a verdict, the same each time, as JSON, words and a page", async () => {
    const page = path.join(folder, "kernels.md");
    const { code, out } = await study(CLOUDS, ...QUICK, "--json", "--page", page);
    expect(code).toBe(0);
    const report = JSON.parse(out);
    expect(report).toMatchObject({ seeds: 2, seedsDone: 2, isPartial: false, configurations: 12 });
    const [table] = report.tables;
    expect(table).toMatchObject({ rows: 48, features: 2, classes: ["-1", "1"], qubits: 2 });
    expect(table.models).toHaveLength(12);
    expect(table.comparisons.map(({ title }: { title: string }) => title)).toContain(
      "quantum against classical",
    );
    expect(Math.max(...table.models.map(({ score }: { score: number }) => score))).toBeGreaterThan(
      0.7,
    );
    const written = fs.readFileSync(page, "utf8");
    for (const sentence of [...report.words, ...table.verdict.words]) {
      expect(written).toContain(sentence);
    }
    const zipped = file("clouds.csv.gz", gzipSync(clouds()));
    const html = path.join(folder, "kernels.html");
    const again = await study(zipped, ...QUICK, "--page", html);
    expect(again.out).toContain(table.verdict.words[0]);
    expect(again.out).toContain(report.words[0]);
    expect(fs.readFileSync(html, "utf8")).toContain("<td>rbf-svm</td>");
  });

  test("wider than the qubits is reduced, and what that costs is shown", async () => {
    const { out } = await study(CLOUDS, ...QUICK, "--features", "1", "--json");
    const [{ models, qubits }] = JSON.parse(out).tables;
    expect(qubits).toBe(1);
    expect(models.at(-1)).toMatchObject({ name: "rbf-svm, all features", family: "reference" });
  });
});

describe("an interrupt", () => {
  test("leaves a report on the seeds that are complete", async () => {
    // 4 rounds of 12 models for each seed: two halves and quarters, two folds.
    const args = ["study", "kernels", CLOUDS, ...QUICK, "--seeds", "50", "--json"];
    const { code, out } = await runHere(args, { signal: signalAfter(130) });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ seeds: 50, seedsDone: 2, isPartial: true });
  });

  test("before there is anything to report says so", async () => {
    const args = ["study", "kernels", CLOUDS, ...QUICK, "--json"];
    const { code, out } = await runHere(args, { signal: signalAfter(20) });
    expect([code, JSON.parse(out).error.code]).toEqual([1, "interrupted"]);
  });
});

describe("segments", () => {
  const segments = (...args: readonly string[]) =>
    runHere(["study", "segments", CLOUDS, "--seeds", "2", "--rows", "24", ...args, "--json"]);

  test("are told by every method on every kernel, the same each time", async () => {
    const [one, two] = [await segments(), await segments()];
    expect(one.code).toBe(0);
    const report = JSON.parse(one.out);
    expect(report).toMatchObject({ study: "segments", clusters: 2, seedsDone: 2 });
    expect(report.methods).toHaveLength(9);
    for (const { agreement, likeness } of report.methods) {
      expect(agreement).toBeLessThanOrEqual(1);
      expect(likeness).toBeGreaterThan(1);
    }
    // The annealer maximises likeness: nobody is above it.
    const [kMeans, spectral, ising] = report.methods.map(({ likeness }: Like) => likeness);
    expect(ising).toBeGreaterThanOrEqual(Math.max(kMeans, spectral) - 1e-9);
    expect(withoutTimes(two.out)).toEqual(withoutTimes(one.out));
  });

  test("keep limits on their size where they are annealed", async () => {
    const { out } = await segments("--segments", "3", "--rows-min", "8", "--rows-max", "8");
    for (const { method, broken } of JSON.parse(out).methods) {
      if (method === "ising") expect(broken).toBe(0);
    }
    const human = await runHere(["study", "segments", CLOUDS, "--seeds", "2", "--rows", "24"]);
    expect(human.out).toContain("Ising against k-means, rbf:");
  });

  test("can be interrupted, and want room for the rows", async () => {
    const args = ["study", "segments", CLOUDS, "--seeds", "50", "--rows", "24", "--json"];
    const partial = await runHere(args, { signal: signalAfter(20) });
    expect([partial.code, JSON.parse(partial.out).seedsDone]).toEqual([1, 2]);
    const early = await runHere(args, { signal: signalAfter(5) });
    expect([early.code, JSON.parse(early.out).error.code]).toEqual([1, "interrupted"]);
    const full = await segments("--rows-max", "5");
    expect([full.code, JSON.parse(full.out).error.code]).toEqual([2, "usage"]);
  });
});

interface Like {
  readonly likeness: number;
}

function withoutTimes(out: string): unknown {
  return JSON.parse(out, (key, value: unknown) => (key === "cpuMs" ? 0 : value));
}

describe("tables that are not right", () => {
  const HEAD = "x,class\n";
  const rows = (lines: readonly string[]) => `${HEAD}${lines.join("\n")}\n`;
  const many = (count: number, line: string) => new Array<string>(count).fill(line);
  test.each([
    ["nothing", "", "expected a header and rows"],
    ["one column", "x\n1\n", "expected a column of classes"],
    ["a header alone", HEAD, "2 to 20 classes, got 0"],
    ["one class", rows(many(20, "1,a")), "2 to 20 classes, got 1"],
    ["too many classes", rows(Array.from({ length: 30 }, (_, at) => `1,c${at}`)), "got 30"],
    ["a class of few", rows([...many(20, "1,a"), ...many(8, "1,b")]), "got 8 of b"],
    ["a field more", rows(["1,2,a"]), "line 2: expected 2 fields, got 3"],
    ["a word for a number", rows(["1,a", "red,a"]), 'line 3, x: expected a number, got "red"'],
    ["a number that is missing", rows([",a"]), 'line 2, x: expected a number, got ""'],
    ["a number without end", rows(["1e999,a"]), "expected a number"],
    ["a number whose square has none", rows(["-1e308,a"]), "line 2, x: expected a number up to"],
    ["a quote left open", rows(['"1,a']), "line 2"],
  ])("%s", async (remark, content, detail) => {
    const { code, out } = await study(file(`${remark}.csv`, content), "--json");
    expect([code, JSON.parse(out).error.code]).toEqual([2, "study-table-unusable"]);
    expect(JSON.parse(out).error.detail).toContain(detail);
  });

  test("classes too rare to be in every fold", async () => {
    const rare = rows([...many(900, "1,a"), ...many(9, "2,b")]);
    const { code, out } = await study(file("rare.csv", rare), "--json");
    expect([code, JSON.parse(out).error.code]).toEqual([2, "study-table-unusable"]);
    expect(JSON.parse(out).error.detail).toContain("got 1 of b");
  });

  test.each([
    ["no file", [path.join(folder, "none.csv")], "file-unreadable"],
    ["a file that is not compressed", [file("plain.csv.gz", clouds())], "file-unreadable"],
    ["no such column", [CLOUDS, "--label", "churned"], "study-table-unusable"],
    ["classes that are not there", [CLOUDS, "--classes", "a,b"], "study-table-unusable"],
    ["too many features", [CLOUDS, "--features", "12"], "usage"],
    ["one seed", [CLOUDS, "--seeds", "1"], "usage"],
    ["a page of another kind", [CLOUDS, "--page", "kernels.pdf"], "usage"],
  ])("%s", async (_remark, args, fault) => {
    const { code, out } = await study(...args, "--json");
    expect([code, JSON.parse(out).error.code]).toEqual([2, fault]);
  });
});
