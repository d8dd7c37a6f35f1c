/**
 * Who gets in, in which order, and who is told at once that it is no use. Time is turned by hand.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Clock, Fault } from "#foundation";
import { pipelineFaults } from "#pipeline";
import { type Admission, openAdmission } from "./admission.ts";

/** A clock that moves only when told, and then fires what has become due. */
function handClock() {
  let nowMs = 0;
  const due: { readonly atMs: number; readonly action: () => void }[] = [];
  const clock: Clock = {
    utcMs: () => nowMs,
    monotonicMs: () => nowMs,
    after: (delayMs, action) => {
      const entry = { atMs: nowMs + delayMs, action };
      due.push(entry);
      return () => {
        const index = due.indexOf(entry);
        if (index >= 0) due.splice(index, 1);
      };
    },
  };
  const advance = async (byMs: number) => {
    nowMs += byMs;
    for (const entry of due.filter((one) => one.atMs <= nowMs)) {
      due.splice(due.indexOf(entry), 1);
      entry.action();
    }
    await settled();
  };
  return { clock, advance, pending: () => due.length };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Work that ends when told. */
function job(admission: Admission, startByMs: number, log: string[], name: string) {
  const end = Promise.withResolvers<void>();
  const run = admission.run(startByMs, async () => {
    log.push(name);
    await end.promise;
    return name;
  });
  const result = run.catch((error: unknown) =>
    error instanceof Fault ? error.row.code : Promise.reject(error),
  );
  return { result, end: end.resolve };
}

describe("admission", () => {
  test("lets in as many as there are places, the rest by deadline", async () => {
    const { clock } = handClock();
    const admission = openAdmission(clock, { inFlightMax: 1, queueMax: 9 });
    const log: string[] = [];
    const first = job(admission, 0, log, "first");
    const late = job(admission, 300, log, "late");
    const soon = job(admission, 100, log, "soon");
    const soonToo = job(admission, 100, log, "soon too");
    await settled();
    expect([admission.inFlight, admission.queued]).toEqual([1, 3]);
    for (const one of [first, soon, soonToo, late]) {
      one.end();
      await one.result;
    }
    expect(log).toEqual(["first", "soon", "soon too", "late"]);
    expect([admission.inFlight, admission.queued]).toEqual([0, 0]);
  });

  test("refuses who has waited until the latest start; keeps no timers", async () => {
    const { clock, advance, pending } = handClock();
    const admission = openAdmission(clock, { inFlightMax: 1, queueMax: 9 });
    const log: string[] = [];
    const first = job(admission, 0, log, "first");
    const short = job(admission, 10, log, "short");
    const long = job(admission, 20, log, "long");
    await advance(10);
    expect(await short.result).toBe("overloaded");
    first.end();
    await first.result;
    expect(pending()).toBe(0);
    long.end();
    expect(await long.result).toBe("long");
    expect(log).toEqual(["first", "long"]);
  });

  test("refuses at once who would wait too long at the present pace", async () => {
    const { clock, advance } = handClock();
    const admission = openAdmission(clock, { inFlightMax: 1, queueMax: 9 });
    const log: string[] = [];
    const measured = job(admission, 0, log, "measured");
    await advance(100);
    measured.end();
    await measured.result;
    const busy = job(admission, 0, log, "busy");
    expect(await job(admission, 199, log, "hopeless").result).toBe("overloaded");
    const hopeful = job(admission, 200, log, "hopeful");
    expect(admission.queued).toBe(1);
    busy.end();
    hopeful.end();
    expect(await hopeful.result).toBe("hopeful");
  });

  test("a large request waits for itself alone: it is no measure of small ones", async () => {
    const { clock, advance } = handClock();
    const admission = openAdmission(clock, { inFlightMax: 1, queueMax: 9 });
    for (const [sizeBytes, takesMs] of [
      [1_000, 10],
      [1_000_000, 500],
    ] as const) {
      const end = Promise.withResolvers<void>();
      const run = admission.run(0, () => end.promise, sizeBytes);
      await advance(takesMs);
      end.resolve();
      await run;
    }
    const busy = Promise.withResolvers<void>();
    const small = admission.run(0, () => busy.promise, 1_000);
    const waiting = admission.run(clock.monotonicMs() + 10, async () => "small", 1_000);
    expect(admission.queued).toBe(1);
    busy.resolve();
    await small;
    expect(await waiting).toBe("small");
    const still = Promise.withResolvers<void>();
    const large = admission.run(0, () => still.promise, 1_000_000);
    const behind = admission.run(clock.monotonicMs() + 400, async () => "behind", 1_000);
    await expect(behind).rejects.toMatchObject({ row: { code: "overloaded" } });
    still.resolve();
    await large;
  });

  test("refuses when the queue is full, naming when to come back", async () => {
    const { clock } = handClock();
    const admission = openAdmission(clock, { inFlightMax: 1, queueMax: 0 });
    const busy = job(admission, 0, [], "busy");
    await expect(admission.run(1e9, async () => {})).rejects.toMatchObject({
      row: { code: "overloaded" },
      retryAfterMs: expect.any(Number),
    });
    busy.end();
    await busy.result;
  });

  test("fewer at work after late ones, again as many after those in time", async () => {
    const { clock } = handClock();
    const admission = openAdmission(clock, { inFlightMax: 8, queueMax: 9 });
    const late = new Fault(pipelineFaults.unrecorded, { detail: "too late" });
    for (const places of [6, 5, 4, 3, 2, 2, 1, 1, 1, 1]) {
      await expect(admission.run(0, () => Promise.reject(late))).rejects.toBe(late);
      expect(admission.places).toBe(places);
    }
    const clash = new Fault(pipelineFaults.contradiction, { detail: "not late" });
    await expect(admission.run(0, () => Promise.reject(clash))).rejects.toBe(clash);
    const held = Promise.withResolvers<void>();
    const first = admission.run(0, () => held.promise);
    const waiting = Array.from({ length: 3 }, () => admission.run(1e9, async () => {}));
    expect([admission.inFlight, admission.queued]).toEqual([1, 3]);
    held.resolve();
    await Promise.all([first, ...waiting]);
    for (let count = 0; count < 40; count += 1) await admission.run(0, async () => {});
    expect([admission.inFlight, admission.places]).toEqual([0, 8]);
  });

  test("a failing decision gives its place back", async () => {
    const { clock } = handClock();
    const admission = openAdmission(clock, { inFlightMax: 1, queueMax: 1 });
    await expect(admission.run(0, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(admission.inFlight).toBe(0);
    expect(await admission.run(0, async () => "next")).toBe("next");
  });

  test("never more at work than places, nobody lost, whatever comes", async () => {
    const arrivals = fc.array(fc.record({ startByMs: fc.nat(50), takesMs: fc.nat(20) }), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 1, max: 4 }), async (requests, inFlightMax) => {
        const { clock, advance } = handClock();
        const admission = openAdmission(clock, { inFlightMax, queueMax: 8 });
        let atWork = 0;
        let most = 0;
        const ends = requests.map(({ startByMs, takesMs }) =>
          admission
            .run(startByMs, async () => {
              atWork += 1;
              most = Math.max(most, atWork);
              expect(clock.monotonicMs()).toBeLessThanOrEqual(Math.max(startByMs, 0));
              await new Promise<void>((resolve) => void clock.after(takesMs, resolve));
              atWork -= 1;
            })
            .catch((error: unknown) => expect(error).toBeInstanceOf(Fault)),
        );
        for (let step = 0; step < 1300; step += 5) await advance(5);
        await Promise.all(ends);
        expect(most).toBeLessThanOrEqual(inFlightMax);
        expect([admission.inFlight, admission.queued]).toEqual([0, 0]);
      }),
      { numRuns: 20 },
    );
  });
});
