/**
 * Logs as CSV and as JSON lines, good and bad, whole and cut anywhere: the same requests come out,
 * and every row that cannot be used is named with its line.
 */
import { describe, expect, test } from "vitest";
import { csvEntries } from "./csv-log.ts";
import { jsonLinesEntries } from "./json-lines-log.ts";
import type { LogEntry } from "./logged-request.ts";

async function* inChunks(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function read(entries: AsyncIterable<LogEntry>): Promise<LogEntry[]> {
  const all: LogEntry[] = [];
  for await (const entry of entries) all.push(entry);
  return all;
}

const csv = (text: string, size = 7, set?: string) =>
  read(csvEntries(() => inChunks(text, size), "log.csv", set));
const jsonLines = (text: string, size = 7) => read(jsonLinesEntries(inChunks(text, size)));

const HEAD = "request,item,score,position,group,age_hours,price,k,segment,at,note\n";
const CSV = `${HEAD}r1,a,0.3,2,x|y,5,100,2,web,2011-07-01T09:30:00Z,"so, so"
r1,b,0.2,1,,,,,,,
r1,c,0.1,,,,,,,,
r2,"d ""e""",1e-3,1,,,,,,,\n`;

const FIRST = {
  kind: "request",
  line: 2,
  body: {
    candidates: [
      { id: "a", score: 0.3, group: ["x", "y"], ageHours: 5, price: 100 },
      { id: "b", score: 0.2 },
      { id: "c", score: 0.1 },
    ],
    k: 2,
  },
  shown: ["b", "a"],
  segment: "web",
  atUtcMs: Date.UTC(2011, 6, 1, 9, 30),
};
const SECOND = {
  ...{ kind: "request", line: 5, shown: ['d "e"'], segment: undefined, atUtcMs: undefined },
  body: { candidates: [{ id: 'd "e"', score: 0.001 }], k: 1 },
};

describe("CSV", () => {
  test.each([1, 7, 100_000])("a row per candidate, cut into chunks of %i", async (size) => {
    expect(await csv(CSV, size)).toEqual([FIRST, SECOND]);
  });

  test("candidates of a registered set name it", async () => {
    expect(await csv(CSV, 7, "shop")).toMatchObject([{ body: { items: "shop" } }, {}]);
  });

  test("nothing in, nothing out", async () => {
    expect([await csv(""), await csv(HEAD)]).toEqual([[], []]);
  });

  test.each([
    ["a score that is none", "r1,a,high,1", 'score: expected a number, got "high"'],
    ["a score in another base", "r1,a,0x10,1", 'score: expected a number, got "0x10"'],
    ["no request", ",a,1,1", "request: expected a name, got nothing"],
    ["bytes that are no UTF-8", "r1,\ufffd,1,1", expect.stringContaining("expected UTF-8")],
    ["no score", "r1,a,,1", "score: expected a number, got nothing"],
    ["half a position", "r1,a,1,1.5", 'position: expected a whole number, got "1.5"'],
    ["a field too few", "r1,a,1", "expected 4 fields, got 3"],
    ["a gap in the positions", "r1,a,1,2", "position: expected 1, got 2"],
    ["a position twice", "r1,a,1,1\nr1,b,1,1", "position: expected 2, got 1"],
    ["nothing shown", "r1,a,1,", "position: expected some item shown, got none"],
  ])("%s", async (_remark, rows, why) => {
    const good = "r0,a,1,1\n";
    const entries = await csv(`request,item,score,position\n${good}${rows}\nr9,a,1,1\n`);
    expect(entries).toMatchObject([
      { line: 2 },
      { kind: "bad-row", line: 3, why },
      { line: 4 + rows.split("\n").length - 1 },
    ]);
  });

  test("a request with a bad row is left out as a whole", async () => {
    const entries = await csv("request,item,score,position\nr1,a,1,1\nr1,b,x,2\nr1,c,y,\n");
    expect(entries).toMatchObject([
      { kind: "bad-row", line: 3 },
      { kind: "bad-row", line: 4 },
    ]);
  });

  test("rows of a request that are not together", async () => {
    const entries = await csv("request,item,score,position\nr1,a,1,1\nr2,a,1,1\nr1,b,1,2\n");
    expect(entries).toMatchObject([
      { kind: "bad-row", line: 2, why: expect.stringContaining('got "r1" apart') },
      { kind: "request", line: 3 },
      { kind: "bad-row", line: 4, why: expect.stringContaining('got "r1" apart') },
    ]);
  });

  test.each(["2011-07-01", "2026-02-30T10:00:00Z", "2026-02-29T10:00:00+01:00"])(
    "an instant without a zone, or of a day there is not: %s",
    async (at) => {
      const entries = await csv(`request,item,score,position,at\nr1,a,1,1,${at}\n`);
      expect(entries).toMatchObject([{ why: expect.stringContaining("instant with zone") }]);
    },
  );

  test("a header without its columns, a quote that never closes", async () => {
    await expect(csv("request,item\nr1,a\n")).rejects.toMatchObject({
      row: { code: "shadow-log-unusable" },
      message: expect.stringContaining("missing: score, position"),
    });
    await expect(csv('request,item,score,position\nr1,"a,1,1\n')).rejects.toMatchObject({
      row: { code: "shadow-log-unusable" },
      message: expect.stringContaining("quote"),
    });
  });
});

describe("JSON lines", () => {
  const request = { candidates: [{ id: "a", score: 1 }], k: 1 };
  const line = { request, shown: ["a"], segment: "é", at: "2011-07-01T09:30:00+01:00" };

  test.each([1, 7, 100_000])("a request per line, cut into chunks of %i", async (size) => {
    const text = `${JSON.stringify(line)}\n\n${JSON.stringify({ request, shown: [] })}`;
    expect(await jsonLines(text, size)).toEqual([
      {
        kind: "request",
        line: 1,
        body: request,
        shown: ["a"],
        segment: "é",
        atUtcMs: Date.UTC(2011, 6, 1, 8, 30),
      },
      {
        kind: "request",
        line: 3,
        body: request,
        shown: [],
        segment: undefined,
        atUtcMs: undefined,
      },
    ]);
  });

  test.each([
    ["no JSON", "x", "JSON"],
    ["a name twice", '{"shown":[],"shown":[]}', "unique"],
    ["no request", '{"shown":[]}', "request: expected a ranking request"],
    ["nothing shown", '{"request":{}}', "shown: expected a list of item ids"],
    ["numbers shown", '{"request":{},"shown":[1]}', "shown.0"],
    ["a member nobody knows", '{"request":{},"shown":[],"colour":1}', "colour"],
    ["an instant that is none", '{"request":{},"shown":[],"at":"noon"}', "at: expected an instant"],
    ["a list", "[]", "line"],
    ["bytes that are no UTF-8", '{"request":{},"shown":["\ufffd"]}', "expected UTF-8"],
  ])("%s", async (_remark, text, why) => {
    expect(await jsonLines(`${text}\n${JSON.stringify(line)}`)).toMatchObject([
      { kind: "bad-row", line: 1, why: expect.stringContaining(why) },
      { kind: "request", line: 2 },
    ]);
  });

  test("nothing in, nothing out", async () => {
    expect([await jsonLines(""), await jsonLines("\n \n")]).toEqual([[], []]);
  });
});
