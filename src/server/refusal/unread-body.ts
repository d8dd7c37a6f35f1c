/**
 * The end of a body that is not wanted. Whoever sends one reads the reply once it has been sent; a
 * connection closed before that is reset, and the reply with it lost on the way. So the rest is
 * read and thrown away for a while (RFC 9112, section 9.6).
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "#foundation";

/** Long enough for a body somewhat too large; who sends more for longer is cut off. */
const READ_MS_MAX = 2000;

/** Reads what is left of the request's body after `reply`, without keeping it. */
export function readRest(clock: Clock, request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = request;
  if (raw.complete) return;
  reply.removeHeader("connection"); // Or the framework's server closes as soon as it has replied.
  const cancel = clock.after(READ_MS_MAX, () => raw.destroy());
  raw.once("end", cancel);
  raw.socket.once("close", cancel);
  raw.resume();
}
