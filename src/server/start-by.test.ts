/** The latest start of a decision, from whatever the body says, also when it says nonsense. */
import { describe, expect, test } from "vitest";
import { catalogue } from "#decisions";
import { present } from "#foundation";
import { openDeadlineBook } from "./start-by.ts";

const type = present(catalogue[0], "a decision type");
const { deadlineMs, deadlineMsMax, reserveMs } = type.defaultPolicy.contract;
const DEFAULT = deadlineMs - reserveMs;

describe("the latest start", () => {
  test.each([
    ["no body", undefined, DEFAULT],
    ["a body that is no object", 7, DEFAULT],
    ["no options", {}, DEFAULT],
    ["its own deadline", { options: { deadlineMs: 2 * reserveMs + 5 } }, reserveMs + 5],
    ["a deadline shorter than the reserve", { options: { deadlineMs: 1 } }, 0.5],
    ["a deadline beyond all bounds", { options: { deadlineMs: 1e12 } }, deadlineMsMax - reserveMs],
    ["a deadline that is text", { options: { deadlineMs: "50" } }, DEFAULT],
    ["a deadline in the past", { options: { deadlineMs: -1 } }, DEFAULT],
    ["a policy not met before", { options: { policy: "other@1" } }, DEFAULT],
    ["options inherited, not given", Object.create({ options: { deadlineMs: 1 } }), DEFAULT],
  ])("with %s", (_remark, body, expected) => {
    expect(openDeadlineBook().startByMs("local", type, body, 1000)).toBe(1000 + expected);
  });

  test("is learnt per policy and tenant from what a policy has promised once", () => {
    const book = openDeadlineBook();
    const body = { options: { policy: "slow@1" } };
    book.learn("local", body, { timing: { deadlineMs: 9000 } });
    expect(book.startByMs("local", type, body, 0)).toBe(9000 - reserveMs);
    expect(book.startByMs("other", type, body, 0)).toBe(DEFAULT);
    const asked = { options: { policy: "slow@1", deadlineMs: 8000 } };
    expect(book.startByMs("local", type, asked, 0)).toBe(8000 - reserveMs);
  });

  test("is not learnt from a deadline the caller chose", () => {
    const book = openDeadlineBook();
    const asked = { options: { policy: "fast@1", deadlineMs: 20 } };
    book.learn("local", asked, { timing: { deadlineMs: 20 } });
    expect(book.startByMs("local", type, { options: { policy: "fast@1" } }, 0)).toBe(DEFAULT);
  });
});
