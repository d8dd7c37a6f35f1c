/**
 * The route by which a browser watches decisions as they are made.
 */
import { z } from "zod";
import { uuid } from "#wire";
import { mayTouch } from "../access/scoped-pipeline.ts";
import type { FrontDesk } from "../front-desk.ts";
import { nothing, queryPart } from "../intake/request-part.ts";
import { decisionEvents, EVENT_STREAM } from "../live/event-stream.ts";
import { openWatcherPlaces } from "../live/watcher-places.ts";
import { type Route, route } from "../route.ts";

/** `GET /v1/decisions/stream`. */
export function liveRoutes(desk: FrontDesk): readonly Route[] {
  const { feed, clock } = desk;
  const places = openWatcherPlaces();
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
        const leave = places.take(principal);
        const body = decisionEvents(feed, clock, {
          tenant: principal.tenant,
          mayHear: ({ type }) => desk.keys.stands(principal) && mayTouch(principal, type),
          stands: () => desk.keys.stands(principal),
          afterId: lastEventId ?? after,
        });
        body.once("close", leave);
        return { status: 200, body, mediaType: EVENT_STREAM };
      },
    }),
  ];
}
