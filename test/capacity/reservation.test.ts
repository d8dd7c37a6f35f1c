/**
 * Decisions that reserve what they use: two at once never give the same place twice, a lost race is
 * decided again, what comes to nothing is given back, and a replay sees what was free then.
 */
import { describe, expect, test } from "vitest";
import type { CapacityStore } from "#capacity";
import { createPipeline, type Pipeline, type Platform } from "#pipeline";
import { openMemoryStore } from "#store";
import { faultOf } from "../pipeline/fault-of.ts";
import { ASKER, testPlatform } from "../pipeline/platform.ts";

/** One contact, and agents with one place each, the first the best. */
function request(contact: string, agents: readonly string[], reserve?: { seconds: number }) {
  return {
    contacts: [{ id: contact, channel: "voice", waitedSeconds: 5, needs: [{ skill: "cards" }] }],
    agents: agents.map((id, index) => ({
      id,
      skills: { cards: 1 - index / 10 },
      concurrency: { voice: 1 },
    })),
    ...(reserve !== undefined && { reserve }),
    options: { deadlineMs: 5000, seed: 1 },
  };
}

/** Runs `use` on a platform whose capacity is kept by `alter` of a store in memory. */
async function withCapacity(
  alter: (store: CapacityStore) => CapacityStore | undefined,
  use: (pipeline: Pipeline, platform: Platform) => Promise<void>,
): Promise<void> {
  const store = openMemoryStore();
  const platform = { ...testPlatform({ store, threadCount: 1 }), capacity: alter(store) };
  const pipeline = createPipeline(platform);
  try {
    await pipeline.ready();
    await use(pipeline, platform);
  } finally {
    await pipeline.close();
  }
}

async function agentOf(pipeline: Pipeline, body: unknown): Promise<unknown> {
  const { answer } = await pipeline.decide(ASKER, "routing", body);
  const { contacts }: { readonly contacts?: readonly { readonly agent?: string }[] } =
    Object(answer);
  return contacts?.[0].agent;
}

/** How many places of a resource are taken. */
async function takenOf({ capacity, clock }: Platform, resource: string): Promise<unknown> {
  const found = await capacity?.capacities(ASKER.tenant, [resource], clock.utcMs());
  return found?.[0]?.taken;
}

const RESERVE = { seconds: 60 };

describe("reservations", () => {
  test("ticks that know nothing of each other give no place twice", async () => {
    await withCapacity(
      (store) => store,
      async (pipeline) => {
        const agents = ["ana", "ben", "cho"];
        const bodies = ["c1", "c2", "c3", "c4"].map((id) => request(id, agents, RESERVE));
        const given = await Promise.all(bodies.map((body) => agentOf(pipeline, body)));
        expect(given.map(String).sort()).toEqual(["ana", "ben", "cho", "undefined"]);
        // Without the wish, nothing is looked up and nothing is taken.
        expect(await agentOf(pipeline, request("c5", agents))).toBe("ana");
      },
    );
  });

  test("a lost race is decided again with what is free now", async () => {
    let isFirst = true;
    const alter = (store: CapacityStore): CapacityStore => ({
      ...store,
      reserveCapacity: async (reservation, nowUtcMs) => {
        if (isFirst) {
          isFirst = false;
          const other = { ...reservation, id: "somebody else" };
          await store.reserveCapacity(other, nowUtcMs);
        }
        return store.reserveCapacity(reservation, nowUtcMs);
      },
    });
    await withCapacity(alter, async (pipeline) => {
      expect(await agentOf(pipeline, request("c1", ["ana", "ben"], RESERVE))).toBe("ben");
    });
  });

  test("a race that is always lost ends in time, as a conflict", async () => {
    const alter = (store: CapacityStore): CapacityStore => ({
      ...store,
      reserveCapacity: async () => ({ kind: "short", resources: [] }),
    });
    await withCapacity(alter, async (pipeline) => {
      const body = { ...request("c1", ["ana"], RESERVE), options: { deadlineMs: 200 } };
      const fault = await faultOf(pipeline.decide(ASKER, "routing", body));
      expect(fault.row.code).toBe("capacity-contended");
    });
  });

  test("where nothing is kept, a wish to reserve is refused", async () => {
    await withCapacity(
      () => undefined,
      async (pipeline) => {
        const asked = pipeline.decide(ASKER, "routing", request("c1", ["ana"], RESERVE));
        expect((await faultOf(asked)).row.code).toBe("capacity-not-kept");
        expect(await agentOf(pipeline, request("c1", ["ana"]))).toBe("ana");
      },
    );
  });

  test("what could not be recorded is given back", async () => {
    await withCapacity(
      (store) => store,
      async (pipeline, platform) => {
        const append = platform.store.append;
        Object.assign(platform.store, { append: () => Promise.reject(new Error("no disk")) });
        const body = request("c1", ["ana"], RESERVE);
        const fault = await faultOf(pipeline.decide(ASKER, "routing", body));
        expect(fault.row.code).toBe("unrecorded");
        Object.assign(platform.store, { append });
        expect(await agentOf(pipeline, body)).toBe("ana");
      },
    );
  });

  test("what is reserved only after the deadline is given back", async () => {
    const late = Promise.withResolvers<void>();
    const released = Promise.withResolvers<boolean>();
    const alter = (store: CapacityStore): CapacityStore => ({
      ...store,
      reserveCapacity: async (reservation, nowUtcMs) => {
        await late.promise;
        return store.reserveCapacity(reservation, nowUtcMs);
      },
      releaseCapacity: async (tenant, id) => {
        const isDone = await store.releaseCapacity(tenant, id);
        released.resolve(isDone);
        return isDone;
      },
    });
    await withCapacity(alter, async (pipeline, platform) => {
      const body = { ...request("c1", ["ana"], RESERVE), options: { deadlineMs: 500 } };
      const fault = await faultOf(pipeline.decide(ASKER, "routing", body));
      expect(fault.row.code).toBe("out-of-time");
      late.resolve();
      expect(await released.promise).toBe(true);
      expect(await takenOf(platform, "agent/ana")).toBe(0);
    });
  });

  test("what could not be sealed is given back", async () => {
    await withCapacity(
      (store) => store,
      async (pipeline, platform) => {
        const newSalt = () => {
          throw new Error("no randomness");
        };
        const broken = createPipeline({ ...platform, newSalt });
        const body = request("c1", ["ana"], RESERVE);
        await expect(broken.decide(ASKER, "routing", body)).rejects.toThrow("no randomness");
        expect(await takenOf(platform, "agent/ana")).toBe(0);
        expect(await agentOf(pipeline, body)).toBe("ana");
      },
    );
  });

  test("a replay sees what was free then, whatever is free now", async () => {
    await withCapacity(
      (store) => store,
      async (pipeline) => {
        const body = request("c1", ["ana", "ben"], RESERVE);
        for (const agent of ["ana", "ben"]) {
          const { decisionId, answer } = await pipeline.decide(ASKER, "routing", body);
          expect(answer).toMatchObject({ contacts: [{ agent }] });
          const report = await pipeline.replay(ASKER, decisionId);
          expect(report).toMatchObject({ verdict: "identical", differences: [] });
        }
      },
    );
  });
});
