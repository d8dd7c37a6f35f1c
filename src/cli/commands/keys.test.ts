/**
 * `tandem keys` on a directory of its own, and as it asks a server.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Clock, systemClock } from "#foundation";
import { keyCreated, keyView, page } from "#wire";
import { runHere } from "../../../test/cli/run-here.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-keys-"));
const data = path.join(folder, "data");
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 0, 1);
const clock: Clock = { ...systemClock, utcMs: () => NOW };

const run = (args: readonly string[], send: typeof fetch = fetch, apiKey?: string) =>
  runHere(["keys", ...args], { fetch: send, clock, apiKey });

const here = async (...args: readonly string[]) => {
  const { code, out } = await run([...args, "--data", data, "--json"]);
  return { code, json: JSON.parse(out) };
};

describe("keys of a directory", () => {
  test("are made, listed without their secret, and revoked", async () => {
    const early = await here("create", "--name", "shop");
    expect(early).toMatchObject({ code: 1, json: { error: { code: "first-key-not-admin" } } });
    const admin = await here("create", "--name", "me", "--role", "admin");
    expect(admin.code).toBe(0);
    const made = await here("create", "--name", "shop", "--type", "ranking", "--expires", "9999d");
    const shop = keyCreated.parse(made.json);
    expect(shop).toMatchObject({ role: "operator", tenant: "local", decisionTypes: ["ranking"] });
    expect(Date.parse(shop.expiresAt ?? "")).toBe(NOW + 9999 * 86_400_000);

    const listed = await run(["list", "--data", data]);
    expect(listed.out).toMatch(
      /active .*operator .*shop \(for ranking; expires .*; never used\)\n/,
    );
    expect(listed.out).not.toContain(shop.key.slice(-20));
    const revoked = await here("revoke", shop.id);
    expect(keyView.parse(revoked.json).standing).toBe("revoked");
    const again = await here("revoke", shop.id);
    expect(again).toMatchObject({ code: 2, json: { error: { code: "unknown-key" } } });
    const { items } = page(keyView).parse((await here("list")).json);
    expect(items.map(({ name, standing }) => [name, standing]).sort()).toEqual([
      ["me", "active"],
      ["shop", "revoked"],
    ]);
    expect((await here("list", "--tenant", "acme")).json).toEqual({ items: [] });
  });

  test.each([
    ["no name", ["create"], "usage"],
    ["a role there is not", ["create", "--name", "x", "--role", "god"], "usage"],
    [
      "a type there is not, beside one there is",
      ["create", "--name", "x", "--type", "ranking", "nope", "--data", `${data}-2`],
      "usage",
      "Allowed choices are ranking",
    ],
    ["an end that is none", ["create", "--name", "x", "--expires", "soon"], "usage"],
    ["an end without zone", ["create", "--name", "x", "--expires", "2027-01-01T00:00"], "usage"],
    ["no id", ["revoke"], "usage"],
    ["a directory that is not there", ["list", "--data", `${data}-2`], "data-directory-missing"],
  ])("%s", async (_remark, args, code, words = "") => {
    const got = await run([...args, "--json"]);
    expect(got.code).toBe(2);
    expect(got.out).toContain(words);
    expect(JSON.parse(got.out)).toMatchObject({ error: { code } });
    expect(fs.existsSync(`${data}-2`)).toBe(false);
  });
});

describe("keys of a server", () => {
  const view = {
    ...{ id: "0123456789ab", name: "x", role: "reader", tenant: "acme", decisionTypes: null },
    ...{ standing: "active", createdAt: "2026-01-01T00:00:00.000Z", createdBy: "key:0" },
    ...{ expiresAt: null, revokedAt: null, lastUsedAt: null },
  };

  test("are asked of it, with the key at hand", async () => {
    const asked: string[] = [];
    const send: typeof fetch = async (url, request) => {
      const { pathname, search } = new URL(String(url));
      const key = new Headers(request?.headers).get("authorization");
      const body =
        request?.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : "";
      asked.push([request?.method ?? "GET", pathname + search, key, body].join(" ").trim());
      return Response.json(
        pathname === "/v1/keys" && body === ""
          ? { items: [view] }
          : {
              ...view,
              key: "tandem_secret",
            },
      );
    };
    const url = ["--url", "http://127.0.0.1:9"];
    const made = await run(
      ["create", "--name", "x", "--role", "reader", "--expires", "30m", ...url],
      send,
      "mine",
    );
    expect(made.out.startsWith("tandem_secret\n")).toBe(true);
    await run(["list", "--tenant", "acme", ...url], send, "mine");
    await run(["revoke", view.id, ...url], send);
    expect(asked).toEqual([
      "POST /v1/keys Bearer mine " +
        '{"name":"x","role":"reader","expiresAt":"2026-01-01T00:30:00.000Z"}',
      "GET /v1/keys?tenant=acme Bearer mine",
      `POST /v1/keys/${view.id}/revoke`,
    ]);
  });
});
