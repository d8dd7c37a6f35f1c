/**
 * `tandem shadow` from its arguments to its report: the example as shipped and as made, small logs
 * whose figures can be said beforehand, and what is said of logs that cannot be used.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { typeNamed } from "#decisions";
import { present } from "#foundation";
import { textOf } from "../../src/cli/shadow/log-text.ts";
import { runHere } from "../cli/run-here.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const EXAMPLE = path.join(ROOT, "examples/shadow");
const ITEMS = path.join(ROOT, "examples/shop/items.json.gz");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-shadow-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const ranking = present(typeNamed("ranking"), "the ranking type");
/** Time enough for a machine that is busy with other tests, and at most one item of group x. */
const POLICY = {
  ...ranking.defaultPolicy,
  name: "patient",
  defaults: { ...ranking.defaultPolicy.defaults, rules: { maxPerGroup: { x: 1 } } },
  contract: { ...ranking.defaultPolicy.contract, deadlineMs: 20_000, deadlineMsMax: 20_000 },
};

function file(name: string, content: string | Uint8Array): string {
  const at = path.join(folder, name);
  fs.writeFileSync(at, content);
  return at;
}

const policy = file("policy.json", JSON.stringify(POLICY));

const shadow = (args: readonly string[], signal = new AbortController().signal) =>
  runHere(["shadow", ...args], { isInteractive: true, signal });

const CANDIDATES = [
  { id: "a", score: 0.3, group: ["x"] },
  { id: "b", score: 0.2, group: ["x"] },
  { id: "c", score: 0.1, group: ["y"] },
];
const request = { candidates: CANDIDATES, k: 2 };
const LOG = [
  { request, shown: ["a", "c"], segment: "web" },
  { request, shown: ["a", "b"], segment: "app" },
  { request, shown: ["c", "a"], segment: "app" },
];
const jsonLines = (lines: readonly unknown[]) =>
  lines.map((one) => `${JSON.stringify(one)}\n`).join("");

test("a log whose figures can be said beforehand, as JSON lines, gzipped", async () => {
  const log = file("log.jsonl.gz", gzipSync(jsonLines(LOG)));
  const { code, out } = await shadow([log, "--policy", policy, "--json"]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    ...{ kind: "shadow-report", complete: true, policy: "patient@1", requests: 3, refused: {} },
    badRows: { count: 0 },
    overall: {
      ...{ requests: 3, decidedBroken: 0, identical: 1 / 3, sameFirst: 2 / 3 },
      rulesBroken: { requests: 1, byRule: { maxPerGroup: 1 } },
      whereShownKeptRules: { requests: 2, worse: 0 },
      rungs: { proved: 3 },
      moved: (0 + 0 + 0 + 1 + 1) / 5,
      gap: { decided: 0 },
    },
    segments: [
      { segment: "app", requests: 2 },
      { segment: "web", requests: 1, objective: { difference: { value: 0 } } },
    ],
  });
});

test("the same requests as CSV, as text", async () => {
  const rows = LOG.flatMap(({ shown, segment }, at) =>
    CANDIDATES.map(({ id, score, group }) => {
      const position = shown.indexOf(id) + 1 || "";
      return [`r${at}`, id, score, position, group[0], segment].join(",");
    }),
  );
  const head = "request,item,score,position,group,segment";
  const log = file("log.csv", [head, ...rows].join("\r\n"));
  const { code, out, err } = await shadow([log, "--policy", policy]);
  expect(code).toBe(0);
  expect(out).toContain("3 requests, 3 compared; policy patient@1");
  expect(out).toMatch(/requests compared +3 +2 +1\n/);
  expect(out).toMatch(/shown breaking a rule, % +33\.3 +50\.0 +0\.0\n/);
  expect(out).not.toContain("PARTIAL");
  expect(err).toContain("requests compared");
});

