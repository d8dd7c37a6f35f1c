/**
 * The load generator's process: beside the server, never inside it. Gets one order per message and
 * sends back every request's life.
 */
import { decisionJudge, echoJudge } from "./judge.ts";
import { closedLoop, openLoop, type Sent, type Target } from "./open-loop.ts";
import { embeddingRequests, registeredRequests } from "./workload.ts";

/** What to send where. */
export interface LoadOrder {
  readonly url: string;
  readonly workload: "registered" | "embeddings";
  readonly asks: "decisions" | "echo";
  readonly load:
    | {
        readonly kind: "open";
        readonly perSecond: number;
        readonly seconds: number;
        readonly seed: number;
      }
    | { readonly kind: "closed"; readonly clients: number; readonly seconds: number };
}

/** Different requests per run: enough that no answer is simply remembered by a cache. */
const REQUESTS = 400;

async function follow({ url, workload, asks, load }: LoadOrder): Promise<readonly Sent[]> {
  const { hostname: host, port } = new URL(url);
  const target: Target = {
    host,
    port: Number(port),
    path: asks === "echo" ? "/echo" : "/v1/decisions/ranking",
    requests: (workload === "registered" ? registeredRequests : embeddingRequests)(REQUESTS),
    judge: asks === "echo" ? echoJudge : decisionJudge,
  };
  return load.kind === "open"
    ? openLoop(target, load.perSecond, load.seconds, load.seed)
    : closedLoop(target, load.clients, load.seconds);
}

process.on("message", (order: LoadOrder) => {
  follow(order).then((lives) => process.send?.(lives));
});
process.on("disconnect", () => process.exit());
