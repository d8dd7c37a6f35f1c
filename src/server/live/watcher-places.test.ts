/**
 * Places for watchers: how many each may have, and that a place given back is free again.
 */
import { expect, test } from "vitest";
import { LOCAL_PRINCIPAL, type Principal } from "#foundation";
import { openWatcherPlaces, type WatcherPlaces } from "./watcher-places.ts";

const key = (tenant: string, name: string): Principal => ({ tenant, name, role: "reader" });

/** Takes places until there are none. */
function fill(places: WatcherPlaces, whose: (index: number) => Principal): (() => void)[] {
  const taken: (() => void)[] = [];
  for (let index = 0; index < 1000; index += 1) {
    try {
      taken.push(places.take(whose(index)));
    } catch (error) {
      expect(error).toMatchObject({ row: { code: "overloaded" }, retryAfterMs: 10_000 });
      break;
    }
  }
  return taken;
}

test.each([
  ["one key", () => key("acme", "key:1"), 8],
  ["one key of the owner", () => key("local", "key:1"), 8],
  ["one tenant with many keys", (index: number) => key("acme", `key:${index}`), 16],
  ["many tenants", (index: number) => key(`tenant-${index}`, `key:${index}`), 48],
  ["the owner with many keys", (index: number) => key("local", `key:${index}`), 64],
  ["the owner without keys", () => LOCAL_PRINCIPAL, 64],
])("%s", (_remark, whose, most) => {
  const places = openWatcherPlaces();
  const taken = fill(places, whose);
  expect(taken).toHaveLength(most);
  taken[0]?.();
  expect(fill(places, whose)).toHaveLength(1);
});

test("whatever others take, the owner gets in", () => {
  const places = openWatcherPlaces();
  fill(places, (index) => key(`tenant-${index}`, `key:${index}`));
  expect(fill(places, () => LOCAL_PRINCIPAL)).toHaveLength(16);
});

test("a tenant that has all of its places leaves the others theirs", () => {
  const places = openWatcherPlaces();
  fill(places, (index) => key("acme", `key:${index}`));
  expect(fill(places, (index) => key("other", `key:${index}`))).toHaveLength(16);
});
