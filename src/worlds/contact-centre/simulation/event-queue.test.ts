/**
 * The event queue beside a sorted list: the earliest first, equals in the order they were put in.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventQueue } from "./event-queue.ts";

describe("event queue", () => {
  test("an empty queue gives nothing, also after it was emptied", () => {
    const queue = new EventQueue();
    expect(queue.take()).toBe(false);
    queue.put(3, 1, 7);
    expect(queue.take()).toBe(true);
    expect([queue.atSeconds, queue.kind, queue.subject]).toEqual([3, 1, 7]);
    expect(queue.take()).toBe(false);
  });

  test("is a stable sort, however puts and takes alternate", () => {
    // Few distinct times, so that ties are the usual case; a negative one stands for a take.
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -6, max: 8 }), { maxLength: 3000 }), (steps) => {
        const queue = new EventQueue();
        const model: { time: number; subject: number }[] = [];
        for (const [subject, time] of steps.entries()) {
          if (time >= 0) {
            queue.put(time, subject % 8, subject);
            const after = model.findIndex((event) => event.time > time);
            model.splice(after < 0 ? model.length : after, 0, { time, subject });
            continue;
          }
          const expected = model.shift();
          expect(queue.take()).toBe(expected !== undefined);
          if (expected === undefined) continue;
          expect(queue.atSeconds).toBe(expected.time);
          expect(queue.subject).toBe(expected.subject);
          expect(queue.kind).toBe(expected.subject % 8);
        }
        for (const { subject } of model) {
          queue.take();
          expect(queue.subject).toBe(subject);
        }
      }),
    );
  });

  test("carries subjects up to 2^28", () => {
    const queue = new EventQueue();
    queue.put(0, 7, 2 ** 28 - 1);
    queue.take();
    expect([queue.kind, queue.subject]).toEqual([7, 2 ** 28 - 1]);
  });
});
