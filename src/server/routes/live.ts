/**
 * The route by which a browser watches decisions as they are made.
 */
import { z } from "zod";
import { Fault } from "#foundation";
import { uuid } from "#wire";
import { mayTouch } from "../access/scoped-pipeline.ts";
import { serverFaults } from "../faults.ts";
import type { FrontDesk } from "../front-desk.ts";
import { nothing, queryPart } from "../intake/request-part.ts";
import { decisionEvents, EVENT_STREAM } from "../live/event-stream.ts";
import { type Route, route } from "../route.ts";

/** Watchers at once; each holds a connection. */
const WATCHERS_MAX = 64;

/** `GET /v1/decisions/stream`. */
export function liveRoutes(desk: FrontDesk): readonly Route[] {
  const { feed, clock } = desk;
  const query = z.strictObject({
    after: uuid.optional().meta({
      description: "Resume after this decision, as the header Last-Event-ID does.",
    }),
  });
  return [
    route({
      method: "GET",
      path: "/v1/decisions/stream",
      operation: "watchDecisions",
      access: "reader",
      tag: "decisions",
      summary: "New decisions as they are made, as server-sent events",
      description:
        "Event `decision` carries the decision's line as in the list, its id is the decision's. " +
        "Event `missed` says that resuming was not possible: read the list again.",
      endless: true,
      takes: { ...nothing, query: queryPart(query) },
      replies: { 200: { description: "The events.", mediaType: "text/event-stream" } },
      problems: [503],
      handle: ({ principal, query: { after }, lastEventId }) => {
        if (feed.watcherCount >= WATCHERS_MAX) {
          const detail = `expected at most ${WATCHERS_MAX} watchers, got one more`;
          throw new Fault(serverFaults.overloaded, { detail, retryAfterMs: 10_000 });
        }
        const body = decisionEvents(feed, clock, {
          tenant: principal.tenant,
          mayHear: ({ type }) => desk.keys.stands(principal) && mayTouch(principal, type),
          stands: () => desk.keys.stands(principal),
          afterId: lastEventId ?? after,
        });
        return { status: 200, body, mediaType: EVENT_STREAM };
      },
    }),
  ];
}
