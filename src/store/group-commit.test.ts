/**
 * What shares a batch, what does not, and what a failure takes with it.
 */
import { describe, expect, it } from "vitest";
import { Fault } from "#foundation";
import { storeFaults } from "./faults.ts";
import { type GroupCommitLimits, groupCommit } from "./group-commit.ts";

interface Entry {
  readonly name: string;
  readonly keys?: readonly string[];
  readonly bytes?: number;
  readonly bad?: true;
}

const limits: GroupCommitLimits = { batchCountMax: 4, batchBytesMax: 100, pendingMax: 20 };

/** A queue whose commits are recorded, wait at the gate, and fail on a bad entry. */
function queueOver(given: Partial<GroupCommitLimits> = {}) {
  const batches: string[][] = [];
  const gate = { pass: async () => {} };
  const submit = groupCommit<Entry, string>(
    {
      commit: async (batch) => {
        batches.push(batch.map(({ name }) => name));
        await gate.pass();
        if (batch.some(({ bad }) => bad))
          throw new Fault(storeFaults.valueUnstorable, { detail: "" });
        return batch.map(({ name }) => name.toUpperCase());
      },
      exclusiveKeys: ({ keys }) => keys ?? [],
      sizeBytes: ({ bytes }) => bytes ?? 1,
      isAboutEntries: (error) => error instanceof Fault && error.row.category === "invalid",
    },
    { ...limits, ...given },
  );
  return { submit, batches, gate };
}

const entries = (names: string): readonly Entry[] => [...names].map((name) => ({ name }));

describe("group commit", () => {
  it("commits one alone, and nothing when nothing is asked", async () => {
    const { submit, batches } = queueOver();
    expect(batches).toEqual([]);
    expect(await submit({ name: "a" })).toBe("A");
    expect(batches).toEqual([["a"]]);
  });

  it("makes a batch of those that arrive during one, up to its bounds", async () => {
    const { submit, batches } = queueOver();
    const settled = await Promise.all(entries("abcdefghi").map(submit));
    expect(settled.join("")).toBe("ABCDEFGHI");
    expect(batches.map((batch) => batch.join(""))).toEqual(["abcd", "efgh", "i"]);
  });

  it("closes a batch that has grown heavy", async () => {
    const { submit, batches } = queueOver();
    const heavy = [...entries("ab"), { name: "C", bytes: 1_000 }, ...entries("de")];
    await Promise.all(heavy.map(submit));
    expect(batches.map((batch) => batch.join(""))).toEqual(["abC", "de"]);
  });

  it("settles no promise before its own commit ends", async () => {
    const { submit, gate } = queueOver();
    const opened = Promise.withResolvers<void>();
    gate.pass = () => opened.promise;
    let settled = false;
    const promise = submit({ name: "a" }).then(() => {
      settled = true;
    });
    for (let turn = 0; turn < 5; turn += 1) await new Promise((next) => setImmediate(next));
    expect(settled).toBe(false);
    opened.resolve();
    await promise;
    expect(settled).toBe(true);
  });

  it("keeps claimants of one key in successive batches, in their order", async () => {
    const { submit, batches } = queueOver();
    const claimants: readonly Entry[] = [
      { name: "a", keys: ["k"] },
      { name: "b", keys: ["k", "l"] },
      { name: "c", keys: ["l"] },
      { name: "d", keys: ["m"] },
    ];
    await Promise.all(claimants.map(submit));
    expect(batches.map((batch) => batch.join(""))).toEqual(["ad", "b", "c"]);
  });

  it("fails a bad entry alone", async () => {
    const { submit, batches } = queueOver();
    const mixed: readonly Entry[] = [{ name: "a" }, { name: "b", bad: true }, { name: "c" }];
    const settled = await Promise.allSettled(mixed.map(submit));
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(batches.map((batch) => batch.join(""))).toEqual(["abc", "a", "b", "c"]);
  });

  it("fails all of a batch when the database failed, and goes on", async () => {
    const { submit, batches, gate } = queueOver();
    gate.pass = () => Promise.reject(new Error("gone"));
    const settled = await Promise.allSettled(entries("ab").map(submit));
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(batches).toHaveLength(1);
    gate.pass = async () => {};
    expect(await submit({ name: "c" })).toBe("C");
  });

  it("refuses what it cannot hold", async () => {
    const { submit } = queueOver({ pendingMax: 2 });
    const settled = await Promise.allSettled(entries("abc").map(submit));
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(settled[2]).toMatchObject({ reason: { row: storeFaults.crowded } });
    expect(await submit({ name: "d" })).toBe("D");
  });
});
