/** Who may be heard: hosts, origins, keys, traces. */
import { describe, expect, test } from "vitest";
import { checkHost, checkOrigin, idempotencyKeyOf, requireLoopback, traceOf } from "./gate.ts";

describe("gate", () => {
  test.each([
    ["127.0.0.1", undefined],
    ["127.8.8.8", undefined],
    ["localhost", undefined],
    ["::1", undefined],
    ["[::1]", undefined],
    ["", "keys-required"],
    ["0.0.0.0", "keys-required"],
    ["127.0.0.1.example.org", "keys-required"],
    ["localhost.example.org", "keys-required"],
    ["xlocalhost", "keys-required"],
    ["10.0.0.1", "keys-required"],
    ["[::2]", "keys-required"],
  ])("listening on %j: %j", (host, code) => {
    expect(codeOf(() => requireLoopback(host))).toBe(code);
  });

  test.each([
    ["127.0.0.1:7070", undefined],
    ["localhost", undefined],
    ["[::1]:7070", undefined],
    ["LOCALHOST", undefined],
    [undefined, "request-malformed"],
    ["", "host-refused"],
    ["example.org:7070", "host-refused"],
    ["127.0.0.1:7070:1", "host-refused"],
    ["[::1", "host-refused"],
    ["user@127.0.0.1", "host-refused"],
  ])("Host %j: %j", (host, code) => {
    expect(codeOf(() => checkHost(host))).toBe(code);
  });

  test.each([
    [undefined, undefined],
    ["http://127.0.0.1:7070", undefined],
    ["http://127.0.0.1:7071", "origin-refused"],
    ["https://127.0.0.1:7070", "origin-refused"],
    ["null", "origin-refused"],
    ["", "origin-refused"],
  ])("Origin %j: %j", (origin, code) => {
    expect(codeOf(() => checkOrigin(origin, "127.0.0.1:7070"))).toBe(code);
  });

  test.each([
    [undefined, undefined],
    ["k", undefined],
    ["~!".repeat(127), undefined],
    ["", "request-shape-invalid"],
    ["k".repeat(256), "request-shape-invalid"],
    ["ü", "request-shape-invalid"],
    [["a", "b"], "request-shape-invalid"],
  ])("Idempotency-Key %j: %j", (key, code) => {
    expect(codeOf(() => idempotencyKeyOf(key))).toBe(code);
  });

  test.each([
    ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true],
    ["01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more", true],
    ["ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false],
    ["00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", false],
    ["00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01", false],
    ["", false],
    [undefined, false],
  ])("traceparent %j: %j", (header, isSound) => {
    expect(traceOf(header) !== undefined).toBe(isSound);
  });
});

function codeOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return Object(error).row?.code;
  }
}
