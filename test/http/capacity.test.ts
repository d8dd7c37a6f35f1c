/**
 * What decisions share, over HTTP and by the client: said, reserved, committed, released; also what
 * a tick of `routing` has reserved for itself. Each tenant has its own.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TandemClient } from "#sdk";
import { keyCreated } from "#wire";
import { assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { call, problemIn } from "./client.ts";

let platform: ServedPlatform;
let admin: TandemClient;
let operator: TandemClient;
let ofRanking: TandemClient;
let ofRouting: TandemClient;
let acme: TandemClient;
const keys = new Map<TandemClient, string>();

beforeAll(async () => {
  platform = await assembleServer({
    ...{ storage: { kind: "memory" }, host: "127.0.0.1", port: 0 },
    log: { level: "silent", stream: { write: () => {} } },
  });
  await platform.ready;
  const clientOf = async (wish: Readonly<Record<string, unknown>>, by?: TandemClient) => {
    const headers = by === undefined ? undefined : { authorization: `Bearer ${keys.get(by)}` };
    const body = { name: "a key", ...wish };
    const { json } = await call(platform.url, "POST", "/v1/keys", body, headers);
    const { key } = keyCreated.parse(json);
    const client = new TandemClient({ baseUrl: platform.url, apiKey: key, retries: 0 });
    keys.set(client, key);
    return client;
  };
  admin = await clientOf({ role: "admin" });
  operator = await clientOf({ role: "operator" }, admin);
  ofRanking = await clientOf({ role: "operator", decisionTypes: ["ranking"] }, admin);
  ofRouting = await clientOf({ role: "operator", decisionTypes: ["routing"] }, admin);
  acme = await clientOf({ role: "admin", tenant: "acme" }, admin);
});
afterAll(() => platform.stop());

/** A tick of one contact for an agent of one place, which it reserves. */
const tick = (contact: string, agent: string) => ({
  contacts: [{ id: contact, channel: "voice", waitedSeconds: 5 }],
  agents: [{ id: agent }],
  reserve: { seconds: 600 },
});

/** What becomes of the tick's only contact. */
async function actionOf(contact: string, agent: string): Promise<readonly [string, string]> {
  const { decisionId, answer } = await operator.decide("routing", tick(contact, agent));
  return [decisionId, Object(answer).contacts[0].action];
}

describe("shared resources", () => {
  test("are said, reserved all or none, committed and released", async () => {
    const totals = [
      { resource: "stock/a", total: 2 },
      { resource: "stock/b", total: 1 },
    ];
    expect(await admin.capacity.declare(totals)).toEqual(
      totals.map((one) => ({ ...one, taken: 0 })),
    );
    const both = [
      { resource: "stock/a", units: 1 },
      { resource: "stock/b", units: 1 },
    ];
    await operator.capacity.reserve({ id: "one", draws: both, seconds: 600 });
    // The same again is the same; another finds too little of b, and takes nothing of a.
    await operator.capacity.reserve({ id: "one", draws: both, seconds: 600 });
    const other = operator.capacity.reserve({ id: "two", draws: both, seconds: 600 });
    await expect(other).rejects.toMatchObject({
      ...{ code: "capacity-short", status: 409, rules: ["stock/b"] },
    });
    await operator.capacity.commit("one");
    await operator.capacity.commit("one");
    const names = ["stock/a", "stock/b", "stock/unheard-of"];
    const taken = async () => (await operator.capacity.of(names)).map((one) => one.taken);
    expect(await taken()).toEqual([1, 1]);
    expect(await acme.capacity.of(names)).toEqual([]);
    expect(await acme.capacity.release("one")).toBe(false);
    expect(await operator.capacity.release("one")).toBe(true);
    expect(await operator.capacity.release("one")).toBe(false);
    expect(await taken()).toEqual([0, 0]);
    await expect(operator.capacity.commit("one")).rejects.toMatchObject({
      ...{ code: "unknown-reservation", status: 404 },
    });
  });

  test("that a tick has reserved are free again once it is released", async () => {
    const [first, given] = await actionOf("c1", "ana");
    expect(given).toBe("assign");
    expect(await actionOf("c2", "ana")).toMatchObject([expect.any(String), "hold"]);
    await operator.capacity.commit(first);
    expect(await operator.capacity.of(["agent/ana"])).toEqual([
      { resource: "agent/ana", total: 1, taken: 1 },
    ]);
    expect(await operator.capacity.release(first)).toBe(true);
    expect((await actionOf("c2", "ana"))[1]).toBe("assign");
  });

  test("are touched by keys of some types only through their own decisions", async () => {
    const [decided] = await actionOf("c1", "ben");
    await expect(ofRanking.capacity.release(decided)).rejects.toMatchObject({ status: 403 });
    await expect(ofRanking.capacity.of(["agent/ben"])).rejects.toMatchObject({ status: 403 });
    await expect(ofRouting.capacity.commit("basket-1")).rejects.toMatchObject({ status: 403 });
    await ofRouting.capacity.commit(decided);
    expect(await ofRouting.capacity.release(decided)).toBe(true);
  });

  test.each([
    ["no draws", { id: "x", draws: [], seconds: 1 }, "/draws"],
    [
      "a resource twice",
      { id: "x", draws: Array(2).fill({ resource: "a", units: 1 }), seconds: 1 },
      "/draws",
    ],
    [
      "half a unit",
      { id: "x", draws: [{ resource: "a", units: 0.5 }], seconds: 1 },
      "/draws/0/units",
    ],
    ["no time", { id: "x", draws: [{ resource: "a", units: 1 }], seconds: 0 }, "/seconds"],
    [
      "a name nobody can keep",
      { id: "\0", draws: [{ resource: "a", units: 1 }], seconds: 1 },
      "/id",
    ],
  ])("are not reserved for %s", async (_remark, body, pointer) => {
    const headers = { authorization: `Bearer ${keys.get(operator)}` };
    const got = await call(platform.url, "POST", "/v1/capacity/reservations", body, headers);
    expect(problemIn(got)).toMatchObject({ status: 400, flaws: [{ pointer }] });
  });
});
