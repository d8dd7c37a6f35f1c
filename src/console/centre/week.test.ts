/**
 * Following a week: what each event becomes, and that nothing is told after the end.
 */
import { expect, test } from "vitest";
import type { EventStream } from "../api/live.ts";
import { followWeek, waitText } from "./week.ts";

/** Follows a stream that the test drives. */
function followed() {
  const listeners = new Map<string, Parameters<EventStream["addEventListener"]>[1]>();
  const told: unknown[] = [];
  const asked: unknown[] = [];
  let closed = 0;
  const stream: EventStream = {
    readyState: 1,
    addEventListener: (type, listener) => void listeners.set(type, listener),
    close: () => {
      closed += 1;
    },
  };
  const leave = followWeek(
    (url, body) => {
      asked.push(url, body);
      return stream;
    },
    { days: 2, seed: 3, speed: 600 },
    {
      frame: (frame) => told.push(["frame", frame]),
      board: (board) => told.push(["board", board]),
      failed: (error) => told.push(["failed", String(error)]),
    },
  );
  const send = (type: string, data?: unknown) =>
    listeners.get(type)?.(data === undefined ? {} : { data: JSON.stringify(data) });
  return { told, asked, leave, send, closed: () => closed };
}

test("frames, then the board, then nothing more", () => {
  const { told, asked, send, closed } = followed();
  expect(asked).toEqual(["/v1/studies/contact-centre-week", { days: 2, seed: 3, speed: 600 }]);
  send("frame", { atSeconds: 60 });
  send("board", { title: "t" });
  send("error");
  send("frame", { atSeconds: 61 });
  expect(told).toEqual([
    ["frame", { atSeconds: 60 }],
    ["board", { title: "t" }],
  ]);
  expect(closed()).toBe(1);
});

test("a failure is told with its title, a lost connection as one", () => {
  const refused = followed();
  refused.send("failed", { title: "The server is busy." });
  expect(refused.told).toEqual([["failed", "Refusal: The server is busy."]]);
  const before = followed();
  before.send("refused", { title: "The role does not suffice." });
  expect(before.told).toEqual([["failed", "Refusal: The role does not suffice."]]);
  const lost = followed();
  lost.send("error");
  expect(lost.told).toEqual([["failed", "Error: The connection ended before the week did."]]);
});

test("whoever leaves is told nothing", () => {
  const { told, leave, send, closed } = followed();
  leave();
  send("frame", { atSeconds: 1 });
  send("error");
  expect([told, closed()]).toEqual([[], 1]);
});

test.each([
  [0, "0 s"],
  [59.6, "1 min 0 s"],
  [125, "2 min 5 s"],
])("a wait of %d s is %s", (seconds, text) => {
  expect(waitText(seconds)).toBe(text);
});
