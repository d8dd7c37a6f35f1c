/**
 * Ways a file goes wrong: bytes flipped, cut short, lines swapped, repeated or lost, numbers
 * changed.
 */
import type { RandomStream } from "#foundation";

type Mutation = (bytes: Buffer, stream: RandomStream) => Buffer;

/** Every way, by name. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = Object.freeze({
  flip: (bytes, stream) => {
    const mutated = Buffer.from(bytes);
    for (let count = 1 + stream.below(3); count > 0; count -= 1) {
      mutated[stream.below(mutated.length)] ^= 1 << stream.below(8);
    }
    return mutated;
  },
  truncate: (bytes, stream) => bytes.subarray(0, stream.below(bytes.length)),
  swapLines: (bytes, stream) => {
    const lines = bytes.toString("latin1").split("\n");
    const [a, b] = [stream.below(lines.length), stream.below(lines.length)];
    [lines[a], lines[b]] = [lines[b], lines[a]];
    return Buffer.from(lines.join("\n"), "latin1");
  },
  repeatLine: (bytes, stream) => {
    const lines = bytes.toString("latin1").split("\n");
    const line = stream.below(lines.length);
    lines.splice(stream.below(lines.length), 0, lines[line]);
    return Buffer.from(lines.join("\n"), "latin1");
  },
  loseLine: (bytes, stream) => {
    const lines = bytes.toString("latin1").split("\n");
    lines.splice(stream.below(lines.length), 1);
    return Buffer.from(lines.join("\n"), "latin1");
  },
  changeNumber: (bytes, stream) => {
    const text = bytes.toString("latin1");
    const numbers = [...text.matchAll(/-?\d+(\.\d+)?/g)];
    if (numbers.length === 0) return bytes;
    const { index, 0: old } = numbers[stream.below(numbers.length)];
    const wrong = NUMBERS[stream.below(NUMBERS.length)];
    const changed = text.slice(0, index) + wrong + text.slice(index + old.length);
    return Buffer.from(changed, "latin1");
  },
});

const NUMBERS = [
  ...["0", "1", "-1", "2", "7", "100", "1e3", "0.5", "-0", "1e400", "NaN", "inf", "", "0x1F"],
  ...[
    "99999999",
    "4294967296",
    "9007199254740993",
    "-2147483649",
    "1e-320",
    "1.7976931348623157e308",
  ],
];
