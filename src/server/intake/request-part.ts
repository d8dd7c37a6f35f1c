/**
 * The parts of a request and their checks: each part knows its schema, for the document, and how to
 * read what came.
 */
import type { z } from "zod";
import { Fault, type Flaw } from "#foundation";
import { serverFaults } from "../faults.ts";

/** Path or query of a request. `read` throws a Fault `request-shape-invalid` listing every flaw. */
export interface Part<Value> {
  readonly schema: z.ZodObject | undefined;
  read(raw: unknown): Value;
}

/** The body of a request. */
export interface BodyPart<Value> {
  readonly schema: z.ZodType | undefined;
  readonly examples: Readonly<Record<string, unknown>>;
  readonly bytesMax: number;
  read(raw: unknown): Value;
}

/**
 * Enough for the largest request of the catalogue: 2,000 candidates with embeddings of 64 numbers.
 */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** A route that takes nothing. */
export const nothing: {
  readonly path: Part<undefined>;
  readonly query: Part<undefined>;
  readonly body: BodyPart<undefined>;
} = Object.freeze({
  path: { schema: undefined, read: () => undefined },
  query: { schema: undefined, read: () => undefined },
  body: { schema: undefined, examples: {}, bytesMax: 1024, read: () => undefined },
});

/** The placeholders of the path. */
export function pathPart<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape>,
): Part<z.output<z.ZodObject<Shape>>> {
  return { schema, read: (raw) => readAs(schema, raw, "path") };
}

/** The parameters after the question mark. */
export function queryPart<Shape extends z.core.$ZodLooseShape>(
  schema: z.ZodObject<Shape>,
): Part<z.output<z.ZodObject<Shape>>> {
  return { schema, read: (raw) => readAs(schema, raw, "query") };
}

/** A JSON body that is handed on as it came, to be checked once by the decision type it is for. */
export function uncheckedBody(
  schema: z.ZodType,
  examples: Readonly<Record<string, unknown>>,
  bytesMax: number = BODY_BYTES_MAX,
): BodyPart<unknown> {
  return { schema, examples, bytesMax, read: (raw) => raw };
}

/** `raw` as `schema` understands it. `where` opens the pointers of flaws: empty for a body. */
export function readAs<Value>(schema: z.ZodType<Value>, raw: unknown, where: string): Value {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const flaws = flawsOf(result.error.issues, where);
  throw new Fault(serverFaults.requestInvalid, {
    detail: `flaws in the request: expected none, got ${flaws.length}`,
    flaws,
  });
}

/** Every issue as a flaw; unknown members one by one, at their own place. */
function flawsOf(issues: readonly z.core.$ZodIssue[], where: string): readonly Flaw[] {
  return issues.flatMap((issue): Flaw[] => {
    const pointer = where + issue.path.map((part) => `/${pointerPart(part)}`).join("");
    if (issue.code !== "unrecognized_keys") return [{ pointer, message: issue.message }];
    return issue.keys.map((key) => ({
      pointer: `${pointer}/${pointerPart(key)}`,
      message: "expected no such member",
    }));
  });
}

function pointerPart(part: PropertyKey): string {
  return String(part).replaceAll("~", "~0").replaceAll("/", "~1");
}
