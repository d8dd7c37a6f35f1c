/**
 * Logs as JSON lines: per line a whole ranking request and what was shown for it,
 * `{"request": …, "shown": ["id", …], "segment": "…", "at": "…"}`.
 */
import { z } from "zod";
import { Fault, type Json } from "#foundation";
import { parseJsonBody } from "#server";
import { type BadRow, instantOf, isDamaged, type LogEntry, NOT_UTF8 } from "./logged-request.ts";

const entrySchema = z.strictObject({
  request: z.custom<Json>((value) => typeof value === "object" && value !== null, {
    error: "expected a ranking request",
  }),
  shown: z.array(z.string(), { error: "expected a list of item ids" }),
  segment: z.string().max(100).optional(),
  at: z
    .string()
    .refine((text) => instantOf(text) !== undefined, "expected an instant with zone")
    .optional(),
});

/** No request of a sane log is longer; a file without line ends must not fill the memory. */
const LINE_CHARACTERS_MAX = 16_000_000;

/** The entries of a log that arrives in chunks; empty lines are passed over. */
export async function* jsonLinesEntries(chunks: AsyncIterable<string>): AsyncGenerator<LogEntry> {
  let line = 0;
  for await (const text of linesOf(chunks)) {
    line += 1;
    if (text.trim() !== "") yield entryOf(text, line);
  }
}

function entryOf(text: string, line: number): LogEntry {
  const bad = (why: string): BadRow => ({ kind: "bad-row", line, why });
  if (isDamaged(text)) return bad(NOT_UTF8);
  try {
    const read = entrySchema.safeParse(parseJsonBody(Buffer.from(text)));
    if (!read.success) {
      return bad(wordsOf(read.error));
    }
    const { request: body, shown, segment, at } = read.data;
    const atUtcMs = at === undefined ? undefined : instantOf(at);
    return { kind: "request", line, body, shown, segment, atUtcMs };
  } catch (error) {
    if (error instanceof Fault) return bad(error.message);
    throw error;
  }
}

function wordsOf({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === "unrecognized_keys") return `expected no "${issue.keys.join('", "')}"`;
  return `${issue?.path.join(".") || "line"}: ${issue?.message}`;
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
    if (rest.length > LINE_CHARACTERS_MAX) rest = rest.slice(0, LINE_CHARACTERS_MAX);
  }
  if (rest !== "") yield rest;
}
