/**
 * Zip archives (PKWARE APPNOTE 6.3), as far as dimod's files need them: stored and deflated
 * entries, no encryption, no splitting. Checksums are checked; no entry grows beyond what it says.
 */
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
import { type ByteReader, UINT16, UINT32, UINT64 } from "./byte-reader.ts";

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const LONG_END_SIGNATURE = 0x06064b50;
const LONG_LOCATOR_SIGNATURE = 0x07064b50;
const LONG_END_BYTES = 56;
const LONG_LOCATOR_BYTES = 20;
const SHORT_COUNT_MAX = 65_535;
const COMMENT_BYTES_MAX = 65_535;
const CONTENT_BYTES_MAX = 2 ** 30;
const STORED = 0;
const DEFLATED = 8;
/** 1980-01-01, the earliest date there is: archives of equal content are equal. */
const DATE = 0x0021;
const VERSION = 20;
const LONG_VERSION = 45;
const IS_UTF8 = 0x0800;

/** Where the list of entries is. */
interface Directory {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
  /** Where the records after the list begin. */
  readonly end: number;
}

/** The entries of an archive by name, in the archive's order. */
export function readZip(reader: ByteReader): Map<string, ByteReader> {
  const { count, size, offset, end } = directoryOf(reader);
  const directory = reader.part("directory", end - size, end);
  // What stands before the archive moves every offset alike.
  const shift = end - size - offset;
  const entries = new Map<string, ByteReader>();
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const { name, content } = readEntry(reader, directory, shift);
    total += content.bytes.length;
    if (total > CONTENT_BYTES_MAX) directory.fail(`expected at most ${CONTENT_BYTES_MAX} bytes`);
    if (entries.has(name)) directory.fail(`entry ${name}: expected once, got again`);
    entries.set(name, content);
  }
  return entries;
}

function directoryOf(reader: ByteReader): Directory {
  const end = endOf(reader);
  const record = reader.part("end record", end, reader.bytes.length);
  record.at = 10;
  const count = record.number(UINT16, "entries");
  const size = record.number(UINT32, "directory size");
  const offset = record.number(UINT32, "directory offset");
  const long = end - LONG_LOCATOR_BYTES - LONG_END_BYTES;
  if (long < 0) return { count, size, offset, end };
  const longRecord = reader.part("long end record", long, end);
  if (longRecord.number(UINT32, "signature") !== LONG_END_SIGNATURE) {
    return { count, size, offset, end };
  }
  longRecord.at = 32;
  return {
    count: longRecord.number(UINT64, "entries"),
    size: longRecord.number(UINT64, "directory size"),
    offset: longRecord.number(UINT64, "directory offset"),
    end: long,
  };
}

/** Where the end record begins. */
function endOf(reader: ByteReader): number {
  const { bytes } = reader;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const lowest = Math.max(0, bytes.length - END_BYTES - COMMENT_BYTES_MAX);
  for (let at = bytes.length - END_BYTES; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return reader.fail("archive: expected a directory at its end, got none");
}

function readEntry(reader: ByteReader, directory: ByteReader, shift: number) {
  const start = directory.at;
  const signature = directory.number(UINT32, "entry");
  if (signature !== ENTRY_SIGNATURE) directory.fail("entry: expected its signature");
  directory.at = start + 10;
  const method = directory.number(UINT16, "method");
  directory.at = start + 16;
  const checksum = directory.number(UINT32, "checksum");
  const packedSize = directory.integer(UINT32, "packed size", 0, reader.bytes.length);
  const size = directory.integer(UINT32, "size", 0, CONTENT_BYTES_MAX);
  const nameLength = directory.number(UINT16, "name length");
  const skipped = directory.number(UINT16, "extra length") + directory.number(UINT16, "comment");
  directory.at = start + 42;
  const offset = directory.number(UINT32, "offset");
  directory.at = start + ENTRY_BYTES;
  const name = directory.text(nameLength, "name");
  directory.take(skipped, "extra");
  const packed = packedBytes(reader, name, offset + shift, packedSize);
  const content = unpacked(packed, method, size);
  if (crc32(content) !== checksum) packed.fail("content: expected another checksum");
  return { name, content: packed.holding(content) };
}

function packedBytes(reader: ByteReader, name: string, start: number, size: number): ByteReader {
  const local = reader.part(name, start, reader.bytes.length);
  if (local.number(UINT32, "entry") !== LOCAL_SIGNATURE) local.fail("expected its signature");
  local.at = 26;
  const skipped = local.number(UINT16, "name length") + local.number(UINT16, "extra length");
  const from = start + LOCAL_BYTES + skipped;
  return reader.part(name, from, from + size);
}

function unpacked(packed: ByteReader, method: number, size: number): Uint8Array {
  if (method === STORED) return packed.bytes;
  if (method !== DEFLATED) return packed.fail(`method: expected 0 or 8, got ${method}`);
  try {
    const content = inflateRawSync(packed.bytes, { maxOutputLength: Math.max(1, size) });
    if (content.length === size) return content;
  } catch (error) {
    packed.fail(`content: expected deflate, got ${error instanceof Error ? error.message : ""}`);
  }
  return packed.fail(`content: expected ${size} bytes`);
}

/** An archive of `entries`; its offsets count from `base` bytes before it, as Python's do. */
export function zipBytes(
  entries: readonly (readonly [name: string, content: Uint8Array])[],
  base: number,
): Uint8Array {
  const locals: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = base;
  for (const [name, content] of entries) {
    const bytes = Buffer.from(name);
    const packed = deflateRawSync(content);
    const isSmaller = packed.length < content.length;
    const stored = isSmaller ? packed : content;
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(VERSION, 0);
    facts.writeUInt16LE(IS_UTF8, 2);
    facts.writeUInt16LE(isSmaller ? DEFLATED : STORED, 4);
    facts.writeUInt16LE(DATE, 8);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(stored.length, 14);
    facts.writeUInt32LE(content.length, 18);
    facts.writeUInt16LE(bytes.length, 22);
    locals.push(uint32(LOCAL_SIGNATURE), facts, bytes, stored);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(uint32(ENTRY_SIGNATURE), facts.subarray(0, 2), facts, place, bytes);
    offset += LOCAL_BYTES + bytes.length + stored.length;
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...locals, listing, endBytes(entries.length, listing.length, offset)]);
}

/** The end record, after the long one that more than 65,535 entries need. */
function endBytes(count: number, size: number, offset: number): Uint8Array {
  const isLong = count > SHORT_COUNT_MAX;
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(isLong ? SHORT_COUNT_MAX : count, 8);
  end.writeUInt16LE(isLong ? SHORT_COUNT_MAX : count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  if (!isLong) return end;
  const long = Buffer.alloc(LONG_END_BYTES + LONG_LOCATOR_BYTES);
  long.writeUInt32LE(LONG_END_SIGNATURE, 0);
  long.writeBigUInt64LE(BigInt(LONG_END_BYTES - 12), 4);
  long.writeUInt16LE(LONG_VERSION, 12);
  long.writeUInt16LE(LONG_VERSION, 14);
  long.writeBigUInt64LE(BigInt(count), 24);
  long.writeBigUInt64LE(BigInt(count), 32);
  long.writeBigUInt64LE(BigInt(size), 40);
  long.writeBigUInt64LE(BigInt(offset), 48);
  long.writeUInt32LE(LONG_LOCATOR_SIGNATURE, LONG_END_BYTES);
  long.writeBigUInt64LE(BigInt(offset + size), LONG_END_BYTES + 8);
  long.writeUInt32LE(1, LONG_END_BYTES + 16);
  return Buffer.concat([long, end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
