/**
 * The key ring: every API key in memory, so that a request is checked without asking the store.
 * What this process changes is in force at once; what others change on the same store, after the
 * next look.
 */
import {
  type Clock,
  Fault,
  type IdentifiedKey,
  type KeyFacts,
  type KeyStanding,
  type KeyWish,
  LOCAL_PRINCIPAL,
  type Principal,
  present,
  type TenantId,
} from "#foundation";
import { isSecretOf, mintKey, partsOf, type SecureRandom } from "./api-key.ts";
import { securityFaults } from "./faults.ts";
import { flawsOf } from "./key-flaws.ts";
import type { ApiKeyStore, StoredApiKey } from "./ports.ts";

/** The keys of an installation. */
export interface KeyRing {
  /** Whether a key was ever made: from then on, also after the last one ended, keys are needed. */
  readonly required: boolean;
  identify(text: string): IdentifiedKey;
  /** Whether the key behind a principal is still in force. */
  stands(principal: Principal): boolean;
  /** @throws Fault `first-key-not-admin`, `invalid-key`, `tenant-refused` */
  create(by: Principal, wish: KeyWish): Promise<{ readonly key: string; readonly facts: KeyFacts }>;
  /** Newest first. @throws Fault `tenant-refused` */
  list(by: Principal, tenant?: TenantId): readonly KeyFacts[];
  /** @throws Fault `unknown-key`, `tenant-refused` */
  revoke(by: Principal, id: string, tenant?: TenantId): Promise<KeyFacts>;
  /** Looks at the store again. */
  refresh(): Promise<void>;
}

interface RingKey {
  readonly stored: StoredApiKey;
  readonly principal: Principal;
  lastUsedAtUtcMs: number;
}

/** Uses are noted to the hour. */
const USE_GRAIN_MS = 3_600_000;

/** Opens the ring with the keys the store has. */
export async function openKeyRing(
  store: ApiKeyStore,
  clock: Clock,
  random: SecureRandom,
): Promise<KeyRing> {
  const ring = new MemoryRing(store, clock, random);
  await ring.refresh();
  return ring;
}

class MemoryRing implements KeyRing {
  readonly #store: ApiKeyStore;
  readonly #clock: Clock;
  readonly #random: SecureRandom;
  readonly #keys = new Map<string, RingKey>();

  constructor(store: ApiKeyStore, clock: Clock, random: SecureRandom) {
    this.#store = store;
    this.#clock = clock;
    this.#random = random;
  }

  get required(): boolean {
    return this.#keys.size > 0;
  }

  identify(text: string): IdentifiedKey {
    const parts = partsOf(text);
    const key = parts && this.#keys.get(parts.id);
    if (key === undefined || !isSecretOf(parts?.secret ?? "", key.stored.secretDigest)) {
      return { kind: "refused", reason: "unknown" };
    }
    const nowMs = this.#clock.utcMs();
    const standing = standingOf(key.stored, nowMs);
    if (standing !== "active") return { kind: "refused", reason: standing };
    this.#noteUse(key, nowMs);
    return { kind: "known", principal: key.principal };
  }

