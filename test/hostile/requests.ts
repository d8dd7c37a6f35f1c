/**
 * Requests made from the server's own document: each operation with sound, nearly sound and unsound
 * parts, by callers with every kind of key.
 */
import fc from "fast-check";
import type { Keys } from "./attacked-server.ts";
import { isObject, type Json, member } from "./json.ts";
import { brokenText, mutated } from "./mutations.ts";
import { valuesOf } from "./schema-values.ts";

/** A request as Node's client sends it. */
export interface HttpShot {
  readonly kind: "http";
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly facts: Json;
}

/** The shortest deadline asked for: the attack tries what the server withstands, not its speed. */
const DEADLINE_MS_MIN = 10_000;
const BODY_BYTES = [1_000_000, 4 * 1024 * 1024 + 1, 6_000_000];
const PATH_PARTS = [
  ...["x", "shop", "patient@1", "homepage@1", "01981f3a-5b00-7000-8000-000000000000", "ranking"],
  ...["..%2f..", "%00", "%F0%9F%98%80", "%c0%af", "x".repeat(300), "__proto__", "constructor", "*"],
];
const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  ...[
    { origin: "null" },
    { origin: "https://evil.example" },
    { host: "evil.example" },
    { host: "" },
  ],
  ...[
    { traceparent: "00-zz" },
    { cookie: `a=${"b".repeat(3000)}` },
    { "x-forwarded-host": "evil" },
  ],
  ...[{ "content-type": "text/plain" }, { "content-type": "application/json; charset=utf-7" }],
  ...[{ "content-type": "multipart/form-data; boundary=" }, { "content-encoding": "gzip" }],
  ...[{ "idempotency-key": "k".repeat(300) }, { "idempotency-key": "a b" }, { expect: "200-ok" }],
  ...[{ "last-event-id": "x" }, { accept: "text/html" }, { "x-http-method-override": "DELETE" }],
  ...[
    { "idempotency-key": "one" },
    { "inference-header-content-length": "-1" },
    { te: "trailers" },
  ],
];

/** Every request the document of the server suggests. */
export function requestsFrom(document: Json, keys: Keys): fc.Arbitrary<HttpShot> {
  const resolve = (reference: string) =>
    reference
      .slice(2)
      .split("/")
      .reduce<Json | undefined>((at, name) => member(at, name), document);
  const operations = Object.entries(member(document, "paths") ?? {}).flatMap(([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).map(
      ([method, facts]): Operation => ({ method: method.toUpperCase(), path, facts }),
    ),
  );
  // Made once each: a schema's arbitrary costs more than a value of it.
  const shots = new Map(operations.map((one) => [one, shot(one, keys, resolve)]));
  const withBody = [...shots].filter(([one]) => member(one.facts, "requestBody") !== undefined);
  return fc.oneof(
    { weight: 6, arbitrary: fc.oneof(...withBody.map(([, arbitrary]) => arbitrary)) },
    { weight: 3, arbitrary: fc.oneof(...shots.values()) },
    { weight: 1, arbitrary: nowhere(operations, keys) },
  );
}

function authorization(keys: Keys): fc.Arbitrary<string | undefined> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(keys.admin) },
    { weight: 3, arbitrary: fc.constantFrom(keys.operator, keys.reader) },
    { weight: 1, arbitrary: fc.constant(keys.revoked) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, "", "Bearer", "Bearer ", "Basic YTpi") },
    {
      weight: 1,
      arbitrary: fc.stringMatching(/^[!-~]{1,80}$/).map((text) => `Bearer tandem_${text}`),
    },
  );
}

function headersOf(keys: Keys): fc.Arbitrary<HttpShot["headers"]> {
  const odd = fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, fc.constantFrom(...ODD_HEADERS));
  return fc.tuple(authorization(keys), odd).map(([key, more]) => ({
    "content-type": "application/json",
    ...(key !== undefined && { authorization: key }),
    ...more,
  }));
}

function shot(
  operation: Operation,
  keys: Keys,
  resolve: (reference: string) => Json | undefined,
): fc.Arbitrary<HttpShot> {
  const { method } = operation;
  const body = bodyOf(operation, resolve);
  const others = fc.oneof(
    { weight: 12, arbitrary: fc.constant(method) },
    fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"),
  );
  return fc
    .tuple(others, pathOf(operation, resolve), headersOf(keys), body)
    .map(([verb, path, headers, bytes]) => {
      const carries = verb !== "GET" && verb !== "HEAD" && verb !== "TRACE";
      return { kind: "http", method: verb, path, headers, body: carries ? bytes : undefined };
    });
}

