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

/** How soon a stream ends whose key is no longer in force. */
const LOOK_MS = 500;

/** A reader this far behind is let go; it may come back and resume. */
const BEHIND_BYTES_MAX = 256 * 1024;

/** How soon a browser comes back after a broken connection. */
const RETRY_MS = 2000;

/** Who listens, and to what. */
export interface Listener {
  readonly tenant: TenantId;
  /** Whether it is allowed to know of this decision now. */
  mayHear(decision: DecisionSummary): boolean;
  /** Whether it is still allowed to listen at all. */
  stands(): boolean;
  /** The decision after which it resumes. */
  readonly afterId: string | undefined;
}

/** One watcher's events: `decision` with a summary, `missed` when resuming was not possible. */
export function decisionEvents(feed: DecisionFeed, clock: Clock, listener: Listener): Readable {
  const { tenant, afterId } = listener;
  const stream = new Readable({ read: () => {}, highWaterMark: BEHIND_BYTES_MAX });
  let cancelLook = () => {};
  let beatenAtMs = clock.monotonicMs();
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
  const look = () => {
    cancelLook = clock.after(LOOK_MS, () => {
      if (!listener.stands()) return end();
      if (clock.monotonicMs() - beatenAtMs >= HEARTBEAT_MS) {
        beatenAtMs = clock.monotonicMs();
        write(": still here\n\n");
      }
      look();
    });
  };
  write(`retry: ${RETRY_MS}\n\n`);
  const watching = feed.watch(
    tenant,
    {
      decided: (decision) => {
        if (listener.mayHear(decision)) write(eventOf(decision));
      },
      ended: end,
    },
    afterId,
  );
  if (watching.missed) write("event: missed\ndata: {}\n\n");
  look();
  stream.once("close", () => {
    cancelLook();
    watching.leave();
  });
  return stream;
}

function eventOf(decision: DecisionSummary): string {
  return `id: ${decision.decisionId}\nevent: decision\ndata: ${JSON.stringify(decision)}\n\n`;
}
