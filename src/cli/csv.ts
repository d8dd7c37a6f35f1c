/**
 * Comma-separated values (RFC 4180), read as a stream of records so that a file need not fit in
 * memory. Quoted fields may hold commas, quotes (doubled) and line breaks. Every record knows the
 * line it began on.
 */
import { Fault } from "#foundation";
import { DEMO_FAULTS } from "./demo/faults.ts";

/** One record: its fields and the number of the line it began on, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * No record of a sane file is longer; a missing closing quote would otherwise swallow the rest of
 * it.
 */
const RECORD_CHARACTERS_MAX = 1_000_000;

/**
 * Splits text that arrives in chunks into records; empty lines are passed over.
 *
 * @param name what messages call the file.
 * @throws Fault `demo-file-malformed` naming the line, for a quote that never closes or stands
 * inside a field.
 */
export async function* csvRecords(
  chunks: AsyncIterable<string>,
  name: string,
): AsyncGenerator<CsvRecord> {
  let rest = "";
  let line = 1;
  for await (const chunk of chunks) {
    rest += line === 1 && rest === "" ? chunk.replace(/^\ufeff/, "") : chunk;
    let start = 0;
    for (;;) {
      const end = recordEnd(rest, start);
      if (end < 0) break;
      const text = rest.slice(start, end);
      const record = recordOf(text, line, name);
      if (record !== undefined) yield record;
      line += newlines(text) + 1;
      start = end + 1;
    }
    rest = rest.slice(start);
    if (rest.length > RECORD_CHARACTERS_MAX) throw malformed(name, line, "a quote never closes");
  }
  const last = recordOf(rest, line, name);
  if (last !== undefined) yield last;
}

/**
 * Index of the line feed that ends the record beginning at `start`, or -1 if it is not there yet.
 */
function recordEnd(text: string, start: number): number {
  let end = text.indexOf("\n", start);
  // A line feed ends the record unless an odd number of quotes stands before it.
  let quotes = 0;
  for (let from = start; end >= 0; from = end, end = text.indexOf("\n", end + 1)) {
    quotes += quotesIn(text.slice(from, end));
    if (quotes % 2 === 0) return end;
  }
  return -1;
}

function quotesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

function recordOf(raw: string, line: number, name: string): CsvRecord | undefined {
  const text = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
  if (text === "") return undefined;
  return { line, fields: text.includes('"') ? quotedFields(text, line, name) : text.split(",") };
}

function quotedFields(text: string, line: number, name: string): string[] {
  const fields: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const match = field.exec(text);
    if (match === null)
      throw malformed(name, line, "a quote stands inside a field or never closes");
    fields.push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
    if (match[3] === "") return fields;
  }
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

function malformed(name: string, line: number, what: string): Fault {
  return new Fault(DEMO_FAULTS.malformedFile, {
    detail: `${name}, line ${line}: expected comma-separated values, but ${what}.`,
  });
}
