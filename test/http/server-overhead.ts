/**
 * What the HTTP edge costs per decision, in CPU time: a pipeline that answers at once, a client in
 * a process of its own. Run it with `npx node test/http/server-overhead.ts`.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { randomStream } from "#foundation";
import { openStage, REPLY } from "./stage.ts";

const WARM_UP = 3000;
const MEASURED = 6000;
const CONNECTIONS = 4;

interface Candidate {
  readonly id: string;
  readonly score: number;
  readonly group: readonly string[];
  readonly embedding?: readonly number[];
}

/** A request of `count` candidates with embeddings of `dimension` numbers. */
function requestBody(count: number, dimension: number): string {
  const random = randomStream(1, "overhead");
  const sixDigits = () => Math.round(random.unit() * 1e6) / 1e6;
  const candidates = Array.from({ length: count }, (_, index): Candidate => {
    const plain = { id: `item-${index}`, score: sixDigits(), group: ["a", "b"] };
    if (dimension === 0) return plain;
    return { ...plain, embedding: Array.from({ length: dimension }, sixDigits) };
  });
  return JSON.stringify({ candidates, k: 10, options: { deadlineMs: 5000 } });
}

const CASES = [
  ["20 candidates, no embeddings", requestBody(20, 0)],
  ["100 candidates, embeddings of 32", requestBody(100, 32)],
] as const;

async function serve(): Promise<void> {
  const { base, server } = await openStage(async () => REPLY);
  for (const [name, body] of CASES) {
    let before = process.cpuUsage();
    for (const count of [WARM_UP, MEASURED]) {
      before = process.cpuUsage();
      const client = fork(import.meta.filename, [base, body, String(count)]);
      const [code] = await once(client, "exit");
      if (code !== 0) throw new Error(`expected every request answered, got exit ${code}`);
    }
    const { user, system } = process.cpuUsage(before);
    const msEach = (user + system) / 1000 / MEASURED;
    process.stdout.write(`${name}, ${body.length} bytes: ${msEach.toFixed(3)} CPU-ms\n`);
  }
  await server.drain(1000);
}

async function ask(base: string, body: string, count: number): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const headers = { "content-type": "application/json", "content-length": body.length };
  const send = async () => {
    const request = http.request(`${base}/v1/decisions/ranking`, {
      method: "POST",
      agent,
      headers,
    });
    request.end(body);
    const [reply] = await once(request, "response");
    reply.resume();
    await once(reply, "end");
    if (reply.statusCode !== 200) throw new Error(`expected 200, got ${reply.statusCode}`);
  };
  let left = count;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await send();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  agent.destroy();
}

const [, , base, body, count] = process.argv;
if (base === undefined || body === undefined) await serve();
else await ask(base, body, Number(count));
