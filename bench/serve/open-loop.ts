/**
 * Load that does not wait for answers. In an open loop the instants at which requests are due are
 * drawn beforehand (a Poisson process), and latency counts from there: a server that stalls does
 * not thereby slow its visitors down, and what they would have waited is not left out (coordinated
 * omission, G. Tene). A closed loop of a few clients that ask as fast as they are answered tells
 * what a server can do at most.
 */
import { randomStream } from "#foundation";
import { Connection, postBytes } from "./connection.ts";
import type { Ending, Judge } from "./judge.ts";
import type { Asked } from "./workload.ts";

/** Where to and what. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly requests: readonly Asked[];
  readonly judge: Judge;
}

/** One request's life, in milliseconds since the run began. */
export interface Sent {
  readonly dueMs: number;
  readonly sentMs: number;
  readonly endedMs: number;
  readonly ending: Ending;
}

/** More than a busy server should ever hold open; what is due beyond waits, and its wait counts. */
const CONNECTIONS_MAX = 512;

const REFUSED_PAUSE_MS = 100;

/** Sends `perSecond` requests a second for `seconds`, and waits for every end. */
export async function openLoop(
  target: Target,
  perSecond: number,
  seconds: number,
  seed: number,
): Promise<readonly Sent[]> {
  const dueMs = arrivals(perSecond, seconds, seed);
  const client = new Client(target);
  let next = 0;
  while (next < dueMs.length) {
    while (next < dueMs.length && dueMs[next] <= client.nowMs()) {
      client.ask(dueMs[next]);
      next += 1;
    }
    const waitMs = next < dueMs.length ? dueMs[next] - client.nowMs() : 0;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, waitMs)));
  }
  return client.finish();
}

/** `clients` that each ask again as soon as they are answered, for `seconds`. */
export async function closedLoop(
  target: Target,
  clients: number,
  seconds: number,
): Promise<readonly Sent[]> {
  const again = () => {
    if (client.nowMs() < seconds * 1000) client.ask(client.nowMs());
  };
  // Whoever is refused comes back later; to insist would be a load of its own.
  const client = new Client(target, (ending) => {
    if (ending.kind === "answered") again();
    else setTimeout(again, REFUSED_PAUSE_MS);
  });
  for (let index = 0; index < clients; index += 1) client.ask(client.nowMs());
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000 + REFUSED_PAUSE_MS));
  return client.finish();
}

function arrivals(perSecond: number, seconds: number, seed: number): number[] {
  const random = randomStream(seed, "arrivals");
  const dueMs: number[] = [];
  const gapMs = 1000 / perSecond;
  let atMs = 0;
  while (atMs < seconds * 1000) {
    dueMs.push(atMs);
    atMs += -Math.log(1 - random.unit()) * gapMs;
  }
  return dueMs;
}

class Client {
  readonly #target: Target;
  readonly #bytes: readonly Buffer[];
  readonly #onEnd: (ending: Ending) => void;
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #waiting: { readonly dueMs: number; readonly index: number }[] = [];
  readonly #sent: Sent[] = [];
  readonly #startedAtMs = performance.now();
  #asked = 0;
  #underWay = 0;

  constructor(target: Target, onEnd: (ending: Ending) => void = () => {}) {
    this.#target = target;
    this.#onEnd = onEnd;
    const { host, port, path, requests } = target;
    this.#bytes = requests.map(({ body }) => postBytes(`${host}:${port}`, path, body));
  }

  nowMs(): number {
    return performance.now() - this.#startedAtMs;
  }

  ask(dueMs: number): void {
    const index = this.#asked % this.#bytes.length;
    this.#asked += 1;
    this.#underWay += 1;
    this.#waiting.push({ dueMs, index });
    this.#sendNext();
  }

  /** Every request's life, once the last has ended. */
  async finish(): Promise<readonly Sent[]> {
    while (this.#underWay > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const connection of this.#all) connection.close();
    return this.#sent;
  }

  #sendNext(): void {
    const connection = this.#free();
    const next = connection && this.#waiting.shift();
    if (connection === undefined || next === undefined) return;
    const sentMs = this.nowMs();
    connection.send(this.#bytes[next.index], (reply, reason) => {
      const asked = this.#target.requests[next.index];
      const endedMs = this.nowMs();
      const ending = this.#target.judge(asked, reply, reason);
      this.#sent.push({ dueMs: next.dueMs, sentMs, endedMs, ending });
      this.#underWay -= 1;
      if (connection.isOpen) this.#idle.push(connection);
      else this.#all.delete(connection);
      this.#onEnd(ending);
      if (this.#waiting.length > 0) this.#sendNext();
    });
  }

  #free(): Connection | undefined {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (idle.isOpen) return idle;
      this.#all.delete(idle);
    }
    if (this.#all.size >= CONNECTIONS_MAX) return undefined;
    const opened = new Connection(this.#target.host, this.#target.port);
    this.#all.add(opened);
    return opened;
  }
}
