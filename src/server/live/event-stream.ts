/**
 * Server-sent events (WHATWG HTML, 9.2): one text stream per watcher, with a heartbeat so that dead
 * connections are noticed, and a bound on what waits for a reader that does not read.
 */
import { Readable } from "node:stream";
import type { Clock, TenantId } from "#foundation";
import type { DecisionSummary } from "#wire";
import type { DecisionFeed } from "./decision-feed.ts";

/** The media type of server-sent events. */
export const EVENT_STREAM = "text/event-stream; charset=utf-8";

const HEARTBEAT_MS = 15_000;

/** A reader this far behind is let go; it may come back and resume. */
const BEHIND_BYTES_MAX = 256 * 1024;

/** How soon a browser comes back after a broken connection. */
const RETRY_MS = 2000;

/** One watcher's events: `decision` with a summary, `missed` when resuming was not possible. */
export function decisionEvents(
  feed: DecisionFeed,
  clock: Clock,
  tenant: TenantId,
  afterId: string | undefined,
): Readable {
  const stream = new Readable({ read: () => {}, highWaterMark: BEHIND_BYTES_MAX });
  let cancelHeartbeat = () => {};
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    stream.push(null);
  };
  const write = (text: string) => {
    if (ended || stream.destroyed) return;
    stream.push(text);
    if (stream.readableLength > BEHIND_BYTES_MAX) end();
  };
  const beat = () => {
    cancelHeartbeat = clock.after(HEARTBEAT_MS, () => {
      write(": still here\n\n");
      beat();
    });
  };
  write(`retry: ${RETRY_MS}\n\n`);
  const watching = feed.watch(
    tenant,
    { decided: (decision) => write(eventOf(decision)), ended: end },
    afterId,
  );
  if (watching.missed) write("event: missed\ndata: {}\n\n");
  beat();
  stream.once("close", () => {
    cancelHeartbeat();
    watching.leave();
  });
  return stream;
}

function eventOf(decision: DecisionSummary): string {
  return `id: ${decision.decisionId}\nevent: decision\ndata: ${JSON.stringify(decision)}\n\n`;
}
