/**
 * The last word on a connection whose bytes never became a request: malformed HTTP, too large or
 * too slow headers. No framework is left at this point, so the reply is written to the socket by
 * hand.
 */
import type { Socket } from "node:net";
import { Fault, type FaultRow, type IdentifierSource } from "#foundation";
import { PROBLEM_MEDIA_TYPE } from "#wire";
import { serverFaults } from "../faults.ts";
import { problemOf } from "./problem-reply.ts";

/** Answers `error` on `socket` as problem details and closes it. */
export function answerBrokenConnection(
  error: { readonly code: string },
  socket: Socket,
  newRequestId: IdentifierSource,
): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const detail = `expected an HTTP/1.1 request, got ${error.code}`;
  const problem = problemOf(new Fault(rowOf(error.code), { detail }), newRequestId());
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} Refused\r\n` +
      `Content-Type: ${PROBLEM_MEDIA_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}

function rowOf(code: string): FaultRow {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return serverFaults.requestTooSlow;
    case "HPE_HEADER_OVERFLOW":
      return serverFaults.headersTooLarge;
    default:
      return serverFaults.requestMalformed;
  }
}
