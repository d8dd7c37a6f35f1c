/**
 * Addresses: every page is found from its link, and what is no address says so.
 */
import { describe, expect, test } from "vitest";
import { decisionHref, policiesHref, type Route, routeOf, tryHref } from "./route.ts";

const CASES: readonly [remark: string, hash: string, route: Route][] = [
  ["nothing", "", { kind: "decisions" }],
  ["the root", "#/", { kind: "decisions" }],
  ["the list by name", "#/decisions", { kind: "decisions" }],
  ["a decision", decisionHref("01-a"), { kind: "decision", id: "01-a" }],
  ["an id with a slash", decisionHref("a/b"), { kind: "decision", id: "a/b" }],
  ["a malformed escape", "#/decisions/%E0%A4%A", { kind: "decision", id: "%E0%A4%A" }],
  ["the form", "#/try", { kind: "try", from: undefined }],
  ["the form from a decision", tryHref("a&b"), { kind: "try", from: "a&b" }],
  ["policies", "#/policies", { kind: "policies", left: undefined, right: undefined }],
  ["one policy", policiesHref("a@1"), { kind: "policies", left: "a@1", right: undefined }],
  ["two policies", policiesHref("a@1", "b@2"), { kind: "policies", left: "a@1", right: "b@2" }],
  ["charts", "#/charts", { kind: "charts" }],
  ["the contact centre", "#/centre", { kind: "centre" }],
  ["an unknown page", "#/settings", { kind: "nowhere", address: "/settings" }],
  ["too deep", "#/decisions/a/b", { kind: "nowhere", address: "/decisions/a/b" }],
  ["below a page without anything below", "#/charts/x", { kind: "nowhere", address: "/charts/x" }],
];

describe("routeOf", () => {
  test.each(CASES)("%s", (_remark, hash, route) => expect(routeOf(hash)).toEqual(route));
});
