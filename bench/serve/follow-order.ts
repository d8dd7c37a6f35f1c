/**
 * One order to the load generator's process, and what comes of it.
 */
import { type EventEmitter, once } from "node:events";
import type { LoadOrder } from "./load-process.ts";
import type { Sent } from "./open-loop.ts";

/** A process that takes orders and answers each by one message. */
export interface Generator extends EventEmitter {
  send(order: LoadOrder): unknown;
}

/** The lives of the requests of `order`; nothing listens to `generator` any more afterwards. */
export async function followOrder(
  generator: Generator,
  order: LoadOrder,
): Promise<readonly Sent[]> {
  const ending = new AbortController();
  const { signal } = ending;
  const answer = once(generator, "message", { signal });
  const lost = once(generator, "exit", { signal }).then(() => {
    throw new Error("the load generator ended");
  });
  generator.send(order);
  try {
    const [lives]: readonly (readonly Sent[])[] = await Promise.race([answer, lost]);
    return lives;
  } finally {
    // Listeners of ended orders would pile up.
    ending.abort();
  }
}
