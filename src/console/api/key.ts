/**
 * The reader's API key, where the server asks for one: kept for this tab alone, sent with every
 * request, asked for again when the server refuses it.
 */

/** The part of the web's `fetch` that is needed. */
type Fetch = (url: string, request: RequestInit) => Promise<Response>;

/** Where a key is kept. */
export interface HeldKey {
  get(): string | null;
  set(key: string): void;
  forget(): void;
}

const NAME = "tandem-api-key";

/** A key in `storage`, which should be one that ends with the tab. */
export function heldKey(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">): HeldKey {
  return {
    get: () => storage.getItem(NAME),
    set: (key) => storage.setItem(NAME, key.trim()),
    forget: () => storage.removeItem(NAME),
  };
}

/** `send` with the key held; `refused` hears of a 401 and whether a key had been sent. */
export function withKey(send: Fetch, key: HeldKey, refused: (hadKey: boolean) => void): Fetch {
  return async (url, request) => {
    const text = key.get();
    const headers = new Headers(request.headers);
    if (text !== null) headers.set("authorization", `Bearer ${text}`);
    const reply = await send(url, { ...request, headers });
    if (reply.status === 401) refused(text !== null);
    return reply;
  };
}
