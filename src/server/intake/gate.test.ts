/** Who may be heard: hosts, origins, keys, traces. */
import { describe, expect, test } from "vitest";
import {
  checkHeaders,
  checkHost,
  foreignOrigin,
  idempotencyKeyOf,
  requireLoopback,
  traceOf,
} from "./gate.ts";

const NO_DOORS = { hosts: [], origins: [] };
const DOORS = { hosts: ["shop.example"], origins: ["https://shop.example"] };

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
    expect(codeOf(() => requireLoopback(host, NO_DOORS))).toBe(code);
  });

  test("letting others in by name needs keys as listening to them does", () => {
    expect(codeOf(() => requireLoopback("127.0.0.1", DOORS))).toBe("keys-required");
    const local = { hosts: ["localhost"], origins: ["http://localhost:5173"] };
    expect(codeOf(() => requireLoopback("127.0.0.1", local))).toBeUndefined();
  });

  test.each([
    ["127.0.0.1:7070", undefined],
    ["localhost", undefined],
    ["[::1]:7070", undefined],
    ["LOCALHOST", undefined],
    ["Shop.Example:443", undefined],
    ["10.0.0.7:7070", undefined],
    ["10.0.0.8:7070", "host-refused"],
    [undefined, "request-malformed"],
    ["", "host-refused"],
    ["example.org:7070", "host-refused"],
    ["shop.example.org", "host-refused"],
    ["127.0.0.1:7070:1", "host-refused"],
    ["[::1", "host-refused"],
    ["user@127.0.0.1", "host-refused"],
  ])("Host %j: %j", (host, code) => {
    expect(codeOf(() => checkHost(host, DOORS, "::ffff:10.0.0.7"))).toBe(code);
  });

  test.each([
    ["none", [], undefined],
    ["one of each", ["Host", "a", "Authorization", "b", "Accept", "c", "Accept", "d"], undefined],
    ["two hosts", ["Host", "a", "X", "y", "hOST", "a"], "request-malformed"],
    ["two keys", ["Authorization", "a", "authorization", "b"], "request-malformed"],
    ["two origins", ["Origin", "a", "Origin", "a"], "request-malformed"],
    ["a hundred", Array.from({ length: 200 }, (_, index) => `x${index}`), undefined],
    ["one more", Array.from({ length: 202 }, (_, index) => `x${index}`), "headers-too-large"],
  ])("headers, %s", (_remark, raw, code) => {
    expect(codeOf(() => checkHeaders(raw))).toBe(code);
  });

  test.each([
    [undefined, undefined],
    ["http://127.0.0.1:7070", undefined],
    ["https://shop.example", "https://shop.example"],
    ["http://shop.example", "origin-refused"],
    ["https://shop.example:444", "origin-refused"],
    ["http://127.0.0.1:7071", "origin-refused"],
    ["https://127.0.0.1:7070", "origin-refused"],
    ["null", "origin-refused"],
    ["", "origin-refused"],
  ])("Origin %j: %j", (origin, result) => {
    const check = () => foreignOrigin(origin, "127.0.0.1:7070", DOORS);
    expect(codeOf(check) ?? check()).toBe(result);
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
