/**
 * From the bytes of an inference request to the decision requests in it. Lenient where clients are
 * known to differ (how BYTES are nested, JSON named as bytes, members nobody knows), strict
 * where leniency would decide something that was not asked.
 */
import { Fault, type Flaw } from "#foundation";
import { type InferenceRequest, inferenceRequest, REQUEST_TENSOR } from "#wire";
import { serverFaults } from "../faults.ts";
import { parseJsonBody } from "../intake/json-body.ts";
import { readAs } from "../intake/request-part.ts";
import type { InferenceBody } from "./protocol.ts";
import { bytesElements, elementCount } from "./tensor.ts";

/** The most decisions of one request. */
const BATCH_MAX = 64;

/** The longest deadline a policy can allow. */
const TIMEOUT_MS_MAX = 3_600_000;

/** An inference request, read. */
export interface ReadInference {
  readonly id: string | undefined;
  /** Of the input; outputs of one value per decision take it too. */
  readonly shape: readonly number[];
  /** Decision requests, one per element of the input. */
  readonly bodies: readonly unknown[];
  /** The time allowed, from `timeout` in microseconds; absent if none was given. */
  readonly timeoutMs: number | undefined;
  readonly idempotencyKey: string | undefined;
  /** Outputs asked for by name; absent for all. */
  readonly outputs: readonly { readonly name: string; readonly isBinary: boolean }[] | undefined;
  /** Whether outputs go as bytes where none is named. */
  readonly isBinary: boolean;
}

/** What clients are known to send: JSON, bytes, or no name for it. */
const MEDIA_TYPES = ["", "application/json", "application/octet-stream"];

type Input = InferenceRequest["inputs"][number];
type Parameters = NonNullable<InferenceRequest["parameters"]>;

const OWN = "tandem.";
const IDEMPOTENCY_KEY = `${OWN}idempotency_key`;

/** @throws Fault `request-shape-invalid`, `json-malformed` or `media-type-unsupported`. */
export function readInference(body: InferenceBody): ReadInference {
  refuseForms(body.mediaType);
  if (body.encoding !== undefined && body.encoding !== "identity") {
    const detail = `content-encoding: expected none, got ${body.encoding.slice(0, 40)}`;
    throw new Fault(serverFaults.mediaTypeUnsupported, { detail });
  }
  const { json, rest } = divided(body);
  const request = readAs(inferenceRequest, parseJsonBody(json), "");
  const { parameters = {} } = request;
  refuseUnsupported(parameters);
  const key = parameters[IDEMPOTENCY_KEY];
  return {
    id: request.id,
    shape: theInput(request).shape,
    bodies: bodiesIn(request, rest),
    timeoutMs: timeoutMsOf(parameters),
    idempotencyKey: key === undefined ? undefined : String(key),
    outputs: outputsOf(request),
    isBinary: parameters.binary_data_output === true,
  };
}

/** What a page of another site can send without asking first: forms and plain text. */
function refuseForms(mediaType: string | undefined): void {
  const named = mediaType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (MEDIA_TYPES.includes(named)) return;
  const expected = MEDIA_TYPES.filter(Boolean).join(" or ");
  const detail = `content-type: expected ${expected}, got ${named.slice(0, 40)}`;
  throw new Fault(serverFaults.mediaTypeUnsupported, { detail });
}

/** The JSON and the bytes behind it. Without the header, all of it is JSON. */
function divided({ bytes, jsonLength }: InferenceBody) {
  if (jsonLength === undefined) return { json: bytes, rest: new Uint8Array() };
  const length = /^\d{1,10}$/.test(jsonLength) ? Number(jsonLength) : Number.NaN;
  if (!(length <= bytes.length)) {
    const got = jsonLength.slice(0, 40);
    throw invalid(
      "header/inference-header-content-length",
      `expected a length of at most ${bytes.length} bytes, got ${got}`,
    );
  }
  return { json: bytes.subarray(0, length), rest: bytes.subarray(length) };
}

function theInput({ inputs }: InferenceRequest): Input {
  const [input] = inputs;
  const stranger = inputs.findIndex(({ name }) => name !== REQUEST_TENSOR);
  if (stranger >= 0) {
    const got = JSON.stringify(inputs[stranger]?.name.slice(0, 40));
    throw invalid(`/inputs/${stranger}/name`, `expected "${REQUEST_TENSOR}", got ${got}`);
  }
  if (input === undefined || inputs.length > 1) {
    throw invalid("/inputs", `expected "${REQUEST_TENSOR}" once, got it ${inputs.length} times`);
  }
  return input;
}

