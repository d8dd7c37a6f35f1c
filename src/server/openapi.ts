/**
 * The OpenAPI 3.1 document, made from the same records the routes run on: nothing is written twice
 * and nothing is left out. Schemas are JSON Schema 2020-12, as OpenAPI 3.1 has it.
 */
import { z } from "zod";
import { inferenceError, PROBLEM_MEDIA_TYPE, problem } from "#wire";
import { isInferencePath } from "./inference/protocol.ts";
import { JSON_DEPTH_MAX } from "./intake/json-body.ts";
import type { ReplyFacts, Route } from "./route.ts";

type JsonObject = { [name: string]: unknown };

/** What a problem of each status means here; a route lists the ones it can answer. */
const PROBLEM_STATUSES: Readonly<Record<number, string>> = {
  400: "The request is malformed or breaks its schema; every flaw is listed.",
  401: "An API key is needed, or the one sent is not in force.",
  403: "Refused: the role of the key, its decision types, or the Host or Origin header.",
  404: "Something the request names does not exist.",
  409: "It clashes with something already recorded.",
  413: "The body is too large.",
  415: "The body is not `application/json`.",
  429: "More requests than the key or its tenant has; Retry-After says when to try again.",
  422: "A contradiction, proved: the rules listed cannot hold together.",
  500: "A failure inside the server; the log has the cause under the id in `instance`.",
  503: "Overloaded, starting, draining, or a part is down; Retry-After says when to try again.",
  504: "Undecided: no answer was found in time and none was refuted, or it came too late.",
};

/** Any request can meet these. */
const COMMON_STATUSES = [400, 403, 500];

/** And these, where a key is asked for. */
const KEY_STATUSES = [401, 429];

/** The document of `routes`, as a JSON value. */
export function openApiDocument(routes: readonly Route[], version: string): JsonObject {
  const schemas: JsonObject = {};
  const problemRef = component(schemas, "Problem", problem);
  const paths: { [path: string]: JsonObject } = {};
  for (const route of routes) {
    if (route.undocumented) continue;
    paths[route.path] ??= {};
    Object.assign(paths[route.path] ?? {}, {
      [route.method.toLowerCase()]: operation(route, schemas),
    });
  }
  const errorRef = component(schemas, "InferenceError", inferenceError);
  const problems = Object.entries(PROBLEM_STATUSES).flatMap(([status, description]) => [
    [
      `Problem${status}`,
      { description, content: { [PROBLEM_MEDIA_TYPE]: { schema: problemRef } } },
    ],
    [
      `InferenceError${status}`,
      { description, content: { "application/json": { schema: errorRef } } },
    ],
  ]);
  return {
    openapi: "3.1.0",
    info: {
      title: "Tandem",
      version,
      description:
        "Decides which options to take, under rules, before a deadline. Errors are problem " +
        "details (RFC 9457).",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas,
      responses: Object.fromEntries(problems),
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", bearerFormat: "tandem_..." } },
    },
  };
}

function operation(route: Route, schemas: JsonObject): JsonObject {
  const { path, query, body } = route.takes;
  const name = route.operation[0]?.toUpperCase() + route.operation.slice(1);
  const parameters = [
    ...parametersOf(path.schema, "path"),
    ...parametersOf(query.schema, "query"),
    ...(route.idempotent ? [IDEMPOTENCY_KEY] : []),
  ];
  return {
    operationId: route.operation,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    // An installation without any key asks for none: hence the empty alternative.
    security: route.access === "public" ? [] : [{ apiKey: [] }, {}],
    "x-role": route.access,
    ...(parameters.length > 0 && { parameters }),
    ...(body.schema !== undefined && {
      requestBody: {
        required: true,
        description: `At most ${body.bytesMax} bytes, nested at most ${JSON_DEPTH_MAX} deep.`,
        content: {
          "application/json": {
            schema: component(schemas, `${name}Request`, body.schema),
            examples: Object.fromEntries(
              Object.entries(body.examples).map(([key, value]) => [key, { value }]),
            ),
          },
        },
      },
    }),
    responses: responsesOf(route, name, schemas),
  };
}

function responsesOf(route: Route, name: string, schemas: JsonObject): JsonObject {
  const responses: JsonObject = {};
  const keyed = route.access === "public" ? [] : KEY_STATUSES;
  const form = isInferencePath(route.path) ? "InferenceError" : "Problem";
  for (const [status, facts] of Object.entries(route.replies)) {
    responses[status] = responseOf(facts, `${name}Reply${status}`, schemas);
  }
  for (const status of new Set([...COMMON_STATUSES, ...keyed, ...route.problems])) {
    responses[status] = { $ref: `#/components/responses/${form}${status}` };
  }
  return responses;
}

function responseOf(facts: ReplyFacts, name: string, schemas: JsonObject): JsonObject {
  const { description, schema, mediaType = "application/json" } = facts;
  const content = schema === undefined ? {} : { schema: component(schemas, name, schema) };
  return { description, content: { [mediaType]: content } };
}

function parametersOf(schema: z.ZodObject | undefined, place: "path" | "query"): JsonObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === "path" || !z.safeParse(field, undefined).success,
    schema: jsonSchema(z.instanceof(z.ZodType).parse(field)),
  }));
}

const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "Makes a repeat of the same request return the same decision. Up to 255 visible ASCII " +
    "characters.",
  schema: { type: "string", minLength: 1, maxLength: 255, pattern: "^[!-~]+$" },
};

/**
 * Adds `schema` to the document's components under `name`, its own definitions beside it; returns a
 * reference.
 */
function component(schemas: JsonObject, name: string, schema: z.ZodType): JsonObject {
  const { $defs, ...root } = jsonSchema(schema);
  const home = "#/components/schemas/";
  const moved = (part: unknown): unknown =>
    JSON.parse(JSON.stringify(part), (key, value) => {
      if (key !== "$ref") return value;
      if (value === "#") return home + name;
      return String(value).replace("#/$defs/", `${home}${name}.`);
    });
  schemas[name] = moved(root);
  for (const [key, part] of Object.entries($defs ?? {})) schemas[`${name}.${key}`] = moved(part);
  return { $ref: home + name };
}

// What is sent and what is received are both described as input: replies may grow members without
// breaking readers.
function jsonSchema(schema: z.ZodType) {
  const {
    $schema,
    "~standard": _,
    ...rest
  } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
  });
  return rest;
}
