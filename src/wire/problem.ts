/**
 * How the API says no: RFC 9457 problem details, extended by what a program needs to act on it.
 */
import { z } from "zod";

/** The media type of every error reply (RFC 9457, section 3). */
export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/** One wrong place in what was sent. */
const flaw = z.object({
  pointer: z.string().meta({ description: "JSON Pointer (RFC 6901) into the body, or a name." }),
  message: z.string(),
});

/** An error reply. `code` is stable and meant for programs; `title` and `detail` are for people. */
export const problem = z
  .object({
    type: z.string().meta({ description: "Address of a page that explains this kind of problem." }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: "This occurrence: the id of the request." }),
    code: z.string(),
    retry: z.boolean().meta({ description: "Whether sending the same request again can help." }),
    flaws: z
      .array(flaw)
      .readonly()
      .meta({ description: "Every place that is wrong; empty if the fault is not in the input." }),
    rules: z.array(z.string()).readonly().optional().meta({
      description: "Names of the rules that cannot hold together, or of resources in short supply.",
    }),
    retryAfterMs: z.int().min(0).optional(),
  })
  .meta({ description: "Problem details (RFC 9457)." });

/** See {@link problem}. */
export type Problem = z.infer<typeof problem>;
