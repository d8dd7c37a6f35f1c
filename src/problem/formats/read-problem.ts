/**
 * Reading a problem from bytes, a stream or a file, compressed or not, in the format it is said or
 * seems to be in. Files are read in one pass; what they take is their problem, not their text.
 */
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Fault } from "#foundation";
import { formatFaults } from "./faults.ts";
import type { FileProblem, ProblemFormat, Reading } from "./format.ts";
import { formatNamed, guessFormat, HEAD_BYTES } from "./guess-format.ts";
import { Scanner } from "./scanner.ts";

const CHUNK_BYTES = 2 ** 20;
const GZIP_MAGIC = [0x1f, 0x8b];

/** How to read. */
export interface ReadOptions {
  /** The file's name, for the guess; any folder. */
  readonly fileName?: string | undefined;
  /** The format's name; guessed where absent. */
  readonly format?: string | undefined;
  /** Which problem of a file that holds several, from 1. */
  readonly problem?: number | undefined;
}

/** What was read, and the format it was in. */
export interface ReadProblem extends FileProblem {
  readonly format: ProblemFormat;
}

/**
 * Reads a problem from the bytes of a file.
 *
 * @throws Fault of the format register, with line and column; or `problem-too-large`.
 */
export async function readProblem(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadOptions = {},
): Promise<ReadProblem> {
  const pass = new Pass(options);
  try {
    for await (const chunk of decompressed(source)) {
      const done = pass.take(chunk);
      if (done !== undefined) return done;
    }
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    return pass.fail(`compressed data: expected gzip, got ${error.message}`);
  }
  return pass.finish();
}

/**
 * Reads a problem from a file; its name takes part in the guess.
 *
 * @throws Fault as {@link readProblem}, and `problem-file-unreadable`.
 */
export async function readProblemFile(
  path: string,
  options: ReadOptions = {},
): Promise<ReadProblem> {
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  try {
    return await readProblem(source, { fileName: path, ...options });
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw new Fault(formatFaults.fileUnreadable, { detail: error.message }, error);
  }
}

/** One pass over a file: first the format, from the head, then its reader. */
class Pass {
  readonly #options: ReadOptions;
  readonly #scanner = new Scanner();
  #head = Buffer.alloc(0);
  #format: ProblemFormat | undefined;
  #reading: Reading | undefined;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  take(chunk: Uint8Array): ReadProblem | undefined {
    this.#scanner.feed(chunk);
    if (this.#reading === undefined) {
      this.#head = Buffer.concat([this.#head, chunk.subarray(0, HEAD_BYTES)]);
      if (this.#head.length < HEAD_BYTES) return undefined;
    }
    return this.#resume();
  }

  finish(): ReadProblem {
    this.#scanner.end();
    return this.#resume() ?? this.fail("file: expected more, got its end");
  }

  fail(message: string): never {
    this.#scanner.mark();
    return this.#scanner.fail(message);
  }

  #resume(): ReadProblem | undefined {
    const { fileName = "", format, problem = 1 } = this.#options;
    this.#format ??= format === undefined ? guessFormat(fileName, this.#head) : formatNamed(format);
    if (problem !== 1 && this.#format.holdsSeveral !== true) {
      const { name } = this.#format;
      const detail = `problem: expected 1, as files of ${name} hold one, got ${problem}`;
      throw new Fault(formatFaults.problemMissing, { detail });
    }
    this.#reading ??= this.#format.read(this.#scanner, problem);
    const step = this.#reading.next();
    if (step.done !== true) return undefined;
    this.#scanner.check();
    return { ...step.value, format: this.#format };
  }
}

/** The chunks themselves, or what they hold where they begin as gzip does (RFC 1952). */
async function* decompressed(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const chunks = inOrder(source);
  let head = Buffer.alloc(0);
  while (head.length < GZIP_MAGIC.length) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const all = startingWith(head, chunks);
  const isGzip = GZIP_MAGIC.every((byte, index) => head[index] === byte);
  // An error of either stream ends the other, and reaches the loop that reads from here.
  yield* isGzip ? pipeline(Readable.from(all), createGunzip(), () => {}) : all;
}

async function* inOrder(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* source;
}

async function* startingWith(
  head: Uint8Array,
  others: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head;
  yield* others;
}

function isCorrupt(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^Z_/.test(String(error.code));
}
