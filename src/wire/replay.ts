/**
 * The verdict of a replay on the wire.
 */
import { z } from "zod";
import { uuid } from "./scalar.ts";

/** What a replay of a stored decision found. */
export const replayReport = z.object({
  decisionId: uuid,
  verdict: z.enum(["identical", "verified", "different"]).meta({
    description:
      "`identical`: byte for byte. `verified`: another profile, yet the same problem, feasible, " +
      "with the same objective.",
  }),
  recordedDigest: z.string(),
  replayedDigest: z.string(),
  differences: z.array(z.string()).readonly(),
  taken: z.array(z.string()).readonly().meta({
    description: "Attempts whose recorded samples were used because they cannot be run again.",
  }),
  replayMs: z.number(),
});

/** See {@link replayReport}. */
export type ReplayReport = z.infer<typeof replayReport>;
