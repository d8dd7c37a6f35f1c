/**
 * The client against scripted replies: where it asks, what it makes of a refusal, and of something
 * that does not speak this API.
 */
import { describe, expect, test } from "vitest";
import { createClient, Refusal } from "./client.ts";

function scripted(status: number, text: string) {
  const calls: string[] = [];
  const client = createClient(async (url, { method, body }) => {
    calls.push(`${method} ${url}${body === undefined ? "" : ` ${body}`}`);
    return { status, text: async () => text };
  });
  return { client, calls };
}

const PROBLEM = { title: "No.", status: 404, code: "unknown-decision", flaws: [] };

describe("createClient", () => {
  test("asks where the API says", async () => {
    const { client, calls } = scripted(200, '{"items":[{"id":"x"}]}');
    await client.decisions({});
    await client.decisions({ rung: "rule", cursor: "c", limit: 5 });
    await client.decision("a b");
    await client.replay("a");
    await client.policies();
    await client.openApi();
    await client.decide("ranking", { k: 1 });
    expect(calls).toEqual([
      "GET /v1/decisions",
      "GET /v1/decisions?rung=rule&cursor=c&limit=5",
      "GET /v1/decisions/a%20b",
      "POST /v1/decisions/a/replay",
      "GET /v1/policies",
      "GET /openapi.json",
      'POST /v1/decisions/ranking {"k":1}',
    ]);
  });

  test("looks items up a hundred at a time, and not at all when none are named", async () => {
    const { client, calls } = scripted(200, '{"items":[{"id":"x"}]}');
    expect(await client.items("shop", 2, [])).toEqual([]);
    const ids = Array.from({ length: 101 }, (_, index) => `id ${index}`);
    expect(await client.items("shop", 2, ids)).toHaveLength(2);
    expect(calls).toHaveLength(2);
    expect(calls[1]).toBe("GET /v1/items/shop/entries?version=2&id=id+100");
  });

  test("a refusal carries the problem as told", async () => {
    const { client } = scripted(404, JSON.stringify(PROBLEM));
    await expect(client.decision("x")).rejects.toMatchObject({ problem: PROBLEM });
  });

  test("something else that answers is said to be so", async () => {
    const { client } = scripted(502, "<html>Bad gateway</html>");
    const error = await client.decision("x").catch((one: unknown) => one);
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({
      problem: { status: 502, title: expect.stringContaining("not un") },
    });
  });

  test("nobody there is a refusal, too", async () => {
    const client = createClient(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(client.policies()).rejects.toMatchObject({
      problem: { code: "server-unreachable", detail: "/v1/policies: Failed to fetch", retry: true },
    });
  });
});
