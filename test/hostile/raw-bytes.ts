/**
 * Bytes that are no request, or more than one, or only half of one: what a socket can be sent when
 * no library stands between.
 */
import fc from "fast-check";

/** Bytes for one connection, in the pieces they are sent in. */
export interface RawShot {
  readonly kind: "raw";
  readonly pieces: readonly Buffer[];
  readonly pauseMs: number;
  /** What the client does after the last piece. */
  readonly afterwards: "wait" | "half-close" | "vanish";
}

const HOST = "Host: 127.0.0.1\r\n";
const JSON_TYPE = "Content-Type: application/json\r\n";
const POST = `POST /v1/decisions/ranking HTTP/1.1\r\n${HOST}${JSON_TYPE}`;
const GET = `GET /healthz HTTP/1.1\r\n${HOST}`;
const HIDDEN = `GET /v1/keys HTTP/1.1\r\n${HOST}\r\n`;
const CLOSE = "Connection: close\r\n";

/** Whole requests with something wrong about their form. */
const FORMS: readonly string[] = [
  ...["", "\r\n\r\n", "\n\n", "GET\r\n\r\n", "GET /\r\n\r\n", "EHLO x\r\n", "\0\0\0\0\r\n\r\n"],
  ...["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
  ...[
    "get / http/1.1",
    "GET / HTTP/1.2",
    "GET / HTTP/0.9",
    "GET / HTTP/11",
    "GET  /  HTTP/1.1",
  ].map((line) => `${line}\r\n${HOST}\r\n`),
  ...["GET http://evil.example/ HTTP/1.1", "CONNECT evil.example:80 HTTP/1.1", "* / HTTP/1.1"].map(
    (line) => `${line}\r\n${HOST}\r\n`,
  ),
  ...["OPTIONS * HTTP/1.1", "TRACE / HTTP/1.1", `GET /${"x".repeat(20_000)} HTTP/1.1`].map(
    (line) => `${line}\r\n${HOST}\r\n`,
  ),
  ...["GET /\0 HTTP/1.1", "GET /\x80\xff HTTP/1.1", "GET /%zz HTTP/1.1", "GET //// HTTP/1.1"].map(
    (line) => `${line}\r\n${HOST}${CLOSE}\r\n`,
  ),
  "GET / HTTP/1.1\r\n\r\n",
  `GET / HTTP/1.1\r\n${HOST}${HOST}\r\n`,
  `GET / HTTP/1.1\r\nHost: evil.example\r\n${CLOSE}\r\n`,
  `GET / HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n`,
  `GET / HTTP/1.1\r\n Host: 127.0.0.1\r\n\r\n`,
  `${GET}X: a\r\n folded\r\n${CLOSE}\r\n`,
  `${GET}no colon here\r\n\r\n`,
  `${GET}X\0Y: z\r\n\r\n`,
  `${GET}X: \x01\x7f\r\n${CLOSE}\r\n`,
  `${GET}: empty\r\n\r\n`,
  `${GET}X: ${"y".repeat(40_000)}\r\n\r\n`,
  `${GET}${"X: y\r\n".repeat(150)}${CLOSE}\r\n`,
  `${GET}${"a:b\r\n".repeat(3500)}${CLOSE}\r\n`,
  `${GET}Authorization: Bearer a\r\nAuthorization: Bearer b\r\n${CLOSE}\r\n`,
  `${GET}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n`,
  `${GET}Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AA\r\n\r\n`,
  `${GET}Content-Length: 5\r\n${CLOSE}\r\nhello`,
];

/** Lengths and codings that two readers could count differently. */
const LENGTHS: readonly string[] = [
  ...[
    "-1",
    "+2",
    "0x2",
    "2 2",
    "2,2",
    "2, 3",
    "1e1",
    "99999999999999999999",
    "",
    " ",
    "two",
    "２",
  ].map((length) => `Content-Length: ${length}\r\n\r\n{}`),
  `Content-Length: 2\r\nContent-Length: 2\r\n${CLOSE}\r\n{}`,
  `Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}${HIDDEN}`,
  `Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `Transfer-Encoding: chunked\r\nContent-Length: 60\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `Content-Length: 0\r\n\r\n${HIDDEN}`,
  `Content-Length: 2\r\n\r\n{}${HIDDEN}`,
  ...["identity", "gzip", "chunked, identity", "xchunked", "chunked, chunked", "\x0bchunked"].map(
    (coding) => `Transfer-Encoding: ${coding}\r\n${CLOSE}\r\n2\r\n{}\r\n0\r\n\r\n`,
  ),
  `Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${HIDDEN}`,
  ...["zz", "-2", "0x2", "fffffffffffffffff", '2;ext="\0"', "", " 2", "2 ", "+2"].map(
    (size) => `Transfer-Encoding: chunked\r\n${CLOSE}\r\n${size}\r\n{}\r\n0\r\n\r\n`,
  ),
  `Transfer-Encoding: chunked\r\n${CLOSE}\r\n2\n{}\n0\n\n`,
  `Transfer-Encoding: chunked\r\n${CLOSE}\r\n2\r\n{}XX0\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n${CLOSE}\r\n2;${"e".repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n${CLOSE}\r\n2\r\n{}\r\n0\r\nContent-Length: 9\r\nX: y\r\n\r\n`,
  `Transfer-Encoding: chunked\r\n${CLOSE}\r\n${"1\r\n{\r\n".repeat(300)}0\r\n\r\n`,
  `Content-Length: 2\r\nExpect: 100-continue\r\n${CLOSE}\r\n{}`,
  `Content-Length: 2\r\nExpect: 417-please\r\n${CLOSE}\r\n{}`,
];

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array)),
  fc.string({ unit: "binary", maxLength: 300 }).map((text) => Buffer.from(text)),
);

