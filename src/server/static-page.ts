/**
 * The files of the console on their way to a browser, under a policy that lets them load and reach
 * this server alone.
 */
import type { Reply } from "./route.ts";

/** A file a browser gets as it is. */
export interface StaticPage {
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Its name changes with its content, so a browser may keep it. */
  readonly immutable: boolean;
}

/** What the console may load and reach: this server, and nothing written into the page itself. */
const CONSOLE_POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'"],
  ...["form-action 'none'", "base-uri 'none'", "frame-ancestors 'none'"],
].join("; ");

/** The reply that carries a file of the console. */
export function staticReply({ mediaType, bytes, immutable }: StaticPage): Reply {
  const headers = {
    "content-security-policy": CONSOLE_POLICY,
    "cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache",
  };
  return { status: 200, body: bytes, mediaType, headers };
}
