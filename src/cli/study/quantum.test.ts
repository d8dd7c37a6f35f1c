/**
 * `tandem study quantum` from the command line: problems of every size get their row, what is not
 * understood is said, and it can be interrupted.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runHere } from "../../../test/cli/run-here.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-ledger-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function file(family: string, name: string, content: string): string {
  fs.mkdirSync(path.join(folder, family), { recursive: true });
  const at = path.join(folder, family, name);
  fs.writeFileSync(at, content);
  return at;
}

/** Every pair is an edge: the greatest cut has as many on both sides as can be. */
function complete(count: number): string {
  const edges: string[] = [];
  for (let one = 1; one <= count; one += 1) {
    for (let other = one + 1; other <= count; other += 1) edges.push(`${one} ${other} 1`);
  }
  return `${count} ${edges.length}\n${edges.join("\n")}\n`;
}

const SMALL = file("small-cuts", "six.txt", complete(6));
/** More edges than an annealer has couplers, more variables than circuits are simulated for. */
const LARGE = file("large-cuts", "k300.txt", complete(300));
const OTHER = file("prose", "letter.txt", "Dear reader,\n");

const study = (...args: readonly string[]) => runHere(["study", "quantum", ...args]);
const QUICK = ["--budget-ms", "100", "--seeds", "4"];

describe("a ledger", () => {
  test("has a row for whatever was named, as JSON and as a page", async () => {
    const page = path.join(folder, "ledger.md");
    const { code, out } = await study(SMALL, LARGE, OTHER, ...QUICK, "--json", "--page", page);
    expect(code).toBe(0);
    const ledger = JSON.parse(out);
    expect(ledger).toMatchObject({ study: "quantum", budgetMs: 100, seeds: 4, isPartial: false });
    const [small, large, other] = ledger.rows;
    expect(small.entry).toMatchObject({
      best: 9,
      verdicts: [
        { challenger: "inspired", outcome: "tie", p: 1 },
        { challenger: "quantum", outcome: "tie", p: 1 },
      ],
      circuit: { kind: "simulated", bits: 6, states: 64, uniformChance: 20 / 64 },
      annealer: { kind: "embedded" },
    });
    expect(small.entry.circuit.chance).toBeGreaterThan(20 / 64);
    expect(large.entry).toMatchObject({
      circuit: { kind: "not-simulated" },
      annealer: { kind: "not-embedded" },
    });
    expect(large.entry.verdicts[1]).toEqual({ challenger: "quantum", outcome: "not-run", p: null });
    expect(other.kind).toBe("unread");
    expect(ledger.families.map(({ family }: { family: string }) => family)).toEqual([
      ...["small-cuts", "large-cuts", "prose"],
    ]);
    const written = fs.readFileSync(page, "utf8");
    for (const words of ["six.txt", "k300.txt", "letter.txt", "cannot tell", "not run"]) {
      expect(written).toContain(words);
    }
  });

  test("knows families by pattern, and what others have found", async () => {
    const best = file("values", "best.csv", "file,value\nsix.txt,12\n");
    const pattern = `mine=${path.join(folder, "small-cuts", "*.txt")}`;
    const args = ["--family", pattern, "--best", best, ...QUICK];
    const { out } = await study(...args, "--json");
    const [{ family, entry }] = JSON.parse(out).rows;
    expect([family, entry.best, entry.isBestKnown]).toEqual(["mine", 12, true]);
    expect(entry.camps[0].gaps).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(entry.camps[0].timeToBest.isAtLeast).toBe(true);
    const human = await study(...args);
    expect(human.out).toContain("six.txt: inspired tie, quantum tie");
    expect(human.out).toContain("Hardware: not run");
  });
});

describe("an interrupt", () => {
  const aborted = AbortSignal.abort();
  test("before the first problem is done leaves nothing to report", async () => {
    const args = ["study", "quantum", SMALL, ...QUICK, "--json"];
    const { code, out } = await runHere(args, { signal: aborted });
    expect([code, JSON.parse(out).error.code]).toEqual([1, "interrupted"]);
  });

  test("leaves the rows that are done", async () => {
    const args = ["study", "quantum", OTHER, SMALL, ...QUICK, "--json"];
    const { code, out } = await runHere(args, { signal: aborted });
    const { isPartial, rows } = JSON.parse(out);
    expect([code, isPartial, rows.length]).toEqual([1, true, 1]);
  });
});

test.each([
  ["nothing to study", [], "usage"],
  ["a pattern that matches nothing", ["--family", "a=/nowhere/*.txt"], "usage"],
  ["a family without a pattern", ["--family", "a"], "usage"],
  ["three seeds", [SMALL, "--seeds", "3"], "usage"],
  ["a page of another kind", [SMALL, "--page", "a.html"], "usage"],
  ["no such file", [path.join(folder, "none.txt")], "problem-file-unreadable"],
  ["no values", [SMALL, "--best", path.join(folder, "none.csv")], "file-unreadable"],
])("%s", async (_remark, args, fault) => {
  const { code, out } = await study(...args, "--json");
  expect([code, JSON.parse(out).error.code]).toEqual([2, fault]);
});
