/**
 * Reading binary data piece by piece, little-endian; every piece is checked to be there, and a
 * fault names the byte, counted from 1 as the column of line 1.
 */
import { isCalculable } from "../decimal.ts";
import type { Scanner } from "../scanner.ts";

/** A number type of numpy: its size, and how one is read. */
export interface NumberType {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number;
}

const NUMBER_TYPES: Readonly<Record<string, NumberType>> = Object.freeze({
  float64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  int16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  int64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  uint16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  uint32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  uint64: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
});

/** Bytes of a file, or of a part of one, read from the front. */
export class ByteReader {
  /** The next byte to be read. */
  at = 0;
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  readonly #scanner: Scanner;
  readonly #name: string;
  readonly #base: number;

  /** `name` is the part's name in messages; `base` is where the part begins in the file. */
  constructor(scanner: Scanner, bytes: Uint8Array, name = "file", base = 0) {
    this.bytes = bytes;
    this.#scanner = scanner;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#name = name;
    this.#base = base;
  }

  /** A part of what lies before, as a reader of its own. */
  part(name: string, start: number, end: number): ByteReader {
    if (!(start >= 0 && start <= end && end <= this.bytes.length)) {
      this.fail(`${name}: expected it inside the file, got bytes ${start} to ${end}`);
    }
    return new ByteReader(this.#scanner, this.bytes.subarray(start, end), name, this.#base + start);
  }

  /** What these bytes hold once unpacked, under their name and place. */
  holding(content: Uint8Array): ByteReader {
    return new ByteReader(this.#scanner, content, this.#name, this.#base);
  }

  /** The next `count` bytes. */
  take(count: number, what: string): Uint8Array {
    if (!(count >= 0 && count <= this.bytes.length - this.at)) {
      this.fail(`${what}: expected ${count} bytes, got ${this.bytes.length - this.at}`);
    }
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** This, if at least `count` bytes are left; before anything is made of so many. */
  expect(count: number, what: string): this {
    const left = this.bytes.length - this.at;
    if (count > left) this.fail(`${what}: expected ${count} bytes, got ${left}`);
    return this;
  }

  /** The next number. */
  number({ bytes, read }: NumberType, what: string): number {
    this.take(bytes, what);
    return read(this.#view, this.at - bytes);
  }

  /** The next number, one that can be calculated with. */
  bias(type: NumberType, what: string): number {
    const value = this.number(type, what);
    if (!isCalculable(value)) this.fail(`${what}: expected a number up to 1e140, got ${value}`);
    return value;
  }

  /** The next number, an integer from `min` to `max`. */
  integer(type: NumberType, what: string, min: number, max: number): number {
    const value = this.number(type, what);
    if (!(Number.isInteger(value) && value >= min && value <= max)) {
      this.fail(`${what}: expected an integer from ${min} to ${max}, got ${value}`);
    }
    return value;
  }

  /** The next `count` bytes as text. */
  text(count: number, what: string): string {
    return Buffer.from(this.take(count, what)).toString("utf8");
  }

  /** The next `count` bytes as JSON. */
  json(count: number, what: string): unknown {
    const text = this.text(count, what);
    try {
      return JSON.parse(text);
    } catch (error) {
      return this.fail(
        `${what}: expected JSON, got ${error instanceof Error ? error.message : ""}`,
      );
    }
  }

  /** The number type called `name`. */
  numberType(name: unknown, what: string): NumberType {
    if (typeof name === "string" && Object.hasOwn(NUMBER_TYPES, name)) return NUMBER_TYPES[name];
    return this.fail(`${what}: expected a number type, got ${JSON.stringify(name)}`);
  }

  /** Ends the reading at the next byte. */
  fail(message: string): never {
    const column = this.#base + this.at + 1;
    return this.#scanner.fail(`${this.#name}: ${message}`, { line: 1, column });
  }

  /** Ends the reading because of something that is in order but cannot be taken. */
  refuse(message: string): never {
    const column = this.#base + this.at + 1;
    return this.#scanner.refuse(`${this.#name}: ${message}`, { line: 1, column });
  }
}

/** Doubles, as dimod stores most biases. */
export const FLOAT64 = NUMBER_TYPES.float64;
/** Lengths of sections. */
export const UINT32 = NUMBER_TYPES.uint32;
/** Lengths of long sections. */
export const UINT64 = NUMBER_TYPES.uint64;
/** Bytes. */
export const UINT8 = NUMBER_TYPES.uint8;
/** Lengths in archives. */
export const UINT16 = NUMBER_TYPES.uint16;
