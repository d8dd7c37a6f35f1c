/**
 * The messages that run a prepared statement (PostgreSQL's frontend protocol 3.0, "Message
 * Formats"), written into one buffer that is used again. The engine's own writer makes several new
 * buffers for each message; at some hundred decisions a second of ten kilobytes each these alone
 * made the store's thread collect garbage three times a second, some 20 ms at a time.
 */

/** The most bytes of UTF-8 that one UTF-16 unit becomes. */
const BYTES_PER_UNIT_MAX = 3;

const INT16_BYTES = 2;
const INT32_BYTES = 4;

/** No fewer than the messages have besides the statement's name and the values. */
const FRAME_BYTES = 64;

const FIRST_BYTES = 64 * 1024;

/** A buffer larger than this is not kept for the next message. */
const KEPT_BYTES_MAX = 1024 * 1024;

/** The unnamed portal with as many rows as there are, and the end of the implicit transaction. */
const EXECUTE_SYNC = Buffer.from("E\0\0\0\x09\0\0\0\0\0S\0\0\0\x04", "latin1");

/**
 * A writer of bind, execute and sync for the unnamed portal. `values` are in text form, null for
 * SQL's null. What it returns holds until it is called again.
 */
export function bindWriter(): (statement: string, values: readonly (string | null)[]) => Buffer {
  let kept = Buffer.allocUnsafeSlow(FIRST_BYTES);
  return (statement, values) => {
    const bytesMax = sizeMax(statement, values);
    const buffer = bytesMax <= kept.length ? kept : Buffer.allocUnsafeSlow(2 * bytesMax);
    if (buffer.length <= KEPT_BYTES_MAX) kept = buffer;
    return buffer.subarray(0, write(buffer, statement, values));
  };
}

/** No fewer bytes than the messages have. */
function sizeMax(statement: string, values: readonly (string | null)[]): number {
  let units = statement.length;
  for (const value of values) units += value?.length ?? 0;
  return BYTES_PER_UNIT_MAX * units + (INT16_BYTES + INT32_BYTES) * values.length + FRAME_BYTES;
}

/** Writes the three messages; answers how many bytes they have. */
function write(buffer: Buffer, statement: string, values: readonly (string | null)[]): number {
  let at = buffer.write("B", 0, "latin1") + INT32_BYTES;
  at += buffer.write(`\0${statement}\0`, at, "utf8");
  at = buffer.writeUInt16BE(values.length, at);
  const codesEnd = at + INT16_BYTES * values.length;
  buffer.fill(0, at, codesEnd); // Every value comes as text.
  at = buffer.writeUInt16BE(values.length, codesEnd);
  for (const value of values) {
    const from = at + INT32_BYTES;
    const bytes = value === null ? -1 : buffer.write(value, from, "utf8");
    buffer.writeInt32BE(bytes, at);
    at = from + Math.max(0, bytes);
  }
  at = buffer.writeInt16BE(0, at); // So does every result.
  buffer.writeInt32BE(at - 1, 1);
  return at + EXECUTE_SYNC.copy(buffer, at);
}
