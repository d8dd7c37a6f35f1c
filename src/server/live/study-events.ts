/**
 * A simulated week as server-sent events: `frame` with a look at the floor, `board` at the end,
 * `failed` with a problem if it cannot go on. It waits for its watcher: a slow one slows the week,
 * one that leaves ends it.
 */
import { Readable } from "node:stream";
import { type Clock, Fault, type Principal, present } from "#foundation";
import { boardOf, runCentreWeek, tickDecision, unhurried } from "#studies";
import type { Board, CentreFrame } from "#wire";
import type { Ask } from "../ask.ts";
import { serverFaults } from "../faults.ts";
import type { FrontDesk, ListedType } from "../front-desk.ts";
import { requireTaking } from "../intake/readiness.ts";
import { problemOf } from "../refusal/problem-reply.ts";

/** What a week needs of the server. */
export interface WeekSurroundings {
  readonly ask: Ask;
  readonly type: ListedType;
  readonly principal: Principal;
  readonly clock: Clock;
  /** Whether the caller is still allowed to ask. */
  stands(): boolean;
  /** Why the server takes no work now; `undefined` when it does. */
  readonly notTaking: FrontDesk["notTaking"];
}

/** Which week, and how fast at most, in seconds of the centre per second. */
export interface PacedWeek {
  readonly days: number;
  readonly seed: number;
  readonly speed: number;
}

/** Nights are not sat through. The slowest week there is takes so long over a minute. */
const PAUSE_MS_MAX = 400;
/** How often one tick is asked again that the server had no room for. */
const TRIES = 50;
const AGAIN_MS = 100;
const HELD_BYTES_MAX = 64 * 1024;

/** Runs the week for one watcher. `requestId` is the one its log lines carry. */
export function weekEvents(
  week: PacedWeek,
  surroundings: WeekSurroundings,
  requestId: string,
): Readable {
  const leaving = new AbortController();
  let goOn = () => {};
  const stream = new Readable({ read: () => goOn(), highWaterMark: HELD_BYTES_MAX });
  stream.once("close", () => {
    leaving.abort();
    goOn();
  });
  const tell = async (event: string, data: unknown): Promise<void> => {
    leaving.signal.throwIfAborted();
    if (stream.push(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) return;
    await new Promise<void>((resolve) => {
      goOn = resolve;
    });
  };
  const run = async () => {
    try {
      const pace = pacemaker(week.speed, surroundings.clock);
      const found = await runCentreWeek(week, {
        decide: async (request) => askPatiently(unhurried(request), surroundings, leaving.signal),
        look: async (frame) => {
          requireStanding(surroundings);
          requireTaking(surroundings.notTaking());
          await tell("frame", frame satisfies CentreFrame);
          await pace(frame);
        },
      });
      await tell("board", boardOf(found) satisfies Board);
    } catch (error) {
      if (leaving.signal.aborted) return;
      // A defect ends the connection, and the server logs it.
      if (!(error instanceof Fault)) return void stream.destroy(asError(error));
      await tell("failed", problemOf(error, requestId));
    }
    stream.push(null);
  };
  // After this turn, so that whoever takes the stream is listening.
  surroundings.clock.after(0, () => void run());
  return stream;
}

/** Waits between looks so that the week goes no faster than `speed`. */
function pacemaker(speed: number, clock: Clock): (frame: CentreFrame) => Promise<void> {
  let dueAtMs = clock.monotonicMs();
  let lastSeconds = 0;
  return ({ atSeconds }) => {
    const stepMs = Math.min(((atSeconds - lastSeconds) * 1000) / speed, PAUSE_MS_MAX);
    lastSeconds = atSeconds;
    dueAtMs = Math.max(dueAtMs + stepMs, clock.monotonicMs());
    return pause(clock, dueAtMs - clock.monotonicMs());
  };
}

/**
 * Asks; comes back to a server that had no room, which is no failure of the week. One that shuts
 * down is not asked again: it would wait for the week to end.
 */
async function askPatiently(
  body: unknown,
  { ask, type, principal, clock, notTaking }: WeekSurroundings,
  signal: AbortSignal,
) {
  for (let tries = 1; ; tries += 1) {
    requireTaking(notTaking());
    try {
      const receivedAtMs = clock.monotonicMs();
      const question = { principal, body, idempotencyKey: undefined, signal, receivedAtMs };
      return present(tickDecision(await ask(type, question)), "the reply to a routing decision");
    } catch (error) {
      const mayTryAgain = error instanceof Fault && error.row.retry && tries < TRIES;
      if (!mayTryAgain || signal.aborted || notTaking() !== undefined) throw error;
      await pause(clock, error.retryAfterMs ?? AGAIN_MS);
    }
  }
}

function requireStanding({ stands }: WeekSurroundings): void {
  if (stands()) return;
  throw new Fault(serverFaults.keyRefused, {
    detail: "expected a key in force, got one that ended",
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function pause(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => void clock.after(Math.max(delayMs, 0), resolve));
}