const malformed = fc.oneof(
  fc.constantFrom(...FORMS).map(bytes),
  fc.constantFrom(...LENGTHS).map((tail) => bytes(POST + tail)),
);

/** A sound request followed by others on the same connection, the last of them malformed. */
const pipelined = fc
  .tuple(fc.integer({ min: 1, max: 20 }), malformed)
  .map(([count, last]) => Buffer.concat([bytes(`${GET}\r\n`.repeat(count)), last]));

/** A request with some bytes changed at random. */
const flipped = fc
  .tuple(malformed, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }))
  .map(([text, flips]) => {
    const copy = Buffer.from(text);
    for (const [at, value] of flips) if (copy.length > 0) copy[at % copy.length] = value;
    return copy;
  });

/** Every kind of connection that is over soon. */
export const rawShots: fc.Arbitrary<RawShot> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: malformed },
      { weight: 3, arbitrary: flipped },
      { weight: 2, arbitrary: pipelined },
      { weight: 1, arbitrary: garbage },
    ),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom<RawShot["afterwards"]>("half-close", "half-close", "half-close", "vanish"),
    fc.constantFrom(0, 0, 0, 5, 30),
  )
  .map(([whole, count, afterwards, pauseMs]) => ({
    kind: "raw",
    pieces: inPieces(whole, count),
    pauseMs,
    afterwards,
  }));

/** Connections that stop in the middle and wait for the server to lose patience. */
export const slowShots: fc.Arbitrary<RawShot> = fc
  .constantFrom(
    GET,
    "",
    "GE",
    `${POST}Content-Length: 1000\r\n\r\n{`,
    `${POST}Transfer-Encoding: chunked\r\n\r\n5\r\n{`,
  )
  .map((text) => ({ kind: "raw", pieces: [bytes(text)], pauseMs: 0, afterwards: "wait" }));

function inPieces(whole: Buffer, count: number): Buffer[] {
  const size = Math.max(1, Math.ceil(whole.length / count));
  const pieces: Buffer[] = [];
  for (let from = 0; from < whole.length; from += size) {
    pieces.push(whole.subarray(from, from + size));
  }
  return pieces;
}
