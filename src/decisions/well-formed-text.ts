/**
 * The text of requests: one rule for all decision types, so that what they accept can be stored.
 */
import { z } from "zod";

/** Text that can be stored and hashed: not empty, at most so long, without a lone surrogate. */
export function wellFormedText(lengthMax: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(lengthMax)
    .refine((value) => value.isWellFormed(), "expected well-formed Unicode, got a lone surrogate");
}
