/**
 * The byte encodings of WebAssembly (core specification 2.0, section 5): LEB128 integers, IEEE 754
 * numbers, vectors with a length in front. Code under construction is a tree of bytes, so that an
 * expression is written as nested calls and is laid out once, at the end.
 */

/** Bytes under construction: a tree whose leaves, read from left to right, are the bytes. */
export type Code = readonly (number | Code)[];

/** An unsigned integer below 2^32 as LEB128. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  bytes.push(rest);
  return bytes;
}

/** A signed 32-bit integer as LEB128. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let rest = value | 0;
  for (; rest < -0x40 || rest >= 0x40; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest & 0x7f);
  return bytes;
}

/** A double-precision number, little-endian. */
export function float64(value: number): Code {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}

/** A name: its UTF-8 bytes with their number in front. */
export function name(text: string): Code {
  return vector([...new TextEncoder().encode(text)]);
}

/** Items with their number in front. */
export function vector(items: readonly (number | Code)[]): Code {
  return [unsigned(items.length), items];
}

/** Code with its length in bytes in front. */
export function sized(code: Code): Code {
  const bytes = flatten(code);
  return [unsigned(bytes.length), bytes];
}

/** The bytes of a tree, in order. */
export function flatten(code: Code): number[] {
  const bytes: number[] = [];
  append(code, bytes);
  return bytes;
}

function append(code: Code, bytes: number[]): void {
  for (let at = 0; at < code.length; at += 1) {
    const item = code[at];
    if (typeof item === "number") bytes.push(item);
    else append(item, bytes);
  }
}
