/**
 * Where API keys are made, listed and revoked: in the store itself, by whoever may read it, or by
 * the server that holds it.
 */
import { type KeyWish, LOCAL_PRINCIPAL } from "#foundation";
import { keyShown, serverHolding } from "#server";
import { type KeyView, keyCreated, keyView, page } from "#wire";
import { assembleKeys, isHeldElsewhere } from "../assemble.ts";
import type { Place } from "./reach-platform.ts";
import { askServer } from "./server-calls.ts";
import type { Terminal } from "./terminal.ts";

/** A key just made, with its text. */
export type CreatedKey = KeyView & { readonly key: string };

/** What can be done about keys, wherever they are. */
export interface ReachedKeys {
  create(wish: KeyWish): Promise<CreatedKey>;
  list(tenant?: string): Promise<readonly KeyView[]>;
  revoke(id: string, tenant?: string): Promise<KeyView>;
  close(): Promise<void>;
}

/** Opens the keys at `place`; if a server holds the directory, that server is asked instead. */
export async function reachKeys(terminal: Terminal, place: Place): Promise<ReachedKeys> {
  if (place.kind === "server") return overHttp(terminal, place.url);
  try {
    const { keys, close } = await assembleKeys(place);
    return {
      create: async (wish) => {
        const { key, facts } = await keys.create(LOCAL_PRINCIPAL, wish);
        return { ...keyShown(facts), key };
      },
      list: async (tenant) => keys.list(LOCAL_PRINCIPAL, tenant).map(keyShown),
      revoke: async (id, tenant) => keyShown(await keys.revoke(LOCAL_PRINCIPAL, id, tenant)),
      close,
    };
  } catch (error) {
    const url = place.kind === "directory" ? serverHolding(place.path) : undefined;
    if (!isHeldElsewhere(error) || url === undefined) throw error;
    return overHttp(terminal, url);
  }
}

function overHttp(terminal: Terminal, url: string): ReachedKeys {
  const ask = (path: string, tenant?: string, body?: Uint8Array<ArrayBuffer>) =>
    askServer(terminal, url, withTenant(path, tenant), body);
  return {
    create: async ({ expiresAtUtcMs, ...wish }) => {
      const expiresAt = expiresAtUtcMs && new Date(expiresAtUtcMs).toISOString();
      const body = new TextEncoder().encode(JSON.stringify({ ...wish, expiresAt }));
      return keyCreated.parse(await ask("/v1/keys", undefined, body));
    },
    list: async (tenant) => page(keyView).parse(await ask("/v1/keys", tenant)).items,
    revoke: async (id, tenant) => {
      const path = `/v1/keys/${encodeURIComponent(id)}/revoke`;
      return keyView.parse(await ask(path, tenant, new Uint8Array()));
    },
    close: async () => {},
  };
}

function withTenant(path: string, tenant: string | undefined): string {
  return tenant === undefined ? path : `${path}?${new URLSearchParams({ tenant })}`;
}
