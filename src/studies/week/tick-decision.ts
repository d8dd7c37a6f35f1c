/**
 * A routing decision as a study reads it off the platform's reply, wherever the platform runs.
 */
import { z } from "zod";
import { type RoutingRequest, routingAnswerSchema } from "#decisions";

const tick = z.object({
  decisionId: z.string(),
  answer: routingAnswerSchema,
  quality: z.object({ rung: z.string(), solver: z.string() }),
});

/** One decision of the platform, as far as a study looks at it. */
export interface TickDecision {
  readonly decisionId: string;
  readonly answer: z.infer<typeof routingAnswerSchema>;
  readonly rung: string;
  readonly solver: string;
}

/** Virtual time stands still while the platform decides: it may take as long as it is given. */
const OPTIONS = Object.freeze({ deadlineMs: 5000, seed: 1 });

/** The request of a tick in virtual time. */
export function unhurried(request: RoutingRequest): RoutingRequest {
  return { ...request, options: { ...request.options, ...OPTIONS } };
}

/** What a reply decided; `undefined` if it is no reply to a routing decision. */
export function tickDecision(reply: unknown): TickDecision | undefined {
  const read = tick.safeParse(reply);
  if (!read.success) return undefined;
  const { decisionId, answer, quality } = read.data;
  return { decisionId, answer, ...quality };
}
