/**
 * `tandem world contact-centre`: the same contacts for the same seed, intervals around every
 * measure, and every mistake named.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runHere } from "../cli/run-here.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-world-"));
const at = (name: string) => path.join(folder, name);
const POOL = ["--rate", "100/30min", "--handle", "180s", "--agents", "13"];
const SHORT = ["--length", "6h", "--warm-up", "1h", "--replications", "3", "--seed", "7"];
const world = (...args: readonly string[]) => runHere(["world", "contact-centre", ...args]);

const CALLS = ["DateTime,Calls", "2003-03-03T00:00:00Z,30", "2003-03-03T00:30:00Z,60"].join("\n");
const CENTRE = {
  classes: [
    {
      id: "billing",
      arrivals: { kind: "calls", file: "calls.csv.gz" },
      handle: { kind: "exponential", meanSeconds: 120 },
    },
    {
      id: "chat",
      channel: "chat",
      arrivals: { kind: "constant", perHour: 60 },
      handle: { kind: "exponential", meanSeconds: 300 },
      withinSeconds: 60,
    },
  ],
  groups: [
    { id: "all", agents: 6, skills: { billing: 1, chat: 1 }, concurrency: { voice: 1, chat: 3 } },
  ],
  hours: 3,
  warmUpHours: 0,
};

beforeAll(() => {
  fs.writeFileSync(at("centre.json"), JSON.stringify(CENTRE));
  fs.writeFileSync(at("calls.csv.gz"), gzipSync(CALLS));
  fs.writeFileSync(at("flawed.json"), JSON.stringify({ ...CENTRE, groups: [], hours: -1 }));
  fs.writeFileSync(at("broken.json"), "{");
  const [billing, chat] = CENTRE.classes;
  const astray = { ...billing, arrivals: { kind: "calls", file: "none.csv" } };
  const missing = { ...CENTRE, classes: [astray, chat] };
  fs.writeFileSync(at("missing.json"), JSON.stringify(missing));
});

test.each([
  ["damaged", gzipSync(CALLS).fill(0, 12, 20)],
  ["cut off", gzipSync(CALLS).subarray(0, 20)],
  ["too large", gzipSync(new Uint8Array(64 * 1024 ** 2 + 1))],
])("a file of calls that is %s is named", async (_remark, bytes) => {
  const [billing, chat] = CENTRE.classes;
  const damaged = { ...billing, arrivals: { kind: "calls", file: "damaged.gz" } };
  fs.writeFileSync(at("damaged.gz"), bytes);
  fs.writeFileSync(at("damaged.json"), JSON.stringify({ ...CENTRE, classes: [damaged, chat] }));
  const { code, err } = await world("--config", at("damaged.json"), "--replications", "2");
  expect(code).toBe(2);
  expect(err).toContain(`${at("damaged.gz")}: expected whole gzip of at most 64 MiB of calls`);
});

afterAll(() => fs.rmSync(folder, { recursive: true }));

describe("a single pool", () => {
  test("as JSON: estimates with their intervals, Erlang's formulas beside them", async () => {
    const { code, out, err } = await world(...POOL, "--patience", "120s", ...SHORT, "--json");
    expect([code, err]).toEqual([0, ""]);
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      ...{ world: "contact-centre", seed: 7, replications: 3, hours: 6, warmUpHours: 1 },
      ...{ policy: "longest-waiting", abandonments: "missed", withinSeconds: { calls: 20 } },
    });
    for (const name of ["pWait", "asaSeconds", "serviceLevel", "abandonment", "occupancy"]) {
      const { value, lower, upper, level } = report.measures[name];
      expect(level).toBe(0.95);
      expect(lower).toBeLessThan(value);
      expect(upper).toBeGreaterThan(value);
    }
    expect(report.closedForm.pWait).toBeCloseTo(0.1937, 4);
    expect(report.measures.contacts.value).toBeGreaterThan(900);
  });

  test("the same seed says the same, another something else", async () => {
    const [first, again, other] = await Promise.all([
      world(...POOL, ...SHORT),
      world(...POOL, ...SHORT),
      world(...POOL, ...SHORT, "--seed", "8"),
    ]);
    expect(again.out).toBe(first.out);
    expect(other.out).not.toBe(first.out);
    expect(first.out).toMatch(/3 runs of 6 h, the first 1 h of each not counted, seed 7/);
    expect(first.out).toMatch(/P\(wait\) +\d+\.\d\d % +\d/);
  });

  test("more work than the agents can do is said to have no steady state", async () => {
    const { code, out } = await world(...POOL, ...SHORT, "--agents", "9");
    expect(code).toBe(0);
    expect(out).toContain("note: more work arrives");
    expect(out).not.toContain("Erlang");
  });

  test("policies on the same contacts have no difference where there is no choice", async () => {
    const policies = ["--policy", "longest-waiting", "--policy", "max-weight"];
    const { out } = await world(...POOL, ...SHORT, ...policies, "--json");
    const [{ policy, lessPolicy, measures }] = JSON.parse(out).differences;
    expect([policy, lessPolicy]).toEqual(["max-weight", "longest-waiting"]);
    expect(measures.asaSeconds).toEqual({ value: 0, lower: 0, upper: 0, level: 0.95 });
  });
});

describe("a centre from a file", () => {
  test("has measures by class", async () => {
    const { code, out } = await world("--config", at("centre.json"), "--json");
    expect(code).toBe(0);
    const { classes, replications, withinSeconds } = JSON.parse(out);
    expect(Object.keys(classes)).toEqual(["billing", "chat"]);
    expect(withinSeconds).toEqual({ billing: 20, chat: 60 });
    expect(replications).toBe(30);
  });

  test("comes on standard input too", async () => {
    const groups = [{ id: "all", agents: 9, skills: { chat: 1 } }];
    const body = JSON.stringify({ ...CENTRE, classes: [CENTRE.classes[1]], groups });
    const input = async () => new TextEncoder().encode(body);
    const { code, out } = await runHere(["world", "contact-centre", "--config", "-"], { input });
    expect(code).toBe(0);
    expect(out).toContain("answered within 60 s");
  });
});

const REFUSED: readonly (readonly [remark: string, args: readonly string[], says: string])[] = [
  ["nothing", [], "got no --rate, no --handle, no --agents"],
  ["no agents", POOL.slice(0, 4), "got no --agents"],
  ["a rate without a time", ["--rate", "400"], "expected contacts per time"],
  ["a duration without a unit", ["--handle", "225"], "expected a number and s, min or h"],
  ["a duration of nothing", ["--handle", "0s"], "expected a duration above 0"],
  ["one replication", [...POOL, "--replications", "1"], "expected a whole number from 2"],
  ["no such policy", [...POOL, "--policy", "lifo"], "expected one of longest-waiting, fifo"],
  [
    "a warm-up beyond the run",
    [...POOL, "--length", "3h"],
    "/warmUpHours: expected less than hours (3)",
  ],
  ["a file and options", ["--config", at("centre.json"), "--agents", "3"], "got --agents"],
  ["no such file", ["--config", at("none.json")], "expected a readable file"],
  ["no JSON", ["--config", at("broken.json")], "expected JSON"],
  ["flaws, all of them", ["--config", at("flawed.json")], "/groups: expected at least 1 entry"],
  ["flaws, all of them", ["--config", at("flawed.json")], "/hours: expected more than 0, got -1"],
  ["no calls where the file says", ["--config", at("missing.json")], "none.csv"],
];

describe("mistakes", () => {
  test.each(REFUSED)("%s", async (_, args, says) => {
    const { code, out, err } = await world(...args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain(says);
  });

  test("are JSON for those who asked for it", async () => {
    const { code, out } = await world("--config", at("flawed.json"), "--json");
    expect(code).toBe(2);
    expect(JSON.parse(out).error.flaws).toHaveLength(2);
  });
});

test("shows where it is to those who watch, and stops when asked", async () => {
  const stopping = new AbortController();
  let progress = "";
  const clock = { utcMs: () => 0, monotonicMs: () => 0, after: () => () => {} };
  const { runCommandLine } = await import("../../src/cli/command-line.ts");
  const code = await runCommandLine(["world", "contact-centre", ...POOL, ...SHORT], {
    out: () => {},
    err: (text) => {
      progress += text;
      if (text.includes("run 2 of 3")) stopping.abort();
    },
    ...{ isInteractive: true, columns: 80, fetch, clock, signal: stopping.signal },
    input: async () => new Uint8Array(),
  });
  expect(code).toBe(1);
  expect(progress).toContain("run 1 of 3");
  expect(progress).toContain("interrupted");
});

test("a server that no policy would ask is refused", async () => {
  const asked = ["--url", "http://127.0.0.1:9", "--policy", "fifo"];
  const { code, err } = await world(...POOL, ...SHORT, ...asked);
  expect(code).toBe(2);
  expect(err).toContain("--url: expected --policy routing beside it, got fifo");
});

test("intervals of shares keep to 0 and 1, however few the runs", async () => {
  const few = ["--length", "1h", "--warm-up", "0s", "--replications", "2"];
  const { out } = await world(...POOL, ...few, "--json");
  const { pWait, serviceLevel, asaSeconds } = JSON.parse(out).measures;
  for (const { lower, upper } of [pWait, serviceLevel]) {
    expect(lower).toBeGreaterThanOrEqual(0);
    expect(upper).toBeLessThanOrEqual(1);
  }
  expect(Math.min(pWait.lower, 1 - pWait.upper)).toBe(0);
  expect(asaSeconds.lower).toBeGreaterThanOrEqual(0);
});