  stands(principal: Principal): boolean {
    if (principal === LOCAL_PRINCIPAL) return !this.required;
    const key = this.#keys.get(principal.name.slice(PRINCIPAL_PREFIX.length));
    return key !== undefined && standingOf(key.stored, this.#clock.utcMs()) === "active";
  }

  async create(by: Principal, wish: KeyWish) {
    const nowMs = this.#clock.utcMs();
    const tenant = permitted(by, wish.tenant);
    const flaws = flawsOf(wish, nowMs);
    if (flaws.length > 0) {
      const detail = `expected a key that can be made, got ${flaws.length} flaws`;
      throw new Fault(securityFaults.badKey, { detail, flaws });
    }
    const isOwner = wish.role === "admin" && tenant === LOCAL_PRINCIPAL.tenant;
    if (!this.required && !isOwner) {
      const detail = `expected role admin in tenant local, got ${wish.role} in ${tenant}`;
      throw new Fault(securityFaults.firstKey, { detail });
    }
    const { text, id, secretDigest } = mintKey(this.#random);
    const stored: StoredApiKey = {
      tenant,
      id,
      secretDigest,
      name: wish.name,
      role: wish.role,
      decisionTypes: wish.decisionTypes ?? null,
      createdAtUtcMs: nowMs,
      createdBy: by.name,
      expiresAtUtcMs: wish.expiresAtUtcMs ?? null,
      revokedAtUtcMs: null,
      lastUsedAtUtcMs: null,
    };
    await this.#store.addApiKey(stored);
    this.#keys.set(id, ringKey(stored));
    return { key: text, facts: factsOf(stored, nowMs) };
  }

  list(by: Principal, tenant?: TenantId): readonly KeyFacts[] {
    const of = permitted(by, tenant);
    const nowMs = this.#clock.utcMs();
    return [...this.#keys.values()]
      .map(({ stored, lastUsedAtUtcMs }) => ({
        ...stored,
        lastUsedAtUtcMs: lastUsedAtUtcMs || null,
      }))
      .filter((stored) => stored.tenant === of)
      .sort((a, b) => b.createdAtUtcMs - a.createdAtUtcMs)
      .map((stored) => factsOf(stored, nowMs));
  }

  async revoke(by: Principal, id: string, tenant?: TenantId): Promise<KeyFacts> {
    const of = permitted(by, tenant);
    const nowMs = this.#clock.utcMs();
    if (!(await this.#store.revokeApiKey(of, id, nowMs))) {
      const detail = `expected the id of a key in force, got ${JSON.stringify(id.slice(0, 40))}`;
      throw new Fault(securityFaults.unknownKey, { detail });
    }
    // Another process may have made it since the last look.
    if (!this.#keys.has(id)) await this.refresh();
    const { stored } = present(this.#keys.get(id), `the key ${id}`);
    const revoked = { ...stored, revokedAtUtcMs: nowMs };
    this.#keys.set(id, ringKey(revoked));
    return factsOf(revoked, nowMs);
  }

  async refresh(): Promise<void> {
    const rows = await this.#store.apiKeys();
    // Keys are never removed and never come back: what is known here and not in the rows is newer
    // than they are.
    for (const row of rows) {
      const known = this.#keys.get(row.id);
      const revokedAtUtcMs = known?.stored.revokedAtUtcMs ?? row.revokedAtUtcMs;
      this.#keys.set(row.id, ringKey({ ...row, revokedAtUtcMs }, known?.lastUsedAtUtcMs));
    }
  }

  #noteUse(key: RingKey, nowMs: number): void {
    const hour = nowMs - (nowMs % USE_GRAIN_MS);
    if (key.lastUsedAtUtcMs >= hour) return;
    key.lastUsedAtUtcMs = hour;
    // A note that gets lost costs an hour of a date nobody decides by.
    this.#store.noteApiKeyUse(key.stored.tenant, key.stored.id, hour).catch(() => {});
  }
}

const PRINCIPAL_PREFIX = "key:";

function ringKey(stored: StoredApiKey, usedAtUtcMs = 0): RingKey {
  const { tenant, id, role, decisionTypes } = stored;
  const principal: Principal = Object.freeze({
    ...{ tenant, name: `${PRINCIPAL_PREFIX}${id}`, role },
    ...(decisionTypes !== null && { decisionTypes }),
  });
  const lastUsedAtUtcMs = Math.max(usedAtUtcMs, stored.lastUsedAtUtcMs ?? 0);
  return { stored, principal, lastUsedAtUtcMs };
}

function standingOf(key: Omit<KeyFacts, "standing">, nowMs: number): KeyStanding {
  if (key.revokedAtUtcMs !== null) return "revoked";
  return key.expiresAtUtcMs !== null && key.expiresAtUtcMs <= nowMs ? "expired" : "active";
}

function factsOf({ secretDigest: _, ...kept }: StoredApiKey, nowMs: number): KeyFacts {
  return { ...kept, standing: standingOf(kept, nowMs) };
}

/** The tenant meant, if `by` may manage its keys. */
function permitted(by: Principal, tenant: TenantId = by.tenant): TenantId {
  if (tenant === by.tenant || by.tenant === LOCAL_PRINCIPAL.tenant) return tenant;
  const detail = `expected the tenant ${by.tenant}, got ${tenant}`;
  throw new Fault(securityFaults.foreignTenant, { detail });
}
