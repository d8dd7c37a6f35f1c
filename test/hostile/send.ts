/**
 * Sends what the attack made and says how it ended. Every end is one of few: a status, a connection
 * closed, or nothing for too long.
 */
import http from "node:http";
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { RawShot } from "./raw-bytes.ts";
import type { HttpShot } from "./requests.ts";

/** How a shot ended. */
export type Ending =
  | { readonly kind: "replied"; readonly statuses: readonly number[]; readonly code: string }
  /** The server closed without a word; so it may, to bytes that are no request. */
  | { readonly kind: "closed" }
  /** The client went first. */
  | { readonly kind: "vanished" }
  /** Node's own client would not send it. */
  | { readonly kind: "unsendable" }
  | { readonly kind: "hung" };

/** Sends shots to one server. */
export interface Sender {
  http(shot: HttpShot): Promise<Ending>;
  raw(shot: RawShot, withinMs: number): Promise<Ending>;
  close(): void;
}

const HTTP_WITHIN_MS = 30_000;
const SOCKETS_MAX = 16;
const errorBody = z.union([
  z.object({ code: z.string() }),
  z.object({ error: z.string() }).transform(() => ({ code: "error" })),
]);

/** A sender to the server at `url`. */
export function senderTo(url: string): Sender {
  const { hostname, port } = new URL(url);
  const agent = new http.Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  return {
    http: (shot) => sendHttp(agent, hostname, Number(port), shot),
    raw: (shot, withinMs) => sendRaw(hostname, Number(port), shot, withinMs),
    close: () => agent.destroy(),
  };
}

function sendHttp(
  agent: http.Agent | false,
  host: string,
  port: number,
  shot: HttpShot,
): Promise<Ending> {
  const { method, path, headers, body } = shot;
  return new Promise((resolve) => {
    const options = { agent, host, port, method, path, timeout: HTTP_WITHIN_MS };
    let request: http.ClientRequest;
    try {
      request = http.request({ ...options, headers: { ...headers } });
    } catch {
      return resolve({ kind: "unsendable" });
    }
    request.once("timeout", () => {
      resolve({ kind: "hung" });
      request.destroy();
    });
    request.once("error", () => {
      // The server may close a connection while the next request is on its way; that one is sent
      // again, as every client does.
      const isOverlap = request.reusedSocket && agent !== false;
      resolve(isOverlap ? sendHttp(false, host, port, shot) : { kind: "closed" });
    });
    request.once("response", (reply) => {
      // The stream of decisions goes on for ever; its beginning is its end here.
      if (reply.headers["content-type"]?.startsWith("text/event-stream")) {
        resolve({ kind: "replied", statuses: [reply.statusCode ?? 0], code: "" });
        return void request.destroy();
      }
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.once("error", () => resolve({ kind: "closed" }));
      reply.once("end", () => {
        const status = reply.statusCode ?? 0;
        const text = method === "HEAD" ? "" : Buffer.concat(chunks).toString();
        resolve({ kind: "replied", statuses: [status], code: codeIn(status, text) });
      });
    });
    request.end(body);
  });
}

async function sendRaw(
  host: string,
  port: number,
  { pieces, pauseMs, afterwards }: RawShot,
  withinMs: number,
): Promise<Ending> {
  const socket = net.connect({ host, port, allowHalfOpen: true });
  let got = "";
  let isOver = false;
  const over = new Promise<Ending>((resolve) => {
    const late = setTimeout(() => resolve({ kind: "hung" }), withinMs);
    const end = () => {
      clearTimeout(late);
      isOver = true;
      const statuses = [...got.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) =>
        Number(status),
      );
      const last = got.slice(got.lastIndexOf("\r\n\r\n") + 4);
      const code = codeIn(statuses.at(-1) ?? 0, last);
      resolve(statuses.length === 0 ? { kind: "closed" } : { kind: "replied", statuses, code });
    };
    socket.on("data", (chunk) => {
      got += chunk.toString("latin1");
    });
    socket.once("end", end);
    socket.once("close", end);
    socket.on("error", () => {}); // A reset; "close" follows.
  });
  for (const piece of pieces) {
    if (isOver || socket.destroyed) break;
    socket.write(piece);
    if (pauseMs > 0) await pause(pauseMs);
  }
  if (afterwards === "half-close") socket.end();
  if (afterwards === "vanish") {
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    return { kind: "vanished" };
  }
  const ending = await over;
  socket.destroy();
  return ending;
}

/** The code of a refusal; empty for anything else, `shapeless` for a refusal without one. */
function codeIn(status: number, text: string): string {
  if (status < 400 || text === "") return "";
  try {
    return errorBody.parse(JSON.parse(text)).code;
  } catch {
    return "shapeless";
  }
}
