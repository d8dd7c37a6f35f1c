/** The messages are those of the engine's own writer, whatever came through the buffer before. */
import { protocol } from "@electric-sql/pglite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bindWriter } from "./bind-message.ts";

const { bind, execute, sync } = protocol.serialize;

function expected(statement: string, values: readonly (string | null)[]): Buffer {
  return Buffer.concat([bind({ statement, values: [...values] }), execute({}), sync()]);
}

test("any values, one message after the other through one buffer", () => {
  const bound = bindWriter();
  const value = fc.option(fc.string({ unit: "binary" }), { nil: null });
  fc.assert(
    fc.property(fc.string({ unit: "grapheme-ascii" }), fc.array(value), (name, values) => {
      expect(Buffer.from(bound(name, values))).toEqual(expected(name, values));
    }),
  );
});

test.each([
  { remark: "no values", values: [] },
  { remark: "only nulls", values: [null, null] },
  { remark: "more than the buffer holds", values: ["é日".repeat(40_000)] },
  { remark: "more than is kept", values: ["x".repeat(2_000_000), null, "y"] },
])("$remark, and a small one after it", ({ values }) => {
  const bound = bindWriter();
  for (const each of [values, ["small"]]) {
    const same = Buffer.from(bound("name", each)).equals(expected("name", each));
    expect(same).toBe(true);
  }
});
