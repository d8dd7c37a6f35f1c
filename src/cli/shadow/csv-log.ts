/**
 * Logs as CSV: a row per candidate, those of one request one after another, `position` where the
 * candidate was shown and empty where it was not. Further columns are passed over.
 */
import { Fault, type Json } from "#foundation";
import { type CsvRecord, csvRecords } from "../csv.ts";
import { DEMO_FAULTS } from "../demo/faults.ts";
import { SHADOW_FAULTS } from "./faults.ts";
import {
  type BadRow,
  instantOf,
  isDamaged,
  type LogEntry,
  NOT_UTF8,
  quoted,
} from "./logged-request.ts";

const REQUIRED = ["request", "item", "score", "position"] as const;
const OPTIONAL = ["group", "age_hours", "price", "k", "segment", "at"] as const;

type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number];

/** One row, its fields by column; absent columns read as empty. */
interface Row {
  readonly line: number;
  readonly request: string;
  readonly candidate: { readonly [name: string]: Json };
  readonly position: number | undefined;
  readonly k: number | undefined;
  readonly segment: string;
  readonly atUtcMs: number | undefined;
}

/**
 * The entries of a log; `open` begins to read it, which is done twice: only its end shows whose
 * rows do not stand together. `itemSet` is the name candidates are registered under, if they are.
 *
 * @throws Fault `shadow-log-unusable` for a header without the columns there must be, and
 * for a quote that never closes.
 */
export async function* csvEntries(
  open: () => AsyncIterable<string>,
  name: string,
  itemSet: string | undefined,
): AsyncGenerator<LogEntry> {
  const scattered = await scatteredRequests(open(), name);
  let columns: ReadonlyMap<string, number> | undefined;
  let rows: Row[] = [];
  let isSpoilt = false;
  let current: string | undefined;
  for await (const record of logRecords(open(), name)) {
    if (columns === undefined) {
      columns = columnsOf(record, name);
      continue;
    }
    const request = fieldOf(record, columns, "request");
    if (request !== current) {
      if (!isSpoilt && rows.length > 0) yield requestOf(rows, itemSet);
      [rows, isSpoilt, current] = [[], false, request];
    }
    const row = scattered.has(request)
      ? badRow(record.line, `request: expected its rows together, got ${quoted(request)} apart`)
      : rowOf(record, columns);
    if ("kind" in row) {
      isSpoilt = true;
      yield request === "" ? row : { ...row, request };
    } else rows.push(row);
  }
  if (!isSpoilt && rows.length > 0) yield requestOf(rows, itemSet);
}

/** The requests that come again after another one; as far as the log can be read. */
async function scatteredRequests(
  chunks: AsyncIterable<string>,
  name: string,
): Promise<ReadonlySet<string>> {
  const scattered = new Set<string>();
  const seen = new Set<string>();
  let columns: ReadonlyMap<string, number> | undefined;
  let current: string | undefined;
  try {
    for await (const record of logRecords(chunks, name)) {
      if (columns === undefined) {
        columns = columnsOf(record, name);
        continue;
      }
      const request = fieldOf(record, columns, "request");
      if (request === current) continue;
      if (request !== "" && seen.has(request)) scattered.add(request);
      seen.add(request);
      current = request;
    }
  } catch (error) {
    // Told when the entries are read, after those before the fault.
    if (!(error instanceof Fault)) throw error;
  }
  return scattered;
}

/** The records, with what is wrong with them said of a log. */
async function* logRecords(chunks: AsyncIterable<string>, name: string): AsyncGenerator<CsvRecord> {
  try {
    yield* csvRecords(chunks, name);
  } catch (error) {
    if (!(error instanceof Fault) || error.row.code !== DEMO_FAULTS.malformedFile.code) throw error;
    throw new Fault(SHADOW_FAULTS.logUnusable, { detail: error.message }, error);
  }
}

function columnsOf(header: CsvRecord, name: string): ReadonlyMap<string, number> {
  const columns = new Map(header.fields.map((field, index) => [field.trim(), index]));
  const missing = REQUIRED.filter((column) => !columns.has(column));
  if (missing.length === 0) return columns;
  throw new Fault(SHADOW_FAULTS.logUnusable, {
    detail: `${name}: expected the columns ${REQUIRED.join(", ")}; missing: ${missing.join(", ")}`,
  });
}

function rowOf(record: CsvRecord, columns: ReadonlyMap<string, number>): Row | BadRow {
  const { line, fields } = record;
  if (fields.length !== columns.size) {
    return badRow(line, `expected ${columns.size} fields, got ${fields.length}`);
  }
  if (fields.some(isDamaged)) return badRow(line, NOT_UTF8);
  const field = (column: Column) => fieldOf(record, columns, column);
  if (field("request") === "") return badRow(line, "request: expected a name, got nothing");
  const flaw = numberFlaw(field);
  if (flaw !== undefined) return badRow(line, flaw);
  const at = field("at");
  const atUtcMs = at === "" ? undefined : instantOf(at);
  if (at !== "" && atUtcMs === undefined) {
    return badRow(line, `at: expected an instant with zone, got ${quoted(at)}`);
  }
  const number = (column: Column) => (field(column) === "" ? undefined : Number(field(column)));
  const [ageHours, price] = [number("age_hours"), number("price")];
  const group = field("group");
  return {
    line,
    request: field("request"),
    candidate: {
      ...{ id: field("item"), score: Number(field("score")) },
      ...(group !== "" && { group: group.split("|") }),
      ...(ageHours !== undefined && { ageHours }),
      ...(price !== undefined && { price }),
    },
    position: number("position"),
    k: number("k"),
    segment: field("segment"),
    atUtcMs,
  };
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** What is wrong with the numbers of a row; what they mean is judged with the request. */
function numberFlaw(field: (column: Column) => string): string | undefined {
  for (const column of ["score", "position", "k", "age_hours", "price"] as const) {
    const text = field(column);
    const isOptional = column !== "score";
    const isWhole = column !== "score" && column !== "age_hours";
    if (text === "" && isOptional) continue;
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    if (Number.isFinite(value) && (!isWhole || Number.isSafeInteger(value))) continue;
    return `${column}: expected a ${isWhole ? "whole " : ""}number, got ${quoted(text)}`;
  }
  return undefined;
}

function requestOf(rows: readonly Row[], itemSet: string | undefined): LogEntry {
  const [first] = rows;
  const line = first?.line ?? 0;
  const placed = rows.flatMap(({ position, candidate }) =>
    position === undefined ? [] : [{ position, id: String(candidate.id) }],
  );
  placed.sort((a, b) => a.position - b.position);
  const gap = placed.findIndex(({ position }, index) => position !== index + 1);
  if (gap >= 0) {
    return badRow(line, `position: expected ${gap + 1}, got ${placed[gap]?.position}`);
  }
  if (placed.length === 0) return badRow(line, "position: expected some item shown, got none");
  const body = {
    candidates: rows.map(({ candidate }) => candidate),
    k: first?.k ?? placed.length,
    ...(itemSet !== undefined && { items: itemSet }),
  };
  const segment = first?.segment || undefined;
  const shown = placed.map(({ id }) => id);
  return { kind: "request", line, body, shown, segment, atUtcMs: first?.atUtcMs };
}

function fieldOf(
  { fields }: CsvRecord,
  columns: ReadonlyMap<string, number>,
  column: Column,
): string {
  return fields[columns.get(column) ?? -1]?.trim() ?? "";
}

function badRow(line: number, why: string): BadRow {
  return { kind: "bad-row", line, why };
}
