/**
 * Tensors as the protocol writes them: as JSON, or as raw little-endian bytes in row-major order
 * after the JSON (Triton's binary tensor data extension). An element of BYTES is its length in four
 * bytes and then itself.
 */
import { unreachable } from "#foundation";

/** A tensor of the reply; `values` are as many as `shape` says. */
export type Tensor = {
  readonly name: string;
  readonly shape: readonly number[];
} & (
  | { readonly datatype: "BYTES"; readonly values: readonly string[] }
  | { readonly datatype: "FP64" | "INT64"; readonly values: readonly number[] }
  | { readonly datatype: "BOOL"; readonly values: readonly boolean[] }
);

const LENGTH_BYTES = 4;

/** The raw bytes of a tensor. */
export function tensorBytes(tensor: Tensor): Uint8Array {
  switch (tensor.datatype) {
    case "BYTES":
      return Buffer.concat(
        tensor.values.flatMap((value) => {
          const text = Buffer.from(value, "utf8");
          const length = Buffer.alloc(LENGTH_BYTES);
          length.writeUInt32LE(text.length);
          return [length, text];
        }),
      );
    case "FP64":
      return eachIn(tensor.values, 8, (bytes, value, at) => bytes.writeDoubleLE(value, at));
    case "INT64":
      return eachIn(tensor.values, 8, (bytes, value, at) =>
        bytes.writeBigInt64LE(BigInt(value), at),
      );
    case "BOOL":
      return Uint8Array.from(tensor.values, Number);
    default:
      return unreachable(tensor);
  }
}

function eachIn<Value>(
  values: readonly Value[],
  width: number,
  write: (bytes: Buffer, value: Value, at: number) => void,
): Buffer {
  const bytes = Buffer.alloc(values.length * width);
  for (const [index, value] of values.entries()) write(bytes, value, index * width);
  return bytes;
}

/** The elements of a BYTES tensor's raw bytes; `undefined` if their lengths do not add up. */
export function bytesElements(raw: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const elements: Uint8Array[] = [];
  let at = 0;
  while (at < raw.length) {
    if (at + LENGTH_BYTES > raw.length) return undefined;
    const from = at + LENGTH_BYTES;
    at = from + view.getUint32(at, true);
    if (at > raw.length) return undefined;
    elements.push(raw.subarray(from, at));
  }
  return elements;
}

/** How many elements a shape holds. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dimension) => product * dimension, 1);
}
