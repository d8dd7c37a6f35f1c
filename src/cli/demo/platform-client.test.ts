/**
 * The client: what counts as an answer, what as a refusal to be counted, and what ends the
 * demonstration.
 */
import { describe, expect, it } from "vitest";
import { type HttpFetch, platformClient } from "./platform-client.ts";

const never = new AbortController().signal;

function clientOf(status: number, body: unknown) {
  const sent: string[] = [];
  const fetch: HttpFetch = async (url, { method }) => {
    sent.push(`${method} ${url}`);
    return { status, text: async () => (typeof body === "string" ? body : JSON.stringify(body)) };
  };
  return { sent, client: platformClient("http://shop.test:1", fetch, never) };
}

const REPLY = {
  decisionId: "0190b5a0-0000-7000-8000-000000000000",
  answer: { items: [{ id: "A", position: 1 }], requested: 1, shortenedBy: [] },
  quality: {
    rung: "proved",
    status: "optimal",
    objective: 1,
    bound: 1,
    gap: 0,
    ruleObjective: 1,
    solver: "tabu",
  },
  reasons: [],
  policy: "demo-shop@1",
  timing: { receivedAt: "2026-01-01T00:00:00.000Z", deadlineMs: 50, totalMs: 1, solveMs: 1 },
};

function problemOf(status: number, code: string) {
  const flaws: never[] = [];
  return { type: "", title: "", status, detail: "no", instance: "", code, retry: false, flaws };
}

describe("platformClient", () => {
  it("asks the public routes", async () => {
    const { sent, client } = clientOf(200, REPLY);
    await client.addPolicy({});
    const decided = await client.rank({});
    expect(decided).toMatchObject({ kind: "answer", reply: { answer: REPLY.answer } });
    const receipt = { name: "x", version: 3, digest: "", itemCount: 0 };
    const items = clientOf(200, receipt);
    expect(await items.client.putItems("x", [])).toEqual(receipt);
    expect([...sent, ...items.sent]).toEqual([
      "POST http://shop.test:1/v1/policies",
      "POST http://shop.test:1/v1/decisions/ranking",
      "PUT http://shop.test:1/v1/items/x",
    ]);
  });

  it.each([
    [422, "pipeline.contradiction"],
    [503, "server.overloaded"],
    [503, "pipeline.undecided"],
  ])("counts a %i as the refusal %s", async (status, code) => {
    const { client } = clientOf(status, problemOf(status, code));
    expect(await client.rank({})).toEqual({ kind: "refusal", code });
  });

  it.each<[number, unknown, string]>([
    [400, problemOf(400, "invalid"), "a request of ours that breaks the schema"],
    [404, problemOf(404, "missing"), "a policy or item set that is gone"],
    [200, { decisionId: "no" }, "a reply that breaks the contract"],
    [502, "<html>bad gateway</html>", "something else on the port"],
    [200, "", "an empty reply"],
  ])("ends at status %i with %j: %s", async (status, body) => {
    await expect(clientOf(status, body).client.rank({})).rejects.toMatchObject({
      row: { code: "demo-platform-reply-unexpected" },
      message: expect.stringContaining(`got status ${status}`),
    });
  });

  it("ends when policy or items are not taken, and when nobody answers", async () => {
    const { client } = clientOf(409, problemOf(409, "conflict"));
    await expect(client.addPolicy({})).rejects.toThrow("expected the policy to be taken");
    await expect(client.putItems("x", [])).rejects.toThrow("expected a receipt for the items");
    const silent: HttpFetch = () => Promise.reject(new Error("ECONNREFUSED"));
    const alone = platformClient("http://shop.test:1", silent, never);
    await expect(alone.rank({})).rejects.toThrow("no reply: ECONNREFUSED");
  });
});
