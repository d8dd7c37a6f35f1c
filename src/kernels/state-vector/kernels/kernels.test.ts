/** Every kernel of the plain build against plain TypeScript, bit for bit, on random memory. */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { type Build, lanesOf, type Precision } from "../../assembly/lanes.ts";
import type { Kernels } from "../engine/tile-runner.ts";
import { kernelBinary, TILE_BITS_MAX } from "./module.ts";
import { referenceKernels } from "./reference.ts";

/** Where the arguments lie; far enough apart for tiles of 2^10 doubles. */
const [RE, IM, TILE, TABLE, WORDS, SUMS] = [0x4000, 0x8000, 0xc000, 0x10000, 0x18000, 0x1c000];
const TILE_BITS = 10;

/**
 * Memory filled with numbers in (-1, 1), byte offsets from `WORDS` on, and small indices from
 * `TILE` on.
 */
function randomMemory(precision: Precision, seed: number): WebAssembly.Memory {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65_536, shared: true });
  const stream = randomStream(seed, precision);
  const numbers =
    precision === "f32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  for (let at = 0; at < numbers.length; at += 1) numbers[at] = 2 * stream.unit() - 1;
  return memory;
}

function instance(precision: Precision, build: Build, memory: WebAssembly.Memory): Kernels {
  const module = new WebAssembly.Module(kernelBinary(precision, build));
  return new WebAssembly.Instance(module, { state: { memory } }).exports;
}

/** The arguments to call a kernel with, and what to write before. */
interface Call {
  readonly remark: string;
  readonly kernel: string;
  readonly arguments: readonly number[];
  readonly prepare?: (memory: WebAssembly.Memory) => void;
}

function words(...values: readonly number[]): (memory: WebAssembly.Memory) => void {
  return (memory) => new Int32Array(memory.buffer, WORDS).set(values);
}

function callsFor(precision: Precision): readonly Call[] {
  return [
    ...rotationCalls(precision),
    ...diagonalCalls(precision),
    ...gateCalls(precision),
    ...costCalls(precision),
    ...tableCalls(precision),
  ];
}

function endOf(precision: Precision): number {
  return RE + 2 ** TILE_BITS * lanesOf(precision, "plain").bytes;
}

function rotationCalls(precision: Precision): readonly Call[] {
  const { count: lanes, bits } = lanesOf(precision, "plain");
  const call = [RE, endOf(precision), TABLE];
  const prepare = (memory: WebAssembly.Memory) => {
    const numbers =
      precision === "f32"
        ? new Float32Array(memory.buffer, TABLE, bits * lanes)
        : new Float64Array(memory.buffer, TABLE, bits * lanes);
    numbers.forEach((_, at) => {
      const [bit, lane] = [Math.floor(at / lanes), at % lanes];
      numbers[at] = (lane >> bit) & 1 ? 0.3 + bit : -0.7 - bit;
    });
  };
  return ["even", "skew"].flatMap((form) => [
    { remark: "lowest bits", kernel: `${form}Low`, arguments: call, prepare },
    ...[1, 2, 3].map((count) => ({
      ...{ remark: `${count} bits above`, kernel: `${form}${count}At${bits + 3}` },
      arguments: call,
    })),
    { remark: "highest bits", kernel: `${form}3At7`, arguments: call },
  ]);
}

function diagonalCalls(precision: Precision): readonly Call[] {
  const { bytes, count: lanes } = lanesOf(precision, "plain");
  const rowCount = 2 ** TILE_BITS / (16 * lanes);
  const rows = [TABLE, TABLE + 64 * bytes, TABLE + rowCount * bytes, TABLE + 256 * bytes];
  const signs = Array.from({ length: rowCount }, (_, row) => TILE + 256 * (row % 5));
  const prepare = (memory: WebAssembly.Memory) => {
    words(...signs)(memory);
    // Sign vectors have no bit but the sign's.
    const bytesOfSigns = new Uint8Array(memory.buffer, TILE, 5 * 256);
    bytesOfSigns.forEach((byte, at) => {
      bytesOfSigns[at] = at % bytes === bytes - 1 ? byte & 0x80 : 0;
    });
  };
  return ["multiplyDiagonal", "fillDiagonal"].map((kernel) => ({
    ...{ remark: "rows, columns and signs", kernel, prepare },
    arguments: [RE, IM, ...rows, WORDS],
  }));
}

