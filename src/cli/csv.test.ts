/**
 * The CSV reader against a table of texts, whole and cut into chunks anywhere.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CsvRecord, csvRecords } from "./csv.ts";

async function* chunked(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function read(text: string, size = 1_000_000): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(chunked(text, size), "shop.csv")) records.push(record);
  return records;
}

describe("csvRecords", () => {
  it.each([
    ["", [], "an empty file"],
    [
      "a,b\n1,2\n",
      [
        [1, "a", "b"],
        [2, "1", "2"],
      ],
      "plain lines",
    ],
    [
      "a,b\r\n1,2",
      [
        [1, "a", "b"],
        [2, "1", "2"],
      ],
      "CRLF, and no line end at the end",
    ],
    ["\ufeffa\n", [[1, "a"]], "a byte order mark"],
    [
      "a\n\n\nb\n",
      [
        [1, "a"],
        [4, "b"],
      ],
      "empty lines are passed over and counted",
    ],
    ['"a,b",c\n', [[1, "a,b", "c"]], "a comma in quotes"],
    ['"say ""hi""",2\n', [[1, 'say "hi"', "2"]], "doubled quotes"],
    [
      '"two\nlines",x\nnext\n',
      [
        [1, "two\nlines", "x"],
        [3, "next"],
      ],
      "a line end in quotes",
    ],
    [",,\n", [[1, "", "", ""]], "empty fields"],
    ['"",a\n', [[1, "", "a"]], "an empty quoted field"],
  ])("reads %j as %j: %s", async (text, expected) => {
    const records = await read(text);
    expect(records.map(({ line, fields }) => [line, ...fields])).toEqual(expected);
  });

  it.each([
    ['a\n"b\nc\n', "line 2", "a quote that never closes"],
    ['a,b"c"\n', "line 1", "a quote inside a field"],
  ])("refuses %j at %s: %s", async (text, place) => {
    await expect(read(text)).rejects.toThrow(`shop.csv, ${place}: expected comma-separated values`);
  });

  it("refuses a record that goes on and on", async () => {
    await expect(read(`"${"x".repeat(2_000_000)}`, 65_536)).rejects.toThrow("a quote never closes");
  });

  it("reads back any fields, wherever the chunks are cut", async () => {
    const field = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", "é") });
    const row = fc.array(field, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(fc.array(row), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const text = rows.map((fields) => `${fields.map(quoted).join(",")}\n`).join("");
        const records = await read(text, size);
        expect(records.map(({ fields }) => fields)).toEqual(rows);
      }),
    );
  });
});

function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}
