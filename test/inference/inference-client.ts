/**
 * An inference client for tests: sends what it is given, byte for byte, and reads replies as
 * tritonclient does: JSON up to the length in the header, then the tensors in order.
 */
import http from "node:http";
import { expect } from "vitest";
import { z } from "zod";
import { inferenceResponse } from "#wire";

/** A reply before it is read. */
export interface RawReply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

type Output = z.infer<typeof inferenceResponse>["outputs"][number];

/** A successful reply, read. */
export interface Inferred {
  readonly head: Omit<z.infer<typeof inferenceResponse>, "outputs">;
  readonly outputs: ReadonlyMap<string, Output>;
  readonly isBinary: boolean;
  /** The elements of an output, whichever way they came. */
  values(name: string): readonly unknown[];
}

/** Posts `body`, as JSON unless it is bytes; without a media type unless `headers` name one. */
export async function sendInference(
  base: string,
  where: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<RawReply> {
  const bytes = body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
  const named = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ""));
  return new Promise((resolve, reject) => {
    const sent = { ...named, "content-length": bytes.length };
    const request = http.request(base + where, { method: "POST", headers: sent }, (reply) => {
      const parts: Uint8Array[] = [];
      reply.on("data", (part: Uint8Array) => void parts.push(part));
      reply.on("end", () => {
        const given = Object.entries(reply.headers).map(([name, value]) => [name, String(value)]);
        resolve({
          status: reply.statusCode ?? 0,
          headers: new Headers(z.array(z.tuple([z.string(), z.string()])).parse(given)),
          bytes: Buffer.concat(parts),
        });
      });
    });
    // A server that refuses a body as too large need not read it to its end.
    request.on("error", reject);
    request.end(bytes);
  });
}

/** Reads a reply that must be a success. */
export function inferredIn({ status, headers, bytes }: RawReply): Inferred {
  const length = headers.get("inference-header-content-length");
  const jsonLength = length === null ? bytes.length : Number(length);
  const text = Buffer.from(bytes.subarray(0, jsonLength)).toString();
  expect([status, text]).toEqual([200, text]);
  const { outputs, ...head } = inferenceResponse.parse(JSON.parse(text));
  const values = new Map<string, readonly unknown[]>();
  let at = jsonLength;
  for (const output of outputs) {
    const size = output.parameters?.binary_data_size;
    const raw = size === undefined ? undefined : bytes.subarray(at, at + Number(size));
    at += raw?.length ?? 0;
    const read = raw === undefined ? (output.data ?? []) : elementsIn(output, raw);
    const count = output.shape.reduce((product, dimension) => product * dimension, 1);
    expect(read, output.name).toHaveLength(count);
    values.set(output.name, read);
  }
  expect(at, "every byte belongs to a tensor").toBe(bytes.length);
  return {
    head,
    outputs: new Map(outputs.map((output) => [output.name, output])),
    isBinary: length !== null,
    values: (name) => values.get(name) ?? [],
  };
}

function elementsIn({ datatype }: Output, raw: Uint8Array): unknown[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const found: unknown[] = [];
  for (let at = 0; at < raw.length; ) {
    if (datatype === "BYTES") {
      const end = at + 4 + view.getUint32(at, true);
      found.push(Buffer.from(raw.subarray(at + 4, end)).toString());
      at = end;
    } else if (datatype === "BOOL") {
      found.push(raw[at] === 1);
      at += 1;
    } else {
      const isFloat = datatype === "FP64";
      found.push(isFloat ? view.getFloat64(at, true) : Number(view.getBigInt64(at, true)));
      at += 8;
    }
  }
  return found;
}
