/**
 * Starts the sample beside a server and lets it be ended at any moment.
 */
import { startThread } from "#foundation";

/** What the sample tells while it plays. */
export type SampleMessage =
  | { readonly kind: "progress"; readonly played: number; readonly planned: number }
  /** `played` is 0 where the store had been used before. */
  | { readonly kind: "ended"; readonly played: number }
  | { readonly kind: "failed"; readonly reason: string };

/** Baskets the sample plays. */
const BASKETS = 2000;

/** Plays the sample on the server at `url`; `told` hears of it. The returned function ends it. */
export function startSample(
  url: string,
  told: (message: SampleMessage) => void,
): () => Promise<void> {
  const thread = startThread(new URL("./sample-thread.ts", import.meta.url), {
    workerData: { url, countMax: BASKETS },
  });
  thread.on("message", told);
  thread.once("error", (error) => told({ kind: "failed", reason: String(error) }));
  return async () => void (await thread.terminate());
}
