/**
 * What arrives on the socket without being a request: garbage, halves, and bytes that come drop by
 * drop. Each is answered in the form of every other problem, or closed; the server is there for the
 * next one.
 */
import { once } from "node:events";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { problem } from "#wire";
import { call } from "./client.ts";
import { openStage, REPLY, REQUEST, type Stage } from "./stage.ts";

const HOST = "Host: 127.0.0.1\r\n";
const POST = `POST /v1/decisions/ranking HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`;
const BODY = JSON.stringify(REQUEST);

let stage: Stage;
beforeAll(async () => {
  // Short patience: a client that dawdles is a test that waits.
  const patience = { headersMsMax: 200, requestMsMax: 400, keepAliveMs: 1000, idleMsMax: 2000 };
  stage = await openStage(async () => REPLY, { patience });
});
afterAll(() => stage.server.drain(1000));

const CLOSE = "Connection: close\r\n";
const MALFORMED = [400, "request-malformed"] as const;

describe("bytes that are no request", () => {
  test.each([
    ["garbage", "\u0000\u0001\u0002\r\n\r\n", 400, "request-malformed"],
    ["another protocol", "EHLO example.org\r\n", 400, "request-malformed"],
    ["a version of the future", `GET / HTTP/9.9\r\n${HOST}\r\n`, 400, "request-malformed"],
    ["no Host", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "request-malformed"],
    [
      "another machine's Host",
      "GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n",
      403,
      "host-refused",
    ],
    [
      "a Host that only begins well",
      "GET / HTTP/1.1\r\nHost: 127.0.0.1.example.org\r\nConnection: close\r\n\r\n",
      403,
      "host-refused",
    ],
    ["two hosts", `GET / HTTP/1.1\r\n${HOST}${HOST}Connection: close\r\n\r\n`, ...MALFORMED],
    [
      "two hosts, the second far off",
      `GET / HTTP/1.1\r\n${HOST}${"X: y\r\n".repeat(90)}Host: evil.example\r\n${CLOSE}\r\n`,
      ...MALFORMED,
    ],
    [
      "two keys",
      `GET / HTTP/1.1\r\n${HOST}Authorization: a\r\nAuthorization: b\r\n${CLOSE}\r\n`,
      ...MALFORMED,
    ],
    [
      "2,500 headers",
      `GET / HTTP/1.1\r\n${HOST}${CLOSE}${"a:b\r\n".repeat(2500)}\r\n`,
      431,
      "headers-too-large",
    ],
    [
      "two lengths",
      `${POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`,
      400,
      "request-malformed",
    ],
    [
      "length and chunks",
      `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
      "request-malformed",
    ],
    ["a negative length", `${POST}Content-Length: -1\r\n\r\n`, 400, "request-malformed"],
    ["a broken chunk", `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400, "request-malformed"],
    [
      "64 kB of headers",
      `GET / HTTP/1.1\r\n${HOST}X: ${"x".repeat(65_536)}\r\n\r\n`,
      431,
      "headers-too-large",
    ],
    ["headers that never end", `GET / HTTP/1.1\r\n${HOST}`, 408, "request-too-slow"],
    ["a body that never comes", `${POST}Content-Length: 1000\r\n\r\n{`, 408, "request-too-slow"],
  ])("%s", async (_remark, bytes, status, code) => {
    const { head, body } = await exchange(bytes);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head.toLowerCase()).toContain("content-type: application/problem+json");
    expect(problem.parse(JSON.parse(body))).toMatchObject({ status, code });
    expect((await call(stage.base, "GET", "/healthz")).status).toBe(200);
  });

  test("a connection closed in the middle of a body leaves nothing behind", async () => {
    const socket = net.connect(port(), "127.0.0.1");
    await new Promise((resolve) =>
      socket.write(`${POST}Content-Length: 1000\r\n\r\n{"k"`, resolve),
    );
    socket.destroy();
    expect((await call(stage.base, "POST", "/v1/decisions/ranking", REQUEST)).status).toBe(200);
  });
});

describe("a body too large", () => {
  const part = "x".repeat(5_000_000);
  test.each([
    ["that says so", `Content-Length: ${2 * part.length}\r\n\r\n${part}`, part],
    ["in chunks", `Transfer-Encoding: chunked\r\n\r\n${chunks(part).slice(0, -5)}`, chunks(part)],
  ])("%s may be sent to its end: the reply is there, and so is the connection", async (...row) => {
    const [, first, rest] = row;
    const socket = net.connect(port(), "127.0.0.1");
    let got = "";
    socket.on("data", (chunk) => {
      got += chunk;
    });
    await new Promise((resolve) => socket.write(`${POST}${first}`, resolve));
    await vi.waitFor(() => expect(got).toMatch(/^HTTP\/1.1 413 /));
    socket.write(`${rest}GET /healthz HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`);
    await once(socket, "end");
    expect(got).toMatch(/body-too-large[\s\S]*HTTP\/1.1 200 /);
  });
});

describe("unusual but sound", () => {
  const sized = `Content-Length: ${BODY.length}\r\nConnection: close\r\n`;
  const chunked = "Transfer-Encoding: chunked\r\nConnection: close\r\n";
  test.each([
    ["a body in chunks", `${POST}${chunked}\r\n${chunks(BODY)}`],
    ["Expect: 100-continue", `${POST}${sized}Expect: 100-continue\r\n\r\n${BODY}`],
    ["a charset", `${POST.replace("json", "json; charset=utf-8")}${sized}\r\n${BODY}`],
    ["localhost by name", `${POST.replace("127.0.0.1", "localhost:1")}${sized}\r\n${BODY}`],
  ])("%s", async (_remark, bytes) => {
    const { head } = await exchange(bytes);
    expect(head).toMatch(/^HTTP\/1.1 (100 Continue[\s\S]*HTTP\/1.1 )?200 /);
  });
});

/** Sends `bytes` and reads until the server closes. */
async function exchange(bytes: string): Promise<{ head: string; body: string }> {
  const socket = net.connect(port(), "127.0.0.1");
  socket.write(bytes, "latin1");
  let got = "";
  for await (const chunk of socket) got += chunk;
  const end = got.lastIndexOf("\r\n\r\n");
  return { head: got.slice(0, end), body: got.slice(end + 4) };
}

function port(): number {
  return Number(new URL(stage.base).port);
}

function chunks(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
}
