/**
 * A schedule: what befalls a platform in a few seconds. Everything in it is drawn from its seed, so
 * the seed is all that has to be kept of it.
 */
import { type RandomStream, randomStream } from "#foundation";
import { ACTORS, type Actor } from "./actors.ts";
import type { ThreadWeather } from "./simulated-lane.ts";
import type { DiskWeather } from "./simulated-store.ts";
import type { LoopWeather } from "./virtual-time.ts";

/** How the machine behaves. */
export interface Weather {
  readonly loop: LoopWeather;
  readonly disk: DiskWeather;
  readonly threads: ThreadWeather;
  readonly threadCount: number;
}

/** A request as a client sends it; a retry sends the same. */
export interface Asking {
  readonly actor: Actor;
  readonly tenant: string;
  readonly bodySeed: number;
  readonly usesItems: boolean;
  /** Version of the tenant's simulated policy; the type's default policy if absent. */
  readonly policyVersion: number | undefined;
  readonly deadlineMs: number | undefined;
  readonly seed: number | undefined;
  readonly key: string | undefined;
  /** The client gives up after so long. */
  readonly leavesAfterMs: number | undefined;
  readonly retriesMax: number;
}

/** One thing that happens. */
export type Act = { readonly atMs: number } & (
  | { readonly kind: "ask"; readonly asking: Asking }
  | { readonly kind: "report" | "replay" | "look-up" | "list"; readonly draw: number }
  | {
      readonly kind: "register-items" | "add-policy";
      readonly tenant: string;
      readonly seed: number;
    }
  | { readonly kind: "crash"; readonly downMs: number }
  | { readonly kind: "restart"; readonly downMs: number }
  | { readonly kind: "set-clock"; readonly byMs: number }
);

/** A schedule. */
export interface Schedule {
  readonly seed: number;
  readonly weather: Weather;
  readonly acts: readonly Act[];
}

/** Whose requests they are. */
export const TENANTS = ["north", "south", "east"] as const;

/** Versions of the simulated policy that exist from the start. */
export const POLICY_VERSIONS = 3;

const ASKINGS_MIN = 5;
const ASKINGS_MAX = 40;
const HORIZON_MS = 2500;
const HOUR_MS = 3_600_000;

/** Nothing goes wrong, and nothing takes long. */
export const CALM: Weather = Object.freeze({
  loop: { stallShare: 0, stallMsMax: 0 },
  disk: { latencyMsMax: 1, stallShare: 0, stallMsMax: 0, flushFailureShare: 0 },
  threads: {
    tickMsMax: 0.2,
    deathShare: 0,
    hangShare: 0,
    stallShare: 0,
    stallMsMax: 0,
  },
  threadCount: 2,
});

/** Draws the schedule of `seed`. */
export function drawnSchedule(seed: number): Schedule {
  const random = randomStream(seed, "schedule");
  const count = ASKINGS_MIN + random.below(ASKINGS_MAX - ASKINGS_MIN + 1);
  const acts: Act[] = [];
  const askings: Asking[] = [];
  const bursts = Array.from({ length: random.below(3) }, () => random.unit() * HORIZON_MS);
  for (let index = 0; index < count; index += 1) {
    const asking = drawnAsking(random, index, askings);
    askings.push(asking);
    const burst = bursts[random.below(4)];
    const atMs = burst === undefined ? random.unit() * HORIZON_MS : burst + random.unit() * 5;
    acts.push({ atMs, kind: "ask", asking });
  }
  acts.push(...drawnCompany(random, count), ...drawnTroubles(random));
  return { seed, weather: drawnWeather(random), acts: acts.sort((a, b) => a.atMs - b.atMs) };
}

function drawnAsking(random: RandomStream, index: number, earlier: readonly Asking[]): Asking {
  const repeated = random.below(4) === 0 ? earlier[random.below(earlier.length + 1)] : undefined;
  if (repeated?.key !== undefined) {
    // Mostly the same again; now and then another request under a used key.
    return random.below(5) === 0 ? { ...repeated, bodySeed: repeated.bodySeed + 1 } : repeated;
  }
  const hasKey = random.below(3) > 0;
  const actor = ACTORS[random.below(ACTORS.length)];
  return {
    actor,
    tenant: TENANTS[random.below(TENANTS.length)],
    bodySeed: random.uint32(),
    usesItems: random.below(3) === 0 && actor.items !== undefined,
    policyVersion: random.below(3) === 0 ? undefined : 1 + random.below(POLICY_VERSIONS),
    deadlineMs: random.below(3) === 0 ? 5 + random.below(200) : undefined,
    seed: random.below(2) === 0 ? random.uint32() : undefined,
    key: hasKey ? `key-${index}` : undefined,
    leavesAfterMs: random.below(8) === 0 ? random.unit() * 60 : undefined,
    retriesMax: hasKey ? random.below(4) : 0,
  };
}

/** What else clients do meanwhile. */
function drawnCompany(random: RandomStream, askings: number): Act[] {
  const kinds = ["report", "replay", "look-up", "list", "register-items", "add-policy"] as const;
  return Array.from({ length: random.below(askings) }, () => {
    const kind = kinds[random.below(kinds.length)];
    const atMs = random.unit() * HORIZON_MS * 1.2;
    const tenant = TENANTS[random.below(TENANTS.length)];
    if (kind !== "register-items" && kind !== "add-policy") {
      return { atMs, kind, draw: random.uint32() };
    }
    return { atMs, kind, tenant, seed: 1 + random.below(POLICY_VERSIONS + 2) };
  });
}

function drawnTroubles(random: RandomStream): Act[] {
  const kinds = ["crash", "restart", "set-clock"] as const;
  return Array.from({ length: random.below(4) }, () => {
    const kind = kinds[random.below(kinds.length)];
    const atMs = random.unit() * HORIZON_MS;
    if (kind === "set-clock") return { atMs, kind, byMs: (random.below(3) - 1) * HOUR_MS };
    return { atMs, kind, downMs: 5 + random.unit() * 200 };
  });
}

/** Each part of the machine is calm in some schedules and wild in others. */
function drawnWeather(random: RandomStream): Weather {
  const often = (share: number) => (random.below(2) === 0 ? 0 : random.unit() * share);
  return {
    loop: { stallShare: often(0.01), stallMsMax: 10 + random.unit() * 200 },
    disk: {
      latencyMsMax: 0.2 + random.unit() * 6,
      stallShare: often(0.15),
      stallMsMax: 20 + random.unit() * 500,
      flushFailureShare: often(0.02),
    },
    threads: {
      tickMsMax: 0.2 + random.unit() * 2.5,
      deathShare: often(0.1),
      hangShare: often(0.1),
      stallShare: often(0.05),
      stallMsMax: 5 + random.unit() * 80,
    },
    threadCount: 1 + random.below(4),
  };
}
