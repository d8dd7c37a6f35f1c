/**
 * Bounded concurrency: so many questions in flight and no more.
 */

/**
 * Runs `work` on every item, at most `limit` at a time, beginning in order. Stops beginning new
 * ones when `signal` is aborted or one has failed; what is in flight is always awaited.
 *
 * @throws what the first failing `work` threw.
 */
export async function eachInFlight<Item>(
  items: readonly Item[],
  limit: number,
  signal: AbortSignal,
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  let failed = false;
  async function lane(): Promise<void> {
    while (next < items.length && !failed && !signal.aborted) {
      const index = next;
      next += 1;
      try {
        await work(items[index], index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  const lanes = Array.from({ length: Math.min(limit, items.length) }, lane);
  const failure = (await Promise.allSettled(lanes)).find(({ status }) => status === "rejected");
  if (failure?.status === "rejected") throw failure.reason;
}
