/**
 * A store on a simulated disk. It keeps the port's contract and nothing more: a write is confirmed
 * when its batch has been flushed, batches are flushed one after another, a crash loses whatever
 * was not, and the batch in the middle of its flush survives by chance. After a failed flush it
 * confirms nothing any more, until it is opened anew.
 */
import { type Clock, Fault, type RandomStream } from "#foundation";
import type { Store } from "#pipeline";
import { openMemoryStore, storeFaults } from "#store";

/** How the disk behaves. */
export interface DiskWeather {
  readonly latencyMsMax: number;
  /** Share of reads and of flushes that take much longer, and how long. */
  readonly stallShare: number;
  readonly stallMsMax: number;
  readonly flushFailureShare: number;
}

/** Bugs that can be planted, to see that the checks find them. */
export type StorePlant =
  | "drops-last-write"
  | "confirms-early"
  | "forgets-keys"
  | "mixes-tenants"
  | "alters-requests";

/** A write as it can be done again after a crash. */
type Write = (store: Store) => Promise<unknown>;

interface Waiting {
  readonly write: Write;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/** What outlives a process: the writes that reached the disk, in order. */
export class SimulatedDisk {
  readonly #durable: Write[] = [];
  readonly #random: RandomStream;
  readonly #plant: StorePlant | undefined;
  #inFlight: readonly Write[] = [];

  constructor(random: RandomStream, plant?: StorePlant) {
    this.#random = random;
    this.#plant = plant;
  }

  /** Whether writes are confirmed before they are flushed. */
  get confirmsEarly(): boolean {
    return this.#plant === "confirms-early";
  }

  begin(batch: readonly Write[]): void {
    this.#inFlight = batch;
  }

  /** The batch in flight is on the disk. */
  flushed(): void {
    this.#durable.push(...this.#inFlight);
    this.#inFlight = [];
  }

  /** The process is gone, or the flush failed: nobody knows whether the batch got through. */
  broken(): void {
    if (this.#random.below(2) === 0) this.flushed();
    this.#inFlight = [];
    if (this.#plant === "drops-last-write") this.#durable.pop();
  }

  /** What a process finds when it opens the disk. */
  async recovered(): Promise<Store> {
    const found = openMemoryStore();
    for (const write of this.#durable) await write(found).catch(() => {});
    return planted(found, this.#plant);
  }
}

/** Opens the store of a new process over what `disk` has kept. */
export async function openSimulatedStore(
  disk: SimulatedDisk,
  clock: Clock,
  random: RandomStream,
  weather: DiskWeather,
): Promise<Store> {
  const access = new DiskAccess(disk, await disk.recovered(), clock, random, weather);
  return {
    append: (...given) => access.write((store) => store.append(...given)),
    erasePayload: (...given) => access.write((store) => store.erasePayload(...given)),
    addPolicy: (...given) => access.write((store) => store.addPolicy(...given)),
    putItemSet: (...given) => access.write((store) => store.putItemSet(...given)),
    addOutcomes: (...given) => access.write((store) => store.addOutcomes(...given)),
    expire: (...given) => access.write((store) => store.expire(...given)),
    decision: (...given) => access.read((store) => store.decision(...given)),
    decisions: (...given) => access.read((store) => store.decisions(...given)),
    payload: (...given) => access.read((store) => store.payload(...given)),
    claim: (...given) => access.read((store) => store.claim(...given)),
    policy: (...given) => access.read((store) => store.policy(...given)),
    policies: (...given) => access.read((store) => store.policies(...given)),
    itemSet: (...given) => access.read((store) => store.itemSet(...given)),
    itemSetVersion: (...given) => access.read((store) => store.itemSetVersion(...given)),
    outcomes: (...given) => access.read((store) => store.outcomes(...given)),
    rows: (...given) => access.read((store) => store.rows(...given)),
    ready: () => access.read(async () => {}),
    close: async () => {},
  };
}

class DiskAccess {
  readonly #disk: SimulatedDisk;
  readonly #shown: Store;
  readonly #clock: Clock;
  readonly #random: RandomStream;
  readonly #weather: DiskWeather;
  #queue: Waiting[] = [];
  #isFlushing = false;
  #gone: Fault | undefined;

  constructor(
    disk: SimulatedDisk,
    shown: Store,
    clock: Clock,
    random: RandomStream,
    weather: DiskWeather,
  ) {
    this.#disk = disk;
    this.#shown = shown;
    this.#clock = clock;
    this.#random = random;
    this.#weather = weather;
  }

  async read<Result>(query: (store: Store) => Promise<Result>): Promise<Result> {
    await this.#wait();
    if (this.#gone !== undefined) throw this.#gone;
    return await query(this.#shown);
  }

  async write<Result>(write: (store: Store) => Promise<Result>): Promise<Result> {
    if (this.#gone !== undefined) throw this.#gone;
    // Run once when its flush is through, and again by every process that finds it on the disk.
    const flushed = new Promise<unknown>((resolve, reject) => {
      this.#queue.push({ write, resolve, reject });
      if (this.#disk.confirmsEarly) resolve(undefined);
    });
    void this.#flushAll();
    await flushed;
    return await write(this.#shown);
  }

  async #flushAll(): Promise<void> {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    while (this.#queue.length > 0 && this.#gone === undefined) {
      const batch = this.#queue;
      this.#queue = [];
      this.#disk.begin(batch.map(({ write }) => write));
      await this.#wait();
      if (this.#random.unit() < this.#weather.flushFailureShare) this.#fail(batch);
      else {
        this.#disk.flushed();
        for (const { resolve } of batch) resolve(undefined);
      }
    }
    this.#isFlushing = false;
  }

  #fail(batch: readonly Waiting[]): void {
    this.#disk.broken();
    this.#gone = new Fault(storeFaults.flushFailed, { detail: "flush: refused by the simulation" });
    for (const { reject } of [...batch, ...this.#queue]) reject(this.#gone);
    this.#queue = [];
  }

  #wait(): Promise<void> {
    const { latencyMsMax, stallShare, stallMsMax } = this.#weather;
    const isStalled = this.#random.unit() < stallShare;
    const delayMs = this.#random.unit() * (isStalled ? stallMsMax : latencyMsMax);
    return new Promise((resolve) => this.#clock.after(delayMs, resolve));
  }
}

/** `store` with a bug in it. */
function planted(store: Store, plant: StorePlant | undefined): Store {
  switch (plant) {
    case "forgets-keys":
      return {
        ...store,
        claim: async () => undefined,
        append: (decision, payloads) => store.append(decision, payloads),
      };
    case "mixes-tenants":
      return {
        ...store,
        decisions: async (query) => {
          const tenants = ["north", "south", "east"].map((tenant) => ({ ...query, tenant }));
          return (await Promise.all(tenants.map((asked) => store.decisions(asked)))).flat();
        },
      };
    case "alters-requests":
      return {
        ...store,
        payload: async (tenant, digest) => {
          const kept = await store.payload(tenant, digest);
          return kept && { ...kept, text: kept.text.replace(/"k":\d+/, '"k":1') };
        },
      };
    default:
      return store;
  }
}
