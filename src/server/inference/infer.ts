/**
 * Inference: the decisions of one request, made side by side, and their tensors. The protocol has
 * no place for the failure of a part, so if one decision request fails the whole is refused, naming
 * it; what was decided beside it is recorded, and under an idempotency key it is not decided again.
 */
import { Fault } from "#foundation";
import { type DecisionReply, pipelineFaults } from "#pipeline";
import type { Ask, Question } from "../ask.ts";
import type { ListedType } from "../front-desk.ts";
import type { Reply } from "../route.ts";
import { policyOf } from "./models.ts";
import { chosenRows } from "./outputs.ts";
import type { InferenceBody } from "./protocol.ts";
import { faultOfRow, invalid, type ReadInference, readInference } from "./read-inference.ts";
import { type Tensor, tensorBytes } from "./tensor.ts";

/** What an inference call carries besides its body. */
export type Caller = Omit<Question, "body">;

/** Answers an inference request. @throws Fault for the first decision request that fails. */
export async function infer(
  ask: Ask,
  type: ListedType,
  version: string | undefined,
  body: InferenceBody,
  caller: Caller,
): Promise<Reply> {
  const request = readInference(body);
  const names = request.outputs?.map(({ name }) => name);
  const rows = chosenRows(type, names); // Before anything is decided that could not be told.
  const policy = version === undefined ? undefined : policyOf(type, version);
  const bodyBytes = Math.ceil(body.bytes.length / Math.max(1, request.bodies.length));
  const decided = await Promise.allSettled(
    request.bodies.map(async (one, row) =>
      askWithin(ask, type, underPolicy(one, policy), request.timeoutMs, {
        ...caller,
        bodyBytes,
        idempotencyKey: keyOf(request, caller, row),
      }),
    ),
  );
  const replies = decided.map((one, row) => {
    if (one.status === "fulfilled") return one.value;
    throw one.reason instanceof Fault ? faultOfRow(row, one.reason) : one.reason;
  });
  const tensors = rows.map((row) => row.tensor(replies, request.shape));
  const head = {
    model_name: type.id,
    ...versionPart(policy, replies),
    ...(request.id !== undefined && { id: request.id }),
  };
  return packed(head, tensors, (tensor) => isBinary(request, tensor.name));
}

/**
 * Asks within `timeoutMs`. A caller who would wait longer than the policy allows anybody gets the
 * policy's own deadline, which keeps both promises.
 */
async function askWithin(
  ask: Ask,
  type: ListedType,
  body: unknown,
  timeoutMs: number | undefined,
  caller: Caller,
): Promise<DecisionReply> {
  if (timeoutMs === undefined || typeof body !== "object" || body === null) {
    return ask(type, { ...caller, body });
  }
  const { options } = Object(body);
  const own: unknown = Object(options).deadlineMs;
  const deadlineMs = typeof own === "number" ? Math.min(own, timeoutMs) : timeoutMs;
  const limited = { ...body, options: { ...Object(options), deadlineMs } };
  try {
    return await ask(type, { ...caller, body: limited });
  } catch (error) {
    const isBeyond =
      error instanceof Fault && error.row.code === pipelineFaults.deadlineOutOfBounds.code;
    if (!isBeyond || own !== undefined) throw error;
    return ask(type, { ...caller, body });
  }
}

/** The request under the policy its address names, which its own must not contradict. */
function underPolicy(body: unknown, policy: string | undefined): unknown {
  if (policy === undefined || typeof body !== "object" || body === null) return body;
  const { options } = Object(body);
  const own: unknown = Object(options).policy;
  if (own !== undefined && own !== policy) {
    const message = `expected none beside version ${policy}, got ${String(own).slice(0, 80)}`;
    throw invalid("/options/policy", message);
  }
  return { ...body, options: { ...Object(options), policy } };
}

function keyOf(request: ReadInference, caller: Caller, row: number): string | undefined {
  const key = caller.idempotencyKey ?? request.idempotencyKey;
  if (key === undefined) return undefined;
  if (!/^[!-~]{1,250}$/.test(key)) {
    throw invalid(
      "/parameters",
      "expected an idempotency key of 1 to 250 visible ASCII characters",
    );
  }
  return request.bodies.length === 1 ? key : `${key}#${row}`;
}

/** Absent where the decisions of a batch were made under different policies of their own. */
function versionPart(policy: string | undefined, replies: readonly DecisionReply[]) {
  const used = new Set(policy === undefined ? replies.map((reply) => reply.policy) : [policy]);
  const [only] = used;
  return used.size === 1 && only !== undefined ? { model_version: only } : {};
}

function isBinary({ outputs, isBinary: unlessNamed }: ReadInference, name: string): boolean {
  return outputs?.find((one) => one.name === name)?.isBinary ?? unlessNamed;
}

function packed(
  head: object,
  tensors: readonly Tensor[],
  asBytes: (tensor: Tensor) => boolean,
): Reply {
  const parts: Uint8Array[] = [];
  const outputs = tensors.map((tensor) => {
    const { values: data, ...facts } = tensor;
    if (!asBytes(tensor)) return { ...facts, data };
    const bytes = tensorBytes(tensor);
    parts.push(bytes);
    return { ...facts, parameters: { binary_data_size: bytes.length } };
  });
  const body = { ...head, outputs };
  if (parts.length === 0) return { status: 200, body };
  const json = Buffer.from(JSON.stringify(body));
  return {
    status: 200,
    body: Buffer.concat([json, ...parts]),
    mediaType: "application/octet-stream",
    headers: { "inference-header-content-length": String(json.length) },
  };
}
