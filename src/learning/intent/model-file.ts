/**
 * An intent model as bytes: one line of JSON, then the arrays, little-endian, in the order of the
 * interface. Readable for ever or refused: the line names the version and every length.
 */
import { endianness } from "node:os";
import { assert, Fault } from "#foundation";
import { intentFaults } from "./faults.ts";
import type { IntentModel } from "./intent-classifier.ts";

const VERSION = 1;
const HEADER_MAX = 2 ** 20;

/** Writes a model. */
export function encodeIntentModel(model: IntentModel): Uint8Array {
  assert(endianness() === "LE", "models are defined over little-endian arrays");
  const { intents, dimension, confidence, probabilityMin } = model;
  const header = { intentModel: VERSION, intents, dimension, confidence, probabilityMin };
  const parts = [model.rarity, model.scales, model.biases, model.weights];
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)),
  ]);
}

/**
 * Reads a model.
 *
 * @throws Fault `intent-model-unreadable` when the bytes are not one, or of another version.
 */
export function decodeIntentModel(bytes: Uint8Array): IntentModel {
  const end = bytes.subarray(0, HEADER_MAX).indexOf(0x0a);
  const header = end < 0 ? undefined : parsed(Buffer.from(bytes.subarray(0, end)).toString());
  if (header === undefined) throw unreadable("expected one line of JSON, then arrays");
  const { intents, dimension, confidence, probabilityMin } = header;
  const count = intents.length;
  const expected = end + 1 + 4 * (dimension + 2 * count) + dimension * count;
  if (bytes.length !== expected)
    throw unreadable(`expected ${expected} bytes, got ${bytes.length}`);
  let offset = end + 1;
  const floats = (length: number) => {
    // A copy: arrays of floats have to begin at a multiple of four.
    const part = Uint8Array.from(bytes.subarray(offset, offset + 4 * length));
    offset += 4 * length;
    return new Float32Array(part.buffer);
  };
  const [rarity, scales, biases] = [floats(dimension), floats(count), floats(count)];
  const weights = new Int8Array(Uint8Array.from(bytes.subarray(offset)).buffer);
  return Object.freeze({
    intents: Object.freeze(intents),
    dimension,
    rarity,
    weights,
    scales,
    biases,
    confidence,
    probabilityMin,
  });
}

type Header = Pick<IntentModel, "intents" | "dimension" | "confidence" | "probabilityMin">;

function parsed(line: string): Header | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isHeader(value) ? value : undefined;
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== "object" || value === null) return false;
  const has = (key: string, test: (part: unknown) => boolean) => test(Reflect.get(value, key));
  const isNumber = (part: unknown) => typeof part === "number" && Number.isFinite(part);
  const isList =
    (length: number | undefined, test: (part: unknown) => boolean) => (part: unknown) =>
      Array.isArray(part) && (length === undefined || part.length === length) && part.every(test);
  return (
    has("intentModel", (part) => part === VERSION) &&
    has(
      "intents",
      isList(undefined, (part) => typeof part === "string"),
    ) &&
    has("dimension", (part) => Number.isSafeInteger(part) && Number(part) > 0) &&
    has("confidence", isList(3, isNumber)) &&
    has("probabilityMin", isNumber)
  );
}

function unreadable(detail: string): Fault {
  return new Fault(intentFaults.unreadable, { detail });
}
