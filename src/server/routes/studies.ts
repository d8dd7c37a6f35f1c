/**
 * The route by which a browser watches a simulated week: the platform decides as it would for real
 * contacts, under the caller's own name.
 */
import { Fault, present } from "#foundation";
import { weekRequest } from "#wire";
import { mayTouch } from "../access/scoped-pipeline.ts";
import { openAsking } from "../ask.ts";
import { serverFaults } from "../faults.ts";
import type { FrontDesk } from "../front-desk.ts";
import { nothing, readAs } from "../intake/request-part.ts";
import { EVENT_STREAM } from "../live/event-stream.ts";
import { weekEvents } from "../live/study-events.ts";
import { type Route, route } from "../route.ts";

/** Weeks at once, as each asks for decisions without a pause; one tenant cannot have them all. */
const WEEKS_MAX = 3;
const WEEKS_OF_TENANT_MAX = 2;
const RETRY_AFTER_MS = 30_000;
const BODY_BYTES_MAX = 1024;

/** `POST /v1/studies/contact-centre-week`. */
export function studyRoutes(desk: FrontDesk): readonly Route[] {
  const type = present(
    desk.types.find(({ id }) => id === "routing"),
    "the type of the week's decisions",
  );
  const ask = openAsking(desk);
  const running: string[] = [];
  return [
    route({
      method: "POST",
      path: "/v1/studies/contact-centre-week",
      operation: "watchContactCentreWeek",
      access: "operator",
      tag: "studies",
      summary: "A simulated week of a contact centre, as server-sent events",
      description:
        "Runs the week for as long as the client stays and makes its `routing` decisions for " +
        "the caller. Event `frame` is a look at the floor, `board` the page at the end, `failed` " +
        "the problem that ended it.",
      endless: true,
      takes: {
        ...nothing,
        body: {
          schema: weekRequest,
          examples: { week: { days: 6, seed: 1, speed: 3600 } },
          bytesMax: BODY_BYTES_MAX,
          read: (raw) => readAs(weekRequest, raw ?? {}, ""),
        },
      },
      replies: { 200: { description: "The events.", mediaType: "text/event-stream" } },
      problems: [413, 415, 503],
      handle: ({ principal, body, requestId }) => {
        if (!mayTouch(principal, type.id)) {
          const detail = `expected a key for ${type.id} decisions, got one for others`;
          throw new Fault(serverFaults.typeRefused, { detail });
        }
        requireRoom(running, principal.tenant);
        running.push(principal.tenant);
        const stands = () => desk.keys.stands(principal);
        const events = weekEvents(
          body,
          { ask, type, principal, clock: desk.clock, stands, notTaking: desk.notTaking },
          requestId,
        );
        events.once("close", () => {
          running.splice(running.indexOf(principal.tenant), 1);
        });
        // A client that kept the connection would hold up a shutdown that ends the week.
        const headers = { connection: "close" };
        return { status: 200, body: events, mediaType: EVENT_STREAM, headers };
      },
    }),
  ];
}

/** @throws Fault `rate-limited` if the tenant has its share of weeks, `overloaded` if all run. */
function requireRoom(running: readonly string[], tenant: string): void {
  const own = running.filter((one) => one === tenant).length;
  const isOwn = own >= WEEKS_OF_TENANT_MAX;
  if (!isOwn && running.length < WEEKS_MAX) return;
  const most = isOwn ? WEEKS_OF_TENANT_MAX : WEEKS_MAX;
  const detail = `expected at most ${most} simulated weeks at once, got one more`;
  const row = isOwn ? serverFaults.rateLimited : serverFaults.overloaded;
  throw new Fault(row, { detail, retryAfterMs: RETRY_AFTER_MS });
}
