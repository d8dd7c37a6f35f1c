/**
 * Assembly: the only place that chooses a store, reads the clock, draws randomness and wires the
 * rooms together. What it returns is all that servers, command lines and whole-platform tests need
 * to know.
 */
import { randomBytes } from "node:crypto";
import os from "node:os";
import { catalogue, decisionFaults } from "#decisions";
import {
  type Clock,
  Fault,
  type FaultRow,
  type IdentifierSource,
  identifierSource,
  LOCAL_PRINCIPAL,
  type RandomStream,
  randomStream,
  systemClock,
  unreachable,
} from "#foundation";
import {
  createPipeline,
  type IntentFinder,
  keepHouse,
  type Pipeline,
  pipelineFaults,
  readBackup,
  rehearse,
  writeBackup,
} from "#pipeline";
import { profileHere } from "#provenance";
import { openSolverPool, runtimeFaults } from "#runtime";
import { type KeyRing, keepLooking, openKeyRing, securityFaults } from "#security";
import {
  announceServer,
  createServer,
  type Doors,
  type RateLimits,
  type ServerOptions,
  serverFaults,
  type TandemServer,
  wayIn,
  withdrawServer,
} from "#server";
import {
  type EmbeddedOptions,
  openEmbeddedStore,
  openMemoryStore,
  openPostgresStore,
  type PlatformStore,
  type Restored,
  requireKnownSchema,
  restoreEmbeddedStore,
  restorePostgresStore,
  storeFaults,
} from "#store";
import manifest from "../package.json" with { type: "json" };

/** Where decisions are kept. */
export type Storage =
  | {
      readonly kind: "directory";
      readonly path: string;
      /** Tests put a failing disk under the store. */
      readonly embedded?: EmbeddedOptions;
    }
  | { readonly kind: "database"; readonly url: string }
  /** Nothing outlives the process. */
  | { readonly kind: "memory" };

/** What every assembly may be told. */
export interface PlatformOptions {
  readonly storage: Storage;
  /** Solver threads; as many as the machine runs at once, at least two, if absent. */
  readonly threadCount?: number;
  /** Tells what texts are about; requests with texts are refused if absent. */
  readonly intents?: IntentFinder | undefined;
  /** Told of each batch of decisions the store commits. */
  readonly onBatch?: NonNullable<EmbeddedOptions["onBatch"]>;
}

/** What a server may be told besides. */
export interface ServedOptions extends PlatformOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Decisions older than this are removed; all are kept if absent. */
  readonly retentionDays?: number | undefined;
  /** Runs once before the first request is taken: registers examples. */
  readonly prepare?: (pipeline: Pipeline) => Promise<void>;
  readonly log: { readonly level: string; readonly stream: { write(line: string): void } };
  /** A file of the console by its path, `/` for its page; a plain front page if absent. */
  readonly page?: ServerOptions["page"];
  /** Overrides for tests that cannot wait as long as real clients may. */
  readonly patience?: Partial<typeof PATIENCE>;
  readonly admission?: Partial<typeof ADMISSION>;
  /** Limits of keys other than the usual ones. */
  readonly rates?: Partial<RateLimits>;
  /** Names and origins let in besides this server's own; none if absent. */
  readonly doors?: Doors;
}

/** A platform behind HTTP. */
export interface ServedPlatform {
  readonly url: string;
  /** Resolves when decisions are taken; rejects if that cannot come to be. */
  readonly ready: Promise<void>;
  /** Whether requests need an API key; known when ready. */
  readonly needsKeys: boolean;
  /** Finishes what is in flight, refuses the rest, closes everything; within ten seconds. */
  stop(): Promise<void>;
}

const THREADS_MIN = 2;
const PATIENCE = {
  ...{ headersMsMax: 10_000, requestMsMax: 30_000, keepAliveMs: 72_000, idleMsMax: 60_000 },
};
// Far above what a well-meant caller needs, far below what would keep others out.
const RATES: RateLimits = { perKey: 1000, perTenant: 2000 };
const NO_DOORS: Doors = { hosts: [], origins: [] };
// Enough to keep the solver threads busy while other decisions wait for the flush they share; a
// queue as long as the longest realtime deadline takes to serve.
const ADMISSION = { inFlightMax: 8, queueMax: 256 };
const DRAIN_MS_MAX = 8_000;

/** Every fault a caller can meet over HTTP. */
const FAULT_REGISTER: readonly FaultRow[] = [
  ...Object.values(serverFaults),
  ...Object.values(pipelineFaults),
  ...Object.values(decisionFaults),
  ...Object.values(runtimeFaults),
  ...Object.values(storeFaults),
  ...Object.values(securityFaults),
];

/** The program's version. */
export const version: string = manifest.version;

/** The platform without HTTP, ready to decide. Its `close` closes everything it was built from. */
export async function assemblePipeline(options: PlatformOptions): Promise<Pipeline> {
  return (await openPlatform(options, systemClock)).pipeline;
}

/** The API keys in `storage` alone, without the rest of the platform. */
export async function assembleKeys(
  storage: Storage,
): Promise<{ readonly keys: KeyRing; close(): Promise<void> }> {
  const store = await openStore({ storage });
  const keys = await openKeyRing(store, systemClock, randomBytes);
  return { keys, close: () => store.close() };
}

/** The content of `storage` as a backup file, without the rest of the platform. */
export async function assembleBackup(
  storage: Storage,
): Promise<{ readonly bytes: AsyncIterable<Uint8Array>; close(): Promise<void> }> {
  const store = await openStore({ storage });
  return { bytes: writeBackup({ store, clock: systemClock }), close: () => store.close() };
}

