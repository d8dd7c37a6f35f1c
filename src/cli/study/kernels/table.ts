/**
 * Tables to be studied: a CSV file with a header, numbers, and a column of classes.
 */
import fs from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Fault } from "#foundation";
import { type FeatureRows, featureRows } from "#learning";
import { type CsvRecord, csvRecords } from "../../csv.ts";
import { DEMO_FAULTS } from "../../demo/faults.ts";
import { unreadableFile } from "../../input-file.ts";
import { studyFaults } from "../faults.ts";

/** A table: rows of numbers, and the class of each. */
export interface Table {
  readonly name: string;
  readonly rows: FeatureRows;
  readonly classes: Int32Array;
  /** Sorted; `classes` are places in this. */
  readonly classNames: readonly string[];
}

/** What to make of a file. */
export interface TableOptions {
  /** The column of classes; the last if absent. */
  readonly label?: string | undefined;
  /** Classes to keep; all if absent. */
  readonly keep?: readonly string[] | undefined;
}

const ROWS_MAX = 100_000;
const FEATURES_MAX = 1000;
const CLASSES_MAX = 20;
/** Fewer of a class than this cannot be divided into folds within folds. */
const CLASS_ROWS_MIN = 9;
/** Squares of greater values overflow, and their column would silently count as constant. */
const VALUE_MAX = 1e140;

/**
 * Reads the table in `file`, compressed if its name ends in `.gz`.
 *
 * @throws Fault `file-unreadable`, or `study-table-unusable` naming the line.
 */
export async function readTable(file: string, options: TableOptions): Promise<Table> {
  const draft: Draft = { file, options, values: [], labels: [] };
  let header: readonly string[] | undefined;
  try {
    for await (const record of csvRecords(textOf(file), file)) {
      if (header === undefined) header = headerOf(draft, record.fields);
      else addRow(draft, header, record);
    }
  } catch (error) {
    throw asFault(file, error);
  }
  if (header === undefined) throw unusable(`${file}: expected a header and rows, got nothing`);
  return tableOf(draft, header.length - 1);
}

interface Draft {
  readonly file: string;
  readonly options: TableOptions;
  readonly values: number[];
  readonly labels: string[];
}

async function* textOf(file: string): AsyncGenerator<string> {
  const bytes = fs.createReadStream(file);
  const plain: Readable = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  if (plain !== bytes) bytes.on("error", (error) => plain.destroy(error));
  plain.setEncoding("utf8");
  for await (const chunk of plain) yield String(chunk);
}

function headerOf({ file, options }: Draft, fields: readonly string[]): readonly string[] {
  const features = fields.length - 1;
  const bound = `a column of classes and 1 to ${FEATURES_MAX} others`;
  if (features < 1 || features > FEATURES_MAX) {
    throw unusable(`${file}, line 1: expected ${bound}, got ${fields.length} columns`);
  }
  const { label } = options;
  if (label === undefined || fields.includes(label)) return fields;
  throw unusable(`${file}, line 1: expected a column ${label}, got ${fields.join(", ")}`);
}

function addRow(draft: Draft, header: readonly string[], { line, fields }: CsvRecord): void {
  const { file, options, values, labels } = draft;
  if (fields.length !== header.length) {
    throw unusable(`${file}, line ${line}: expected ${header.length} fields, got ${fields.length}`);
  }
  const at = options.label === undefined ? fields.length - 1 : header.indexOf(options.label);
  const label = className(fields[at]);
  if (options.keep !== undefined && !options.keep.includes(label)) return;
  labels.push(label);
  if (labels.length > ROWS_MAX) throw unusable(`${file}: expected at most ${ROWS_MAX} rows`);
  for (const [column, field] of fields.entries()) {
    if (column === at) continue;
    const value = field.trim() === "" ? Number.NaN : Number(field);
    if (!Number.isFinite(value)) {
      const got = JSON.stringify(field.slice(0, 40));
      throw unusable(`${file}, line ${line}, ${header[column]}: expected a number, got ${got}`);
    }
    if (Math.abs(value) > VALUE_MAX) {
      const place = `${file}, line ${line}, ${header[column]}`;
      throw unusable(`${place}: expected a number up to ${VALUE_MAX}, got ${value}`);
    }
    values.push(value);
  }
}

/** `1`, `1.0` and ` 1` are one class. */
function className(field: string): string {
  const text = field.trim();
  const number = Number(text);
  return text !== "" && Number.isFinite(number) ? String(number) : text;
}

function tableOf({ file, values, labels }: Draft, width: number): Table {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  if (counts.size < 2 || counts.size > CLASSES_MAX) {
    throw unusable(`${file}: expected 2 to ${CLASSES_MAX} classes, got ${counts.size}`);
  }
  const scarce = [...counts].find(([, count]) => count < CLASS_ROWS_MIN);
  if (scarce !== undefined) {
    const [label, count] = scarce;
    throw unusable(
      `${file}: expected at least ${CLASS_ROWS_MIN} rows of each class, got ${count} of ${label}`,
    );
  }
  const classNames = [...counts.keys()].sort();
  return {
    name: path.basename(file).replace(/\.csv(\.gz)?$/, ""),
    rows: featureRows(labels.length, width, Float64Array.from(values)),
    classes: Int32Array.from(labels, (label) => classNames.indexOf(label)),
    classNames,
  };
}

function unusable(detail: string): Fault {
  return new Fault(studyFaults.tableUnusable, { detail });
}

function asFault(file: string, error: unknown): Fault {
  if (error instanceof Fault && error.row.code === DEMO_FAULTS.malformedFile.code) {
    return new Fault(studyFaults.tableUnusable, { detail: error.message }, error);
  }
  if (error instanceof Fault) return error;
  return unreadableFile(file, error);
}
