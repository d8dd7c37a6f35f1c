/**
 * The frame of the benchmarks, on suites of a few lines: readings become a page, one figure can be
 * measured again, and failures are told.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { systemClock } from "#foundation";
import { keepResults } from "../bench/page.ts";
import { runFigure } from "../bench/run-figure.ts";
import { SUITES, type Suite } from "../bench/suites.ts";
import { runCommandLine } from "../command-line.ts";
import type { Terminal } from "../terminal.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-bench-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const FRAME = new URL("../bench/figure-program.ts", import.meta.url);

/** A suite whose program answers the figures `a` and `b`, and fails on `c`. */
function suite(): Suite {
  const program = path.join(folder, "suite.ts");
  fs.writeFileSync(
    program,
    `import { answerFigure } from ${JSON.stringify(FRAME.href)};
     const reading = (reached, isMet, goal = "one") =>
       ({ what: "ones", goal, reached, spread: "none", isMet });
     await answerFigure({
       a: ({ peers }) => [reading(peers.x ?? "alone", true), reading("0", null, "")],
       b: async ({ isQuick }) => [reading(isQuick ? "quick" : "slow", false)],
     }, process.argv.slice(2), (text) => process.stdout.write(text));`,
  );
  const figures = ["a", "b", "c"].map((id) => ({ id, title: `Figure ${id}` }));
  return { name: "ones", summary: "ones", program: pathToFileURL(program), figures };
}

function terminal(changes: Partial<Terminal> = {}): Terminal & { readonly told: string[] } {
  const told: string[] = [];
  const tell = (text: string) => void told.push(text);
  const input = async () => new Uint8Array();
  const surroundings = { fetch, clock: systemClock, signal: new AbortController().signal };
  return {
    out: tell,
    err: tell,
    isInteractive: false,
    columns: 80,
    input,
    ...surroundings,
    told,
    ...changes,
  };
}

describe("a figure", () => {
  test("is measured in a process of its own, with the peers named", async () => {
    const { figures, ...rest } = suite();
    const one = { ...rest, figures };
    const result = await runFigure(one, figures[0], { peer: ["x=/some/where"] }, terminal());
    expect(result.readings.map(({ reached }) => reached)).toEqual(["/some/where", "0"]);
    expect(result.command).toBe("npx tandem bench ones --only a --peer x=PATH");
    expect(result.cpuSeconds).toBeGreaterThan(0);
    const quick = await runFigure(one, figures[1], { quick: true }, terminal());
    expect(quick.readings[0]).toMatchObject({ reached: "quick", isMet: null });
    expect(quick.command).toMatch(/ --quick$/);
  });

  test("whose program fails or is not there is a fault", async () => {
    const one = suite();
    const failing = runFigure(one, one.figures[2], {}, terminal());
    await expect(failing).rejects.toMatchObject({ row: { code: "bench-failed" } });
    const absent = { ...one, program: pathToFileURL(path.join(folder, "none.ts")) };
    const missing = runFigure(absent, one.figures[0], {}, terminal());
    await expect(missing).rejects.toMatchObject({ row: { code: "bench-absent" } });
  });
});

describe("the page", () => {
  const result = { command: "x", date: "2026-11-23", machine: "m", cpuSeconds: 1 };
  const reading = { what: "ones", goal: "1", reached: "2", spread: "", isMet: false };

  test("holds every figure once, in the order of the suite, the latest reading each", () => {
    const one = suite();
    const pages = path.join(folder, "pages");
    const b = { ...result, figure: "b", readings: [reading] };
    keepResults(one, [b, { ...result, figure: "a", readings: [] }], pages);
    keepResults(one, [{ ...b, readings: [{ ...reading, reached: "1", isMet: true }] }], pages);
    const page = fs.readFileSync(path.join(pages, "ones.md"), "utf8");
    expect([...page.matchAll(/^## (.*)/gm)].map(([, title]) => title)).toEqual([
      "Figure a",
      "Figure b",
    ]);
    expect(page).toContain("| ones | 1 | 1 |  | met |");
    expect(page).not.toContain("missed");
  });
});

test.each(SUITES)("the page of $name is what its results say", (suite) => {
  const kept = path.join(import.meta.dirname, "../../../docs/bench");
  const pages = fs.mkdtempSync(path.join(folder, "again-"));
  const results = `${suite.name}.json`;
  const isMeasured = fs.existsSync(path.join(kept, results));
  if (isMeasured) fs.copyFileSync(path.join(kept, results), path.join(pages, results));
  keepResults(suite, [], pages);
  for (const file of isMeasured ? [results, `${suite.name}.md`] : []) {
    expect(fs.readFileSync(path.join(pages, file), "utf8")).toBe(
      fs.readFileSync(path.join(kept, file), "utf8"),
    );
  }
});

describe("the command", () => {
  test.each(SUITES)("refuses figures and peers that $name does not know", async ({ name }) => {
    const asked = terminal();
    expect(await runCommandLine(["bench", name, "--only", "nothing"], asked)).toBe(2);
    expect(await runCommandLine(["bench", name, "--peer", "nothing"], asked)).toBe(2);
    expect(asked.told.join("")).toContain("expected one of");
  });
});
