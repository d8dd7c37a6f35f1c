/**
 * Event streams cut at every place: what is read does not depend on where the network divides it.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ServerEvent, serverEvents } from "./event-stream.ts";

async function read(text: string, cuts: readonly number[]): Promise<ServerEvent[]> {
  const bytes = new TextEncoder().encode(text);
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])];
  ends.sort((a, b) => a - b);
  let from = 0;
  const parts = ends.map((end) => {
    const value = bytes.slice(from, end);
    from = end;
    return { done: false, value };
  });
  const events: ServerEvent[] = [];
  const body = {
    getReader: () => ({
      read: async () => parts.shift() ?? { done: true },
      cancel: async () => {},
    }),
  };
  for await (const event of serverEvents(body)) events.push(event);
  return events;
}

const STREAM =
  'retry: 2000\n\n: still here\n\nid: a\nevent: decision\ndata: {"naïve":\ndata: 1}\n\n' +
  "data:no space\r\n\r\nevent: missed\rdata: {}\r\rdata: never ended\n";

const EVENTS = [
  { event: "decision", data: '{"naïve":\n1}', id: "a" },
  { event: "message", data: "no space", id: "a" },
  { event: "missed", data: "{}", id: "a" },
];

test("the same events wherever the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(200), { maxLength: 20 }), async (cuts) => {
      expect(await read(STREAM, cuts)).toEqual(EVENTS);
    }),
    { numRuns: 200 },
  );
});

test("nothing in, nothing out; an event without end is refused", async () => {
  expect(await read("", [])).toEqual([]);
  await expect(read(`data: ${"x".repeat(1_100_000)}`, [])).rejects.toThrow(RangeError);
  const line = `data: ${"x".repeat(10_000)}\n`;
  await expect(read(line.repeat(110), [])).rejects.toThrow(RangeError);
});