test("every bad row is counted, twenty are named; the rest is compared", async () => {
  const bad = [
    { request, shown: ["a", "z"] },
    { request, shown: ["a", "a"] },
    { request, shown: ["a", "b", "c"] },
    { request: { k: 1 }, shown: [] },
    { request: { ...request, items: "nowhere" }, shown: ["a"] },
    ...Array.from({ length: 20 }, () => 7),
  ];
  const log = file("bad.jsonl", jsonLines([...bad, LOG[0]]));
  const { code, out } = await shadow([log, "--policy", policy, "--json"]);
  expect(code).toBe(0);
  const { badRows, overall } = JSON.parse(out);
  expect([badRows.count, badRows.first.length, overall.requests]).toEqual([25, 20, 1]);
  expect(badRows.first.slice(0, 6)).toMatchObject([
    { line: 1, why: 'shown: expected one of the 3 candidates, got "z"' },
    { line: 2, why: 'shown: expected each item once, got "a" again' },
    { line: 3, why: "shown: expected at most 2 items, got 3" },
    { line: 4, why: expect.stringContaining("/candidates") },
    { line: 5, why: expect.stringContaining("item set") },
    { line: 6, why: expect.stringContaining("line: ") },
  ]);
});

test("says how many requests there were, and how many were left out for their rows", async () => {
  const rows = ["r1,a,1,1", "r2,a,x,1", "r2,b,y,2", "r3,a,1,2", "r4,a,1,1", ",a,1,1", "r4,b,1,"];
  const log = file("left-out.csv", ["request,item,score,position", ...rows].join("\n"));
  const { out } = await shadow([log, "--policy", policy]);
  expect(out).toContain("5 requests, 1 compared, 4 left out; policy patient@1");
});

test("requests without an answer are counted by reason", async () => {
  const clash = { ...request, rules: { minPerGroup: { x: 2 }, maxPerGroup: { x: 1 } } };
  const log = file("clash.jsonl", jsonLines([{ request: clash, shown: ["a"] }, LOG[0]]));
  const { out } = await shadow([log, "--policy", policy, "--json"]);
  expect(JSON.parse(out)).toMatchObject({ requests: 2, refused: { contradiction: 1 } });
});

test("a limit, and an interruption, leave a report of the beginning", async () => {
  const log = file("long.jsonl", jsonLines(Array.from({ length: 20_000 }, () => LOG[0])));
  const limited = await shadow([log, "--policy", policy, "--limit", "2"]);
  expect(limited.code).toBe(0);
  expect(limited.out).toContain("PARTIAL");
  expect(limited.out).toMatch(/requests compared +2 /);
  const stopping = new AbortController();
  const running = shadow([log, "--policy", policy, "--json"], stopping.signal);
  setTimeout(() => stopping.abort(), 1500);
  const { code, out } = await running;
  expect(code).toBe(1);
  const said = JSON.parse(out);
  expect(said.complete ?? said.error.code).toBe(
    said.complete === undefined ? "interrupted" : false,
  );
});

test.each([
  [
    "a gzip cut short",
    file("cut.jsonl.gz", gzipSync(jsonLines(LOG.slice(0, 2))).subarray(0, -9)),
    2,
    "shadow-file-unreadable",
  ],
  [
    "a quote that never closes, after good rows",
    file("quote.csv", 'request,item,score,position\nr1,a,1,1\nr2,b,1,1\nr3,"c,1,1\nr4,d,1,1\n'),
    1,
    "shadow-log-unusable",
  ],
])("reported as far as it goes: %s", async (_remark, log, requests, code) => {
  const { code: exitCode, out } = await shadow([log, "--policy", policy, "--json"]);
  expect(exitCode).toBe(1);
  const report = JSON.parse(out);
  expect(report).toMatchObject({ complete: false, cutShort: { code }, overall: { requests } });
  const { code: again, out: words } = await shadow([log, "--policy", policy]);
  expect(again).toBe(1);
  expect(words).toContain(`PARTIAL: ${code}: ${report.cutShort.detail}`);
});

/** Far above the sizes streams hand over at once, packed and unpacked. */
const LONG = gzipSync(
  jsonLines(Array.from({ length: 5000 }, (_, at) => ({ request, segment: `${(at * 7919) ** 2}` }))),
);
/** Opens like a gzip; blocks of its kind there are not. */
const DAMAGED = Buffer.concat([LONG.subarray(0, 10), Buffer.alloc(40, 7)]);

