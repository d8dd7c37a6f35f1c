/**
 * Watching through a stream held in the hand: what is told, and how it comes back after a refusal.
 */
import { describe, expect, test } from "vitest";
import { type EventStream, type LiveState, watchDecisions } from "./live.ts";

const ID = "01981f3a-5b00-7000-8000-000000000001";

class HandStream implements EventStream {
  readyState = 0;
  isClosed = false;
  readonly url: string;
  readonly #listeners = new Map<string, (event: { readonly data?: string }) => void>();

  constructor(url: string) {
    this.url = url;
  }

  addEventListener(type: string, listener: (event: { readonly data?: string }) => void): void {
    this.#listeners.set(type, listener);
  }

  close(): void {
    this.isClosed = true;
  }

  tell(type: string, data?: string): void {
    this.#listeners.get(type)?.(data === undefined ? {} : { data });
  }
}

function watched() {
  const streams: HandStream[] = [];
  const states: LiveState[] = [];
  const ids: string[] = [];
  const waiting: (() => void)[] = [];
  let missed = 0;
  const stop = watchDecisions(
    (url) => {
      const stream = new HandStream(url);
      streams.push(stream);
      return stream;
    },
    (_delayMs, action) => {
      waiting.push(action);
      return () => void waiting.splice(0);
    },
    {
      decided: ({ decisionId }) => void ids.push(decisionId),
      missed: () => {
        missed += 1;
      },
      state: (state) => void states.push(state),
    },
  );
  const last = (): HandStream => streams[streams.length - 1];
  return { streams, states, ids, waiting, stop, last, missed: () => missed };
}

describe("watchDecisions", () => {
  test("tells what comes", () => {
    const { last, states, ids, missed } = watched();
    last().tell("open");
    last().tell("decision", JSON.stringify({ decisionId: ID }));
    last().tell("missed", "{}");
    expect([states, ids, missed()]).toEqual([["connecting", "live"], [ID], 1]);
  });

  test("leaves coming back to the browser while it tries", () => {
    const { last, streams, states, waiting } = watched();
    last().tell("error");
    expect([streams.length, waiting.length, states.at(-1)]).toEqual([1, 0, "waiting"]);
  });

  test("comes back by itself after a refusal, after the last decision seen", () => {
    const { last, streams, waiting } = watched();
    last().tell("decision", JSON.stringify({ decisionId: ID }));
    last().readyState = 2;
    last().tell("error");
    waiting[0]();
    expect(streams.map(({ url }) => url)).toEqual([
      "/v1/decisions/stream",
      `/v1/decisions/stream?after=${ID}`,
    ]);
  });

  test("stops for good, also while it waits", () => {
    const { last, waiting, stop } = watched();
    last().readyState = 2;
    last().tell("error");
    stop();
    expect([waiting.length, last().isClosed]).toEqual([0, true]);
  });
});
