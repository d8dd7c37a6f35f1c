/**
 * Long work in the thread that also hears signals and messages: in slices, with a breath between
 * them, and a question it can ask about the time.
 */
import type { Clock } from "#foundation";
import type { SolveRequest } from "../solve.ts";

/** Time between two breaths. */
const SLICE_MS = 50;

/** Of the time there is, what may go by before the search begins. */
const PREPARATION_SHARE = 0.3;

/** The pace of one solve. */
export interface Pace {
  /** Since the solve began. */
  elapsedMs(): number;
  /** Whether preparations have had their share of the time, or the caller has left. */
  isOver(): boolean;
  /** Whether the whole time is over, or the caller has left. */
  isEnded(): boolean;
  /** Whether even those who are late are waited for no longer, or the caller has left. */
  isPastGrace(): boolean;
  /** Does the work slice by slice. */
  drive<Result>(work: Generator<void, Result>): Promise<Result>;
}

/** The pace of a solve that begins now. */
export function paceOf(
  clock: Clock,
  { budget, signal }: Pick<SolveRequest, "budget" | "signal">,
): Pace {
  const startedMs = clock.monotonicMs();
  const prepareUntilMs = startedMs + (budget.searchUntilMs - startedMs) * PREPARATION_SHARE;
  const hasLeft = () => signal?.aborted === true;
  let heardMs = startedMs;
  const breathe = async () => {
    await new Promise<void>((resolve) => clock.after(0, resolve));
    heardMs = clock.monotonicMs();
  };
  return {
    elapsedMs: () => clock.monotonicMs() - startedMs,
    isOver: () => hasLeft() || clock.monotonicMs() >= prepareUntilMs,
    isEnded: () => hasLeft() || clock.monotonicMs() >= budget.searchUntilMs,
    isPastGrace: () => hasLeft() || clock.monotonicMs() >= budget.abandonAtMs,
    drive: async (work) => {
      for (;;) {
        const { done, value } = work.next();
        if (done === true) return value;
        if (clock.monotonicMs() - heardMs >= SLICE_MS) await breathe();
      }
    },
  };
}