/**
 * Restores the backup file that `open` reads, twice: once to see that it is whole before anything
 * is touched. All or nothing; what is in `storage` is replaced if `replace`.
 */
export async function restoreBackup(
  storage: Storage,
  open: () => AsyncIterable<Uint8Array>,
  replace: boolean,
): Promise<Restored> {
  for await (const { schema } of readBackup(open())) requireKnownSchema(schema);
  switch (storage.kind) {
    case "directory":
      return restoreEmbeddedStore(storage.path, readBackup(open()), replace);
    case "database":
      return restorePostgresStore(storage.url, readBackup(open()), replace);
    case "memory":
      throw new Fault(storeFaults.nothingKept, { detail: "expected a place on a disk" });
    default:
      return unreachable(storage);
  }
}

/**
 * The platform behind HTTP. Resolves as soon as the server listens; the store opens meanwhile, but
 * before if others can reach the address: whether there are keys has to be known first.
 *
 * @throws Fault `keys-required` for an address beyond this machine, `port-unavailable` if it cannot
 * be had.
 */
export async function assembleServer(options: ServedOptions): Promise<ServedPlatform> {
  const server = createServer({
    types: catalogue,
    clock: systemClock,
    newRequestId: identifiers(systemClock),
    version,
    faults: FAULT_REGISTER,
    admission: { ...ADMISSION, ...options.admission },
    patience: { ...PATIENCE, ...options.patience },
    rates: { ...RATES, ...options.rates },
    doors: options.doors ?? NO_DOORS,
    log: options.log,
    ...(options.page !== undefined && { page: options.page }),
  });
  const isExposed = wayIn(options.host, options.doors ?? NO_DOORS) !== undefined;
  const early = isExposed ? openHouse(options, server) : undefined;
  await early?.ready;
  const url = await server.listen(options).catch(async (error: unknown) => {
    await early?.close();
    throw error;
  });
  const house = early ?? openHouse(options, server);
  const { storage } = options;
  const ready = house.ready.then(() => {
    if (storage.kind === "directory") announceServer(storage.path, url);
  });
  ready.catch(() => {}); // Whoever awaits it hears of it; stopping must work all the same.
  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    await server.drain(DRAIN_MS_MAX);
    await ready.catch(() => {});
    if (storage.kind === "directory") withdrawServer(storage.path, url);
    await house.close();
  }
  return {
    url,
    ready,
    get needsKeys() {
      return house.needsKeys();
    },
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

interface House {
  /** Resolves when the server takes work. */
  readonly ready: Promise<void>;
  needsKeys(): boolean;
  close(): Promise<void>;
}

/** Opens the platform, prepares it, and has `server` take work for it. */
function openHouse(options: ServedOptions, server: TandemServer): House {
  const opening = openPlatform({ ...options, onBatch: server.committed }, systemClock);
  let leave = () => {};
  let ring: KeyRing | undefined;
  async function open(): Promise<void> {
    const { pipeline, store } = await opening;
    const keys = await openKeyRing(store, systemClock, randomBytes);
    ring = keys;
    await options.prepare?.(pipeline);
    const endings = [keepHouse(store, systemClock, options.retentionDays)];
    if (options.storage.kind === "database") endings.push(keepLooking(keys, systemClock));
    leave = () => {
      for (const end of endings) end();
    };
    server.open(pipeline, keys);
  }
  const ready = open();
  ready.catch(() => {});
  return {
    ready,
    needsKeys: () => ring?.required === true,
    close: async () => {
      await ready.catch(() => {});
      leave();
      await opening.then(
        ({ pipeline }) => pipeline.close(),
        () => {},
      );
    },
  };
}

/** Whether opening failed because another process has the data directory. */
export function isHeldElsewhere(error: unknown): boolean {
  return error instanceof Fault && error.row.code === storeFaults.directoryHeld.code;
}

interface OpenPlatform {
  readonly pipeline: Pipeline;
  /** The pipeline's own; it closes it. */
  readonly store: PlatformStore;
}

async function openPlatform(options: PlatformOptions, clock: Clock): Promise<OpenPlatform> {
  const threadCount = options.threadCount ?? Math.max(THREADS_MIN, os.availableParallelism());
  const seeds = freshStream("seeds");
  const means = {
    catalogue,
    pool: openSolverPool(threadCount, { warm: true }),
    clock,
    newId: identifiers(clock),
    newSalt: () => randomBytes(16).toString("hex"),
    newSeed: () => seeds.uint32(),
    profile: profileHere(version, import.meta.dirname),
    intents: options.intents,
  };
  const opening = openStore(options);
  try {
    const [store] = await Promise.all([opening, rehearse({ ...means, store: openMemoryStore() })]);
    const pipeline = createPipeline({ ...means, store, capacity: store });
    await pipeline.ready();
    await pipeline.policies(LOCAL_PRINCIPAL); // Stores the default policies before they are needed.
    return { pipeline, store };
  } catch (error) {
    await Promise.allSettled([means.pool.close(), opening.then((store) => store.close())]);
    throw error;
  }
}

async function openStore({ storage, onBatch = () => {} }: PlatformOptions): Promise<PlatformStore> {
  switch (storage.kind) {
    case "directory":
      return openEmbeddedStore(storage.path, { ...storage.embedded, onBatch });
    case "database":
      return openPostgresStore(storage.url, onBatch);
    case "memory":
      return openMemoryStore();
    default:
      return unreachable(storage);
  }
}

function identifiers(clock: Clock): IdentifierSource {
  return identifierSource(clock, freshStream("identifiers"));
}

/** A stream nobody can foretell, seeded with 48 bits from the system. */
function freshStream(label: string): RandomStream {
  return randomStream(randomBytes(6).readUIntBE(0, 6), label);
}
