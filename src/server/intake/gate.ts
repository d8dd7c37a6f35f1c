/**
 * The checks every request passes before its body is read. Any web page the user opens can reach a
 * server, be it on the loopback interface: Host is checked against DNS rebinding, Origin against
 * requests other sites make, and what may be said once is not taken twice, because two readers
 * could each believe another of the two.
 */
import { isIP } from "node:net";
import { Fault, isIdentifier } from "#foundation";
import { serverFaults } from "../faults.ts";

/** Names and origins let in besides this server's own. */
export interface Doors {
  /** Host names or addresses, without port, in lower case. */
  readonly hosts: readonly string[];
  /** Origins such as `https://shop.example`. */
  readonly origins: readonly string[];
}

/** Headers of one request; more are nobody's need. */
const HEADERS_MAX = 100;

/** Headers whose second copy would be believed by some and dropped by others. */
const ONCE = new Set(["host", "authorization", "origin", "content-type", "idempotency-key"]);

/** Whether a name or address means this machine alone. */
function isLoopback(host: string): boolean {
  return /^(localhost|::1|\[::1\]|127(\.\d{1,3}){3})$/i.test(host);
}

/** The first name by which others than this machine get in; `undefined` if there is none. */
export function wayIn(host: string, { hosts, origins }: Doors): string | undefined {
  const names = [host, ...hosts, ...origins.map((origin) => new URL(origin).hostname)];
  return names.find((name) => !isLoopback(name));
}

/**
 * Refuses to be reached by others without keys.
 *
 * @throws Fault `keys-required` unless `host` is a loopback address and nobody else is let in.
 */
export function requireLoopback(host: string, doors: Doors): void {
  const beyond = wayIn(host, doors);
  if (beyond === undefined) return;
  throw new Fault(serverFaults.keysRequired, {
    detail: `host: expected loopback names alone (127.0.0.1, ::1, localhost), got ${beyond}`,
  });
}

/**
 * @param raw Names and values in turn, as they came.
 * @throws Fault `request-malformed` for a header that may come once and came again,
 * `headers-too-large` for more than a hundred.
 */
export function checkHeaders(raw: readonly string[]): void {
  if (raw.length > 2 * HEADERS_MAX) {
    const detail = `expected at most ${HEADERS_MAX} headers, got ${raw.length / 2}`;
    throw new Fault(serverFaults.headersTooLarge, { detail });
  }
  let seen: string[] | undefined;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? "";
    if (!ONCE.has(name)) continue;
    if (seen?.includes(name)) {
      const detail = `${name}: expected one header, got another`;
      throw new Fault(serverFaults.requestMalformed, { detail });
    }
    seen ??= [];
    seen.push(name);
  }
}

/**
 * @param localAddress The server's own end of the connection: an address cannot be rebound, so it
 * is as good a name as any.
 * @throws Fault `host-refused` unless the Host header names this server, `request-malformed`
 * without one.
 */
export function checkHost(
  host: string | undefined,
  { hosts }: Doors,
  localAddress: string | undefined,
): void {
  if (host === undefined) {
    throw new Fault(serverFaults.requestMalformed, { detail: "Host: expected a header, got none" });
  }
  const name = nameOf(host).toLowerCase();
  if (isLoopback(name) || hosts.includes(name)) return;
  const address = name.replace(/^\[(.*)\]$/, "$1");
  if (isIP(address) !== 0 && address === localAddress?.replace(/^::ffff:/, "")) return;
  throw new Fault(serverFaults.hostRefused, {
    detail: `Host: expected a name of this server, got ${quoted(host)}`,
  });
}

/**
 * The origin that must be told it may read the reply; `undefined` for requests of programs and of
 * this server's own pages.
 *
 * @throws Fault `origin-refused` if a page of another site makes the request.
 */
export function foreignOrigin(
  origin: string | undefined,
  host: string | undefined,
  { origins }: Doors,
): string | undefined {
  if (origin === undefined || origin === `http://${host}`) return undefined;
  if (origins.includes(origin)) return origin;
  throw new Fault(serverFaults.originRefused, {
    detail: `Origin: expected this server's own pages, got ${quoted(origin)}`,
  });
}

const KEY = /^[!-~]{1,255}$/;

/**
 * The value of Idempotency-Key. @throws Fault `request-shape-invalid` unless it is short visible
 * ASCII.
 */
export function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === "string" && KEY.test(header)) return header;
  throw new Fault(serverFaults.requestInvalid, {
    detail: "Idempotency-Key: expected 1 to 255 visible ASCII characters, got something else",
    flaws: [{ pointer: "header/idempotency-key", message: "expected 1 to 255 visible ASCII" }],
  });
}

/** The decision named in Last-Event-ID; absent unless it is one of this server's event ids. */
export function lastEventIdOf(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" && isIdentifier(header) ? header : undefined;
}

/**
 * Trace and parent id of a W3C `traceparent` header (Trace Context, version 00); absent if
 * malformed.
 */
export function traceOf(
  header: string | string[] | undefined,
): { readonly traceId: string; readonly parentId: string } | undefined {
  if (typeof header !== "string") return undefined;
  const [, traceId, parentId] =
    /^[0-9a-e][0-9a-f]-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-|$)/.exec(header) ?? [];
  if (traceId === undefined || parentId === undefined) return undefined;
  return /^0+$/.test(traceId) || /^0+$/.test(parentId) ? undefined : { traceId, parentId };
}

function nameOf(host: string): string {
  return host.startsWith("[") ? host.slice(0, host.indexOf("]") + 1) : host.replace(/:\d*$/, "");
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