test.each([
  ["cut short", LONG.subarray(0, LONG.length / 2), LONG.length / 2],
  ["going on damaged", Buffer.concat([LONG, DAMAGED]), 4096 * Math.floor(LONG.length / 4096)],
])("of a long gzip %s what can be unpacked is read", async (_remark, bytes, readable) => {
  const log = file("broken.jsonl.gz", bytes);
  let text = "";
  const reading = (async () => {
    for await (const chunk of textOf(log)) text += chunk;
  })();
  await expect(reading).rejects.toMatchObject({ row: { code: "shadow-file-unreadable" } });
  const finishFlush = constants.Z_SYNC_FLUSH;
  const least = gunzipSync(bytes.subarray(0, readable), { finishFlush }).toString();
  expect(least.length).toBeGreaterThan(200_000);
  expect(text.length).toBeGreaterThanOrEqual(least.length);
  expect(gunzipSync(LONG).toString().startsWith(text)).toBe(true);
});

test.each([
  ["no such file", ["nowhere.csv"], "shadow-file-unreadable"],
  ["no such form", [file("log.xml", "")], "shadow-log-unusable"],
  ["nothing in it", [file("empty.jsonl", "")], "shadow-log-empty"],
  ["nothing but bad rows", [file("only-bad.jsonl", "7\n")], "shadow-nothing-compared"],
  ["a header alone", [file("head.csv", "request,item,score,position\n")], "shadow-log-empty"],
  ["another header", [file("other.csv", "a,b\n1,2\n")], "shadow-log-unusable"],
  [
    "no policy",
    [file("one.jsonl", ""), "--policy", file("no.json", "{}")],
    "shadow-policy-unusable",
  ],
  [
    "another type's policy",
    [
      file("two.jsonl", ""),
      "--policy",
      file("type.json", JSON.stringify({ ...POLICY, type: "routing" })),
    ],
    "shadow-policy-unusable",
  ],
  [
    "a solver there is not",
    [
      file("four.jsonl", ""),
      "--policy",
      file(
        "solver.json",
        JSON.stringify({
          ...POLICY,
          plan: { ...POLICY.plan, lanes: [[{ solver: "oracle", workLimit: 1 }]] },
        }),
      ),
    ],
    "shadow-policy-unusable",
  ],
  [
    "items that are none",
    [file("three.jsonl", ""), "--items", file("items.json", "{}")],
    "shadow-log-unusable",
  ],
  ["a limit of none", ["x.csv", "--limit", "0"], "usage"],
])("refused: %s", async (_remark, args, code) => {
  const { code: exitCode, out } = await shadow([...args, "--json"]);
  expect(JSON.parse(out).error.code).toBe(code);
  expect(exitCode).toBe(2);
});

test("the example is what it says: forty candidates each, the ten best by score shown", () => {
  const [head, ...rows] = fs.readFileSync(path.join(EXAMPLE, "shop.csv"), "utf8").split("\n");
  expect(head).toBe("request,item,score,position,segment,at");
  expect(rows.pop()).toBe("");
  const baskets = [...Map.groupBy(rows, (row) => row.split(",")[0]).values()];
  expect(baskets.map((basket) => basket.length)).toEqual(Array.from({ length: 40 }, () => 40));
  for (const basket of baskets) {
    const scored = basket.map((row) => ({ row, score: Number(row.split(",")[2]) }));
    const best = scored.sort((a, b) => b.score - a.score).map(({ row }) => row.split(",")[3]);
    expect(best).toEqual(best.map((_, index) => (index < 10 ? String(index + 1) : "")));
  }
});

test("the example replays as the page shows", async () => {
  const log = path.join(EXAMPLE, "shop.csv");
  const given = ["--policy", path.join(EXAMPLE, "policy.json"), "--items", ITEMS];
  const { code, out } = await shadow([log, ...given, "--json"]);
  expect(code).toBe(0);
  const { overall, badRows } = JSON.parse(out);
  expect(overall).toMatchObject({ requests: 40, decidedBroken: 0, rulesBroken: { requests: 25 } });
  expect(overall.whereShownKeptRules).toMatchObject({ requests: 15 });
  expect(badRows.count).toBe(0);
});
