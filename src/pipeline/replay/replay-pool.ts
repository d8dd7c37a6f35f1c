/**
 * The solver threads as a replay may use them. Nobody's deadline hangs on a replay, so it takes one
 * thread at a time and leaves the others to decisions, and it gives its thread back as soon as it
 * is called off.
 */
import type { SolverPool } from "#runtime";

type Run = ReturnType<SolverPool["run"]>;

/** `pool`, a lane at a time, until `calledOff`: what runs is abandoned then, the rest not begun. */
export function replayPool(pool: SolverPool, calledOff: AbortSignal): SolverPool {
  let before: Promise<unknown> = Promise.resolve();

  async function runInTurn(begin: () => Run): ReturnType<() => Run["outcome"]> {
    await before;
    if (calledOff.aborted) return { end: "cancelled", attempts: [] };
    const { outcome, abandon } = begin();
    calledOff.addEventListener("abort", abandon, { once: true });
    try {
      return await outcome;
    } finally {
      calledOff.removeEventListener("abort", abandon);
    }
  }

  return {
    threadCount: 1,
    waiting: () => pool.waiting(),
    replaced: () => pool.replaced(),
    ready: () => pool.ready(),
    close: () => pool.close(),
    run: (task, orders) => {
      let run: Run | undefined;
      const outcome = runInTurn(() => {
        run = pool.run(task, orders);
        return run;
      });
      before = outcome;
      return { outcome, abandon: () => run?.abandon() };
    },
  };
}
