/**
 * What can be asked, read from the server's OpenAPI document: each decision type with the fields of
 * its request and the example the platform prints.
 */
import type { Json } from "../api/client.ts";
import { at, membersAt, textAt } from "../api/json.ts";
import { type Field, fieldOf } from "./field.ts";

/** A decision type one can ask. */
export interface Asking {
  /** As in `POST /v1/decisions/{type}`. */
  readonly type: string;
  readonly title: string;
  readonly summary: string;
  readonly field: Field;
  readonly example: Json;
}

/** The decision types of a document, in its order. */
export function askingsIn(document: Json): readonly Asking[] {
  return membersAt(document, "paths").flatMap(([path, methods]): Asking[] => {
    const type = /^\/v1\/decisions\/([a-z0-9-]+)$/.exec(path)?.[1];
    const body = at(methods, "post", "requestBody", "content", "application/json");
    if (type === undefined || body === undefined) return [];
    return [
      {
        type,
        title: textAt(methods, "post", "summary") ?? type,
        summary: textAt(methods, "post", "description") ?? "",
        field: fieldOf(at(body, "schema") ?? {}, document),
        example: at(body, "examples", "example", "value") ?? {},
      },
    ];
  });
}
