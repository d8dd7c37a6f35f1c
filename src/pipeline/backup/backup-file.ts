/**
 * The form of a backup file: gzip over lines of JSON. The first line says what follows, then comes
 * one line per row, `["table",{columns}]`, and the last line counts the rows and has the SHA-256 of
 * every byte before it. A file without its last line is not a backup, however it was cut short.
 */
import type { Json } from "#foundation";

/** Raised when the form of the lines changes; what the columns mean is the schema's to say. */
export const BACKUP_FORMAT = 1;

/** What the first line says. */
export interface BackupHead {
  readonly kind: "tandem-backup";
  readonly format: number;
  /** The store's schema step the rows are of. */
  readonly schema: string;
  /** RFC 3339 instant at which the backup began: what was acknowledged before is in it. */
  readonly at: string;
}

/** What the last line says. */
export interface BackupEnd {
  readonly kind: "end";
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** SHA-256 of all lines before this one, hexadecimal. */
  readonly sha256: string;
}

/** A member of a value that may be anything. */
export function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
