/**
 * The document is one a generator can work from: every reference leads somewhere, every placeholder
 * is declared, names are unique, and what is served and what is documented are the same routes.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { call } from "./client.ts";
import { openStage, REPLY } from "./stage.ts";

const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string().min(1),
  parameters: z
    .array(
      z.object({ name: z.string(), in: z.string(), required: z.boolean(), schema: z.object() }),
    )
    .default([]),
  requestBody: z
    .object({
      content: z.object({
        "application/json": z.object({
          schema: z.object({ $ref: z.string() }),
          examples: z.record(z.string(), z.object({ value: z.unknown() })),
        }),
      }),
    })
    .optional(),
  responses: z.record(z.string().regex(/^[1-5]\d\d$/), z.unknown()),
});
const documentSchema = z.object({
  openapi: z.literal("3.1.0"),
  info: z.object({ title: z.string(), version: z.string() }),
  paths: z.record(
    z.string().startsWith("/"),
    z.partialRecord(z.enum(["get", "post", "put"]), operationSchema),
  ),
  components: z.object({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), z.unknown()),
    responses: z.record(z.string(), z.unknown()),
  }),
});

let raw: unknown;
let document: z.infer<typeof documentSchema>;
let operations: readonly (readonly [string, string, z.infer<typeof operationSchema>])[];

beforeAll(async () => {
  const { base, server } = await openStage(async () => REPLY);
  raw = (await call(base, "GET", "/openapi.json")).json;
  document = documentSchema.parse(raw);
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [method, path, operation] as const),
  );
  await server.drain(1000);
});

describe("openapi.json", () => {
  test("every reference leads somewhere", () => {
    const references = referencesIn(raw);
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((reference) => targetOf(raw, reference) === undefined)).toEqual([]);
  });

  test("every component is used", () => {
    const used = new Set(referencesIn(raw).map((reference) => reference.split("/").at(-1)));
    const names = Object.keys(document.components.schemas);
    expect(names.filter((name) => !used.has(name))).toEqual([]);
  });

  test("operations have names of their own", () => {
    const ids = operations.map(([, , operation]) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("placeholders are declared, and nothing else as one", () => {
    for (const [, path, { parameters }] of operations) {
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = parameters.filter((one) => one.in === "path");
      expect(declared.map((one) => one.name)).toEqual(placeholders);
      expect(declared.every((one) => one.required)).toBe(true);
    }
  });

  test("every operation says what it answers when all is well and when not", () => {
    for (const [, , { responses }] of operations) {
      const statuses = Object.keys(responses);
      expect(statuses.some((status) => status.startsWith("2"))).toBe(true);
      expect(statuses).toEqual(expect.arrayContaining(["400", "403", "500"]));
    }
  });

  test("bodies come with an example", () => {
    const bodies = operations.flatMap(([, , { requestBody }]) => requestBody ?? []);
    expect(bodies.length).toBeGreaterThan(3);
    for (const { content } of bodies) {
      expect(Object.keys(content["application/json"].examples).length).toBeGreaterThan(0);
    }
  });

  test.each([
    ["post", "/v1/decisions/ranking"],
    ["get", "/v1/decisions"],
    ["get", "/v1/decisions/{id}"],
    ["post", "/v1/decisions/{id}/replay"],
    ["post", "/v1/outcomes"],
    ["get", "/v1/policies"],
    ["post", "/v1/policies"],
    ["get", "/v1/policies/{reference}"],
    ["put", "/v1/items/{set}"],
    ["get", "/v1/items/{set}"],
    ["get", "/v1/keys"],
    ["post", "/v1/keys"],
    ["post", "/v1/keys/{id}/revoke"],
    ["get", "/healthz"],
    ["get", "/readyz"],
    ["get", "/metrics"],
    ["get", "/openapi.json"],
    ["get", "/"],
    ["get", "/problems/{code}"],
  ])("documents %s %s", (method, path) => {
    expect(operations.map(([one, where]) => `${one} ${where}`)).toContain(`${method} ${path}`);
  });
});

function referencesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === "$ref" && typeof part === "string" ? [part] : referencesIn(part),
  );
}

/** What a reference within `root` leads to (RFC 6901). */
function targetOf(root: unknown, reference: string): unknown {
  if (!reference.startsWith("#/")) return undefined;
  let at: unknown = root;
  for (const part of reference.slice(2).split("/")) {
    if (typeof at !== "object" || at === null) return undefined;
    at = Object.entries(at).find(([name]) => name === part)?.[1];
  }
  return at;
}