function bodiesIn(request: InferenceRequest, rest: Uint8Array): readonly unknown[] {
  const input = theInput(request);
  const count = elementCount(input.shape);
  if (input.datatype !== "BYTES") {
    const got = JSON.stringify(input.datatype.slice(0, 40));
    throw invalid("/inputs/0/datatype", `expected "BYTES", got ${got}`);
  }
  if (count > BATCH_MAX) {
    throw invalid("/inputs/0/shape", `expected at most ${BATCH_MAX} decisions, got ${count}`);
  }
  const texts = textsIn(input, rest);
  if (texts.length !== count) {
    const shape = JSON.stringify(input.shape);
    throw invalid("/inputs/0/data", `expected ${count} for shape ${shape}, got ${texts.length}`);
  }
  return texts.map((text, row) => inRow(row, () => parseJsonBody(text)));
}

function textsIn({ data, parameters }: Input, rest: Uint8Array): readonly Uint8Array[] {
  const size = parameters?.binary_data_size;
  if (size === undefined && rest.length > 0) {
    throw invalid("/inputs/0/parameters", `expected "binary_data_size": ${rest.length}, got none`);
  }
  if (size === undefined) {
    if (data === undefined) throw invalid("/inputs/0/data", "expected JSON texts, got none");
    return data.flat(Number.POSITIVE_INFINITY).map((one) => Buffer.from(textOf(one)));
  }
  if (data !== undefined) {
    throw invalid("/inputs/0/data", 'expected none beside "binary_data_size", got some');
  }
  if (size !== rest.length) {
    const place = "/inputs/0/parameters/binary_data_size";
    throw invalid(place, `expected ${rest.length}, the bytes after the JSON, got ${size}`);
  }
  const elements = bytesElements(rest);
  if (elements !== undefined) return elements;
  throw invalid("/inputs/0", "expected elements with their lengths before them, got other bytes");
}

function textOf(element: unknown): string {
  if (typeof element === "string") return element;
  const got = element === null ? "null" : typeof element;
  throw invalid("/inputs/0/data", `expected a decision request as JSON text, got ${got}`);
}

/** What would silently change the meaning of a request if it were passed over. */
function refuseUnsupported(parameters: Parameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    const isSequence = name.startsWith("sequence_") && value !== 0 && value !== false;
    const isStranger = name.startsWith(OWN) && name !== IDEMPOTENCY_KEY;
    if (!isSequence && !isStranger) continue;
    const known = isSequence ? "no sequences: each decision stands alone" : IDEMPOTENCY_KEY;
    throw invalid(`/parameters/${name.slice(0, 40)}`, `expected ${known}`);
  }
}

/**
 * 0 stands for none, as in Triton; clients whose parameters are all texts send the digits. Beyond
 * what any policy allows, longer makes no difference.
 */
function timeoutMsOf({ timeout }: Parameters): number | undefined {
  if (timeout === undefined) return undefined;
  const isNumber = typeof timeout === "number" || /^\d{1,20}$/.test(String(timeout));
  const microseconds = isNumber ? Number(timeout) : Number.NaN;
  if (microseconds === 0) return undefined;
  if (Number.isInteger(microseconds) && microseconds >= 1000) {
    return Math.min(Math.floor(microseconds / 1000), TIMEOUT_MS_MAX);
  }
  const got = JSON.stringify(timeout).slice(0, 40);
  const message = `expected a whole number of at least 1000 microseconds, got ${got}`;
  throw invalid("/parameters/timeout", message);
}

function outputsOf({ outputs, parameters }: InferenceRequest): ReadInference["outputs"] {
  if (outputs === undefined || outputs.length === 0) return undefined;
  return outputs.map((output, index) => {
    const { classification, binary_data } = output.parameters ?? {};
    if (classification !== undefined && classification !== 0) {
      const place = `/outputs/${index}/parameters/classification`;
      throw invalid(place, "expected none: answers are no class probabilities");
    }
    const isBinary = (binary_data ?? parameters?.binary_data_output) === true;
    return { name: output.name, isBinary };
  });
}

/** Runs `read`; a fault then says which decision request of the batch it is about. */
function inRow<Result>(row: number, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof Fault ? faultOfRow(row, error) : error;
  }
}

/** The fault of one decision request in a batch. */
export function faultOfRow(row: number, fault: Fault): Fault {
  const detail = `${REQUEST_TENSOR} ${row}: ${fault.message}`;
  const { flaws, rules, retryAfterMs } = fault;
  const times = retryAfterMs === undefined ? {} : { retryAfterMs };
  return new Fault(fault.row, { detail, flaws, rules, ...times }, fault);
}

/** The fault of one wrong place. */
export function invalid(pointer: string, message: string): Fault {
  const flaws: readonly Flaw[] = [{ pointer, message }];
  return new Fault(serverFaults.requestInvalid, { detail: "the inference request", flaws });
}
