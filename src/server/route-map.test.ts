/** Which methods an address takes, and addresses in the framework's writing. */
import { describe, expect, test } from "vitest";
import { nothing } from "./intake/request-part.ts";
import { type Route, type RouteFacts, route } from "./route.ts";
import { allowedMethods, frameworkPath } from "./route-map.ts";

function at(method: RouteFacts["method"], path: string): Route {
  return route({
    ...{ method, path, operation: path, tag: "test", summary: "A test." },
    ...{ access: "public", takes: nothing, replies: {}, problems: [] },
    handle: () => ({ status: 200, body: null }),
  });
}

describe("allowed methods", () => {
  const allowed = allowedMethods([
    at("GET", "/a"),
    at("PUT", "/a"),
    at("POST", "/a/{id}"),
    at("GET", "/openapi.json"),
  ]);
  test.each([
    ["/a", ["GET", "PUT", "HEAD"]],
    ["/a/7", ["POST"]],
    ["/a/7/8", []],
    ["/a/", []],
    ["/openapi.json", ["GET", "HEAD"]],
    ["/openapixjson", []],
    ["", []],
  ])("at %j: %j", (path, methods) => {
    expect(allowed(path)).toEqual(methods);
  });

  test("a template in the framework's writing", () => {
    expect(frameworkPath("/a/{id}/b/{set}")).toBe("/a/:id/b/:set");
  });
});
