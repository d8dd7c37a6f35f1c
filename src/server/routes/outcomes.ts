/**
 * The route by which callers report what happened after a decision.
 */
import { Fault } from "#foundation";
import { type OutcomeReport, outcomeReceipts, outcomeReport, outcomeReports } from "#wire";
import { serverFaults } from "../faults.ts";
import type { FrontDesk } from "../front-desk.ts";
import { BODY_BYTES_MAX, type BodyPart, nothing, readAs } from "../intake/request-part.ts";
import { type Route, route } from "../route.ts";

const EXAMPLE = {
  outcomeId: "order-1001",
  decisionId: "0130e4ed-1280-7000-8000-000000000000",
  item: "22423",
  position: 1,
  kind: "order",
  value: { minor: 1275, currency: "GBP" },
  at: "2011-07-01T09:30:00Z",
};

interface Reported {
  readonly single: boolean;
  readonly outcomes: readonly OutcomeReport[];
}

// Which of the two shapes is meant is plain from the first character, so flaws are named for that
// shape alone.
const reported: BodyPart<Reported> = {
  schema: outcomeReports,
  examples: { one: EXAMPLE, several: [EXAMPLE] },
  bytesMax: BODY_BYTES_MAX,
  read: (raw) =>
    Array.isArray(raw)
      ? { single: false, outcomes: readAs(outcomeReports.options[1], raw, "") }
      : { single: true, outcomes: [readAs(outcomeReport, raw, "")] },
};

/** `POST /v1/outcomes`. */
export function outcomeRoutes(desk: FrontDesk): readonly Route[] {
  return [
    route({
      method: "POST",
      path: "/v1/outcomes",
      operation: "reportOutcomes",
      access: "operator",
      tag: "outcomes",
      summary: "Report what happened after a decision",
      description:
        "One outcome or an array. Sending one again changes nothing. Of an array each outcome " +
        "has its own result; a single outcome that clashes (409) or names no known decision " +
        "(404) is a problem.",
      takes: { ...nothing, body: reported },
      replies: {
        200: { description: "A result per outcome, in order.", schema: outcomeReceipts },
      },
      problems: [404, 409, 413, 415, 503],
      handle: async ({ principal, body }) => {
        const recording = desk.pipeline.recordOutcomes(principal, body.outcomes);
        const results = await (body.single ? recording.catch(asOnly) : recording);
        const [first] = results;
        if (body.single && first !== undefined) refuseUnlessKept(first);
        return { status: 200, body: { results } };
      },
    }),
  ];
}

/** The platform names outcomes by their place in a list; a single one is sent without a list. */
function asOnly(error: unknown): never {
  if (!(error instanceof Fault)) throw error;
  const { row, message, rules, retryAfterMs } = error;
  const flaws = error.flaws.map((flaw) => ({ ...flaw, pointer: flaw.pointer.replace("/0", "") }));
  throw new Fault(
    row,
    { detail: message, flaws, rules, ...(retryAfterMs !== undefined && { retryAfterMs }) },
    error,
  );
}

function refuseUnlessKept(receipt: { readonly outcomeId: string; readonly result: string }): void {
  if (receipt.result === "conflict") {
    throw new Fault(serverFaults.outcomeConflict, {
      detail: `outcomeId ${JSON.stringify(receipt.outcomeId)} is recorded with other content`,
      flaws: [{ pointer: "/outcomeId", message: "expected a new id, or the same content again" }],
    });
  }
  if (receipt.result === "unknown-decision") {
    throw new Fault(serverFaults.outcomeUnjoined, {
      detail: "the decision this outcome names is not recorded",
      flaws: [{ pointer: "/decisionId", message: "expected the id of a recorded decision" }],
    });
  }
}
