/**
 * The checks every request passes before its body is read. A server on the loopback interface is
 * reachable from any web page the user opens: Host is checked against DNS rebinding, Origin against
 * requests other sites make.
 */
import { Fault, isIdentifier } from "#foundation";
import { serverFaults } from "../faults.ts";

/** Whether a name or address means this machine alone. */
function isLoopback(host: string): boolean {
  return /^(localhost|::1|\[::1\]|127(\.\d{1,3}){3})$/i.test(host);
}

/**
 * Refuses to listen where others could reach an unguarded API.
 *
 * @throws Fault `keys-required` unless `host` is a loopback name or address.
 */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new Fault(serverFaults.keysRequired, {
    detail: `host: expected a loopback address (127.0.0.1, ::1, localhost), got ${host}`,
  });
}

/**
 * @throws Fault `host-refused` unless the Host header names this machine, `request-malformed`
 * without one.
 */
export function checkHost(host: string | undefined): void {
  if (host === undefined) {
    throw new Fault(serverFaults.requestMalformed, { detail: "Host: expected a header, got none" });
  }
  if (isLoopback(nameOf(host))) return;
  throw new Fault(serverFaults.hostRefused, {
    detail: `Host: expected a loopback name, got ${quoted(host)}`,
  });
}

/** @throws Fault `origin-refused` if a page of another site makes the request. */
export function checkOrigin(origin: string | undefined, host: string | undefined): void {
  if (origin === undefined || origin === `http://${host}`) return;
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
