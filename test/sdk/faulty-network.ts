/**
 * A network that fails on demand: a proxy in front of a server which does to each request what its
 * script says, down to the socket.
 */
import http from "node:http";
import { z } from "zod";

/** What can happen to a request. */
const FAULTS = [
  "pass",
  /** The connection ends before the server has seen the request. */
  "reset-before-request",
  /** The server gets the request, and the connection ends while it is at work. */
  "reset-while-deciding",
  /** The server has answered, and the answer never arrives. */
  "reset-after-reply",
  /** Half of the reply arrives. */
  "truncated",
  /** The first event of a stream arrives, then the connection ends. */
  "cut-after-event",
  /** 503 with the time to come back, by somebody who has not seen the request. */
  "busy",
  /** 503 without such a time. */
  "down",
  /** The reply arrives 400 ms late. */
  "slow",
  /** No reply ever. */
  "silent",
  /** Something that is none of ours answers. */
  "stranger",
] as const;

/** See {@link FAULTS}. */
export type NetworkFault = (typeof FAULTS)[number];

/** A proxy in front of a server. */
export interface FaultyNetwork {
  readonly url: string;
  /** Requests seen so far. */
  requests(): number;
  /** Begins a new script, from the first request on. */
  script(faults: readonly string[]): void;
  close(): Promise<void>;
}

const PROBLEM = {
  ...{ type: "/problems/overloaded", title: "Busy.", status: 503, detail: "Later.", instance: "" },
  ...{ code: "overloaded", retry: true, flaws: [] },
};

const SLOW_MS = 400;

/** Opens a proxy to the server at `target`. */
export async function openFaultyNetwork(target: string): Promise<FaultyNetwork> {
  let script: readonly NetworkFault[] = [];
  let seen = 0;
  const server = http.createServer((request, response) => {
    const fault = script[seen] ?? "pass";
    seen += 1;
    meet(fault, target, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = z.object({ port: z.int() }).parse(server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests: () => seen,
    script: (faults) => {
      script = z.array(z.enum(FAULTS)).parse(faults);
      seen = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function meet(
  fault: NetworkFault,
  target: string,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  const reset = () => void request.socket.resetAndDestroy();
  const problem = (body: object, headers = {}) =>
    response
      .writeHead(503, { "content-type": "application/problem+json", ...headers })
      .end(JSON.stringify(body));
  switch (fault) {
    case "reset-before-request":
      reset();
      return;
    case "busy":
      problem({ ...PROBLEM, retryAfterMs: 30 }, { "retry-after": "1" });
      return;
    case "down":
      problem(PROBLEM);
      return;
    case "stranger":
      response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad gateway");
      return;
    case "silent":
      request.resume();
      return;
  }
  const headers = { ...request.headers, host: new URL(target).host, connection: "close" };
  const { method, url } = request;
  const upstream = http.request(target + url, { method, headers }, (reply) => {
    if (fault === "pass") {
      response.writeHead(reply.statusCode ?? 0, reply.headers);
      response.once("close", () => upstream.destroy());
      reply.pipe(response);
    } else if (fault === "reset-while-deciding") reply.resume();
    else if (fault === "cut-after-event") cutStream(reply, response, reset);
    else deliverLate(fault, reply, response, reset);
  });
  upstream.on("error", () => response.destroy());
  request.pipe(upstream);
  if (fault === "reset-while-deciding") upstream.once("finish", () => setTimeout(reset, 5));
}

function deliverLate(
  fault: NetworkFault,
  reply: http.IncomingMessage,
  response: http.ServerResponse,
  reset: () => void,
): void {
  const parts: Uint8Array[] = [];
  reply.on("data", (part: Uint8Array) => void parts.push(part));
  reply.on("end", () => {
    const body = Buffer.concat(parts);
    if (fault === "reset-after-reply") {
      reset();
      return;
    }
    const deliver = () =>
      response.writeHead(reply.statusCode ?? 0, {
        ...reply.headers,
        "content-length": body.length,
      });
    if (fault === "slow") setTimeout(() => deliver().end(body), SLOW_MS);
    else deliver().write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
  });
}

function cutStream(
  reply: http.IncomingMessage,
  response: http.ServerResponse,
  reset: () => void,
): void {
  response.writeHead(200, reply.headers);
  let text = "";
  let isCut = false;
  reply.on("data", (part: Uint8Array) => {
    text += Buffer.from(part).toString();
    const end = text.indexOf("\n\n", text.indexOf("event: decision"));
    if (isCut || !text.includes("event: decision") || end < 0) return;
    isCut = true;
    reply.destroy();
    // Time for the event to arrive: a reset throws away what the reader has not yet read.
    response.write(text.slice(0, end + 2), () => setTimeout(reset, 100));
  });
}
