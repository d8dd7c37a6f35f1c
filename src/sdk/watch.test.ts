/**
 * Watching over streams that end, fall silent or are none: when the watcher comes back, and when it
 * is told that there is nothing to come back to.
 */
import { expect, test } from "vitest";
import { TandemClient } from "./tandem-client.ts";

const EVENT = 'event: decision\ndata: {"decisionId":"a"}\n\n';
const STREAM = { headers: { "content-type": "text/event-stream; charset=utf-8" } };

/** A client for which every wait is over at once, and the waits it asked for. */
function watching(replies: readonly ((signal: AbortSignal) => Response)[]) {
  const waitsMs: number[] = [];
  let asked = 0;
  const client = new TandemClient({
    baseUrl: "http://tandem.example",
    surroundings: {
      fetch: async (_url, { signal }) => {
        const reply = replies[asked];
        asked += 1;
        if (reply === undefined) throw new Error("asked too often");
        return reply(signal);
      },
      nowMs: () => 0,
      after: (delayMs, action) => {
        // Replies are there at once: what is still awaited after a turn will never come.
        const timer = setTimeout(() => {
          waitsMs.push(delayMs);
          action();
        }, 20);
        return () => clearTimeout(timer);
      },
      uniform: () => 1,
      newKey: () => "key",
    },
  });
  return { events: client.watch(), waitsMs };
}

const whole = () => new Response(EVENT, STREAM);

test("a stream that falls silent is opened again", async () => {
  const silent = (signal: AbortSignal) => {
    const start = (controller: ReadableStreamDefaultController) =>
      signal.addEventListener("abort", () => controller.error(signal.reason), { once: true });
    return new Response(new ReadableStream({ start }), STREAM);
  };
  const { events, waitsMs } = watching([silent, whole]);
  expect((await events.next()).value).toEqual({ kind: "decision", decision: { decisionId: "a" } });
  expect(waitsMs).toEqual([45_000, 1000]);
  await events.return(undefined);
});

test("a server that is away is waited for, longer each time", async () => {
  const away = () => new Response("<html>", { status: 502 });
  const { events, waitsMs } = watching([away, away, away, whole]);
  expect((await events.next()).value).toMatchObject({ kind: "decision" });
  expect(waitsMs).toEqual([2000, 4000, 8000]);
  await events.return(undefined);
});

test.each([
  ["no stream", () => Response.json({ decisionId: "a" })],
  ["a list for a decision", () => new Response("event: decision\ndata: []\n\n", STREAM)],
  ["nothing for a decision", () => new Response("event: decision\ndata: null\n\n", STREAM)],
  ["no JSON", () => new Response("event: decision\ndata: {\n\n", STREAM)],
])("%s is refused", async (_remark, reply) => {
  const { events } = watching([reply]);
  await expect(events.next()).rejects.toMatchObject({ code: "unexpected-reply", retry: false });
});