function gateCalls(precision: Precision): readonly Call[] {
  const { bytes, count: lanes, bits } = lanesOf(precision, "plain");
  const end = endOf(precision);
  const pauli = [RE, IM, 0, end - RE, 0x50 * lanes, 0x1230, TABLE, SUMS];
  return [
    ...Array.from({ length: lanes }, (_, pattern) => ({
      ...{ remark: "flips and signs", kernel: `pauli${pattern}`, arguments: pauli },
    })),
    ...Array.from({ length: bits }, (_, bit) => ({
      ...{ remark: "a bit inside the vector", kernel: `gateInside${bit}` },
      arguments: [RE, IM, end, TABLE],
    })),
    ...[16, 2 ** (TILE_BITS - 1) * bytes].map((distance) => ({
      ...{ remark: `${distance} bytes apart`, kernel: "gate" },
      arguments: [RE, IM, end, distance, TABLE],
    })),
    {
      ...{ remark: "two bits apart", kernel: "multiplyMatrix" },
      arguments: [RE, IM, 1024, 34, WORDS, 4, TABLE, SUMS],
      prepare: words(0, 32 * bytes, 2 * bytes, 34 * bytes),
    },
    {
      ...{ remark: "a single number", kernel: "multiplyMatrix" },
      arguments: [RE, IM, 4, 0, WORDS, 1, TABLE, SUMS],
      prepare: words(0),
    },
  ];
}

function costCalls(precision: Precision): readonly Call[] {
  const call = [RE, IM, endOf(precision), TILE, TABLE];
  const indices = (memory: WebAssembly.Memory) => {
    new Uint16Array(memory.buffer, TILE, 2 ** TILE_BITS).forEach((value, at, view) => {
      view[at] = value % 100;
    });
  };
  const angles = (memory: WebAssembly.Memory) => {
    new Float64Array(memory.buffer, TILE, 2 ** TILE_BITS).forEach((_, at, view) => {
      view[at] = (at - 512) * 0.37;
    });
    new Float64Array(memory.buffer, TABLE, 1)[0] = 1.3;
  };
  return [
    { remark: "a table of 100", kernel: "costIndexed", arguments: call, prepare: indices },
    { remark: "angles of both signs", kernel: "costReal", arguments: call, prepare: angles },
  ];
}

function tableCalls(precision: Precision): readonly Call[] {
  const end = RE + 64 * lanesOf(precision, "plain").bytes;
  return [
    { remark: "a table", kernel: "multiplyTable", arguments: [RE, IM, end, TABLE, TILE] },
    { remark: "a table", kernel: "scaleTable", arguments: [RE, IM, end, TABLE, TILE, WORDS] },
    { remark: "no bit", kernel: "multiplyMasked", arguments: [RE, IM, 64, 0, 0, TABLE] },
    { remark: "three bits", kernel: "multiplyMasked", arguments: [RE, IM, 1024, 146, 130, TABLE] },
    { remark: "beyond the end", kernel: "multiplyMasked", arguments: [RE, IM, 8, 24, 24, TABLE] },
    ...["gatherEven", "gatherSkew", "scatterEven", "scatterSkew"].flatMap((kernel) =>
      [1, 2, 3].map((count) => ({
        ...{ remark: "sixteen rows", kernel: `${kernel}${count}` },
        arguments: [RE, WORDS, WORDS + 64, 128, TILE, 8, TABLE],
        prepare: words(...Array.from({ length: 16 }, (_, row) => 256 * (row ^ 5))),
      })),
    ),
    ...["gather", "scatter"].map((kernel) => ({
      ...{ remark: "three rows", kernel },
      arguments: [RE, WORDS, WORDS + 12, 128, TILE],
      prepare: words(0, 1024, 256),
    })),
  ];
}

describe.each(["f32", "f64"] as const)("kernels in %s", (precision) => {
  test.each(callsFor(precision).map((call) => [call.kernel, call.remark, call] as const))(
    "%s: %s",
    (_kernel, _remark, call) => {
      const [ours, theirs] = [randomMemory(precision, 1), randomMemory(precision, 1)];
      for (const memory of [ours, theirs]) call.prepare?.(memory);
      const before = new Uint8Array(ours.buffer).slice();
      instance(precision, "plain", ours)[call.kernel](...call.arguments);
      referenceKernels(theirs.buffer, precision, TILE_BITS)[call.kernel](...call.arguments);
      const after = new Uint8Array(ours.buffer);
      // The matrix kernel leaves a column in its workspace.
      if (call.kernel === "multiplyMatrix") {
        after.fill(0, SUMS, SUMS + 128);
        new Uint8Array(theirs.buffer).fill(0, SUMS, SUMS + 128);
      }
      expect(Buffer.compare(Buffer.from(after), Buffer.from(theirs.buffer))).toBe(0);
      const isIdle = call.remark === "beyond the end";
      expect(Buffer.compare(Buffer.from(after), Buffer.from(before)) === 0).toBe(isIdle);
    },
  );

  test("every kernel has a reference, and no more", () => {
    const memory = randomMemory(precision, 2);
    const names = Object.keys(instance(precision, "plain", memory)).sort();
    const reference = referenceKernels(memory.buffer, precision, TILE_BITS_MAX);
    expect(Object.keys(reference).sort()).toEqual(names);
  });

  test("the same description gives the same bytes, and fused arithmetic others", () => {
    const binary = kernelBinary(precision, "plain");
    expect(kernelBinary(precision, "plain")).toEqual(binary);
    expect(kernelBinary(precision, "relaxed")).not.toEqual(binary);
  });
});