function nowhere(operations: readonly Operation[], keys: Keys): fc.Arbitrary<HttpShot> {
  const segment = fc.oneof(fc.constantFrom(...PATH_PARTS), fc.webSegment());
  const tail = fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join("/")}`);
  const near = fc
    .tuple(fc.constantFrom(...operations), tail)
    .map(([{ path }, more]) => path.replaceAll(/[{}]/g, "") + more);
  const verbs = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");
  return fc
    .tuple(verbs, fc.oneof(tail, near), headersOf(keys))
    .map(([method, path, headers]) => ({ kind: "http", method, path, headers, body: undefined }));
}

function pathOf(
  { path, facts }: Operation,
  resolve: (reference: string) => Json | undefined,
): fc.Arbitrary<string> {
  const declared = member(facts, "parameters");
  const parameters = Array.isArray(declared) ? declared : [];
  const partOf = (parameter: Json | undefined): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 3, arbitrary: valuesOf(member(parameter, "schema"), resolve).map(encoded) },
      { weight: 2, arbitrary: fc.constantFrom(...PATH_PARTS) },
    );
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
    partOf(parameters.find((one) => member(one, "name") === name && member(one, "in") === "path")),
  );
  const queries = parameters
    .filter((one) => member(one, "in") === "query")
    .map((one) => partOf(one).map((value) => `${member(one, "name")}=${value}`));
  const odd = fc.constantFrom("x=1", "limit=1&limit=2", "__proto__=1", "a[b]=c", "%", "&&&=", "=");
  const query = fc.oneof(
    { weight: 5, arbitrary: fc.constant<readonly string[]>([]) },
    { weight: 3, arbitrary: fc.tuple(...queries).map((all) => all) },
    { weight: 1, arbitrary: odd.map((one) => [one]) },
  );
  return fc.tuple(fc.tuple(...places), query).map(([values, parts]) => {
    const filled = values.reduce((text, value) => text.replace(/\{\w+\}/, value || "x"), path);
    return parts.length === 0 ? filled : `${filled}?${parts.join("&")}`;
  });
}

function encoded(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return encodeURIComponent(text.toWellFormed()).slice(0, 400) || "x";
}

function bodyOf(
  { path, facts }: Operation,
  resolve: (reference: string) => Json | undefined,
): fc.Arbitrary<Buffer | undefined> {
  const content = member(member(member(facts, "requestBody"), "content"), "application/json");
  const junk = fc
    .jsonValue({ maxDepth: 4 })
    .map((value): Json => JSON.parse(JSON.stringify(value)));
  if (content === undefined) return fc.option(junk.map(bytesOf), { nil: undefined, freq: 3 });
  const examples = Object.values(member(content, "examples") ?? {}).map(
    (one): Json => member(one, "value") ?? {},
  );
  const unhurried = isAsking(path) ? patient : isInferring(path) ? patientInference : same;
  const sound = fc.constantFrom<Json>(...examples, {}).map(unhurried);
  const typed = valuesOf(member(content, "schema"), resolve);
  const written = (value: Json) => bytesOf(unhurried(value));
  const padding = fc
    .constantFrom(...BODY_BYTES)
    .map((count) => Buffer.from(`{"k":"${"x".repeat(count)}"}`));
  return fc.oneof(
    { weight: 350, arbitrary: sound.map(written) },
    { weight: 400, arbitrary: mutated(sound).map(written) },
    { weight: 200, arbitrary: typed.map(written) },
    { weight: 150, arbitrary: mutated(typed).map(written) },
    { weight: 120, arbitrary: brokenText(sound) },
    { weight: 40, arbitrary: junk.map(written) },
    { weight: 3, arbitrary: padding },
  );
}

function bytesOf(value: Json): Buffer {
  return Buffer.from(JSON.stringify(value));
}

const isAsking = (path: string) => /^\/v1\/decisions\/[a-z]/.test(path);
const isInferring = (path: string) => path.endsWith("/infer");
const same = (value: Json) => value;

/** A decision asked for in time: deadlines too short to be met are refused, and rightly. */
function patient(value: Json): Json {
  if (!isObject(value)) return value;
  const options = value.options ?? {};
  if (!isObject(options)) return value;
  const { policy, deadlineMs } = options;
  const isShort = typeof deadlineMs === "number" && deadlineMs > 0;
  return {
    ...value,
    options: {
      ...options,
      ...((policy === undefined || policy === "homepage@1") && { policy: "patient@1" }),
      ...(isShort && deadlineMs < DEADLINE_MS_MIN && { deadlineMs: DEADLINE_MS_MIN }),
    },
  };
}

/** The same for requests that travel as text within a tensor. */
function patientInference(value: Json): Json {
  if (typeof value === "string" && value.startsWith("{")) {
    try {
      return JSON.stringify(patient(JSON.parse(value)));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map(patientInference);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, part]): [string, Json] => {
    const isShort = name === "timeout" && typeof part === "number" && part > 0;
    const least = DEADLINE_MS_MIN * 1000;
    return [name, isShort ? Math.max(part, least) : patientInference(part)];
  });
  return Object.fromEntries(members);
}
