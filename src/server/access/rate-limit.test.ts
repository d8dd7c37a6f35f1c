/** The buckets on a clock turned by hand: what is left, when it comes back, and whose it is. */
import { expect, test } from "vitest";
import { type Clock, LOCAL_PRINCIPAL, type Principal } from "#foundation";
import { openRateLimiter } from "./rate-limit.ts";

function limiter(perKey: number, perTenant: number) {
  let nowMs = 0;
  const clock: Clock = { utcMs: () => 0, monotonicMs: () => nowMs, after: () => () => {} };
  const rates = openRateLimiter(clock, { perKey, perTenant });
  const take = (key: string, tenant = "a"): string => {
    const principal: Principal = { tenant, name: key, role: "reader" };
    const taken = rates.take(principal);
    return taken?.fault === undefined ? `${taken?.left}` : `wait ${taken.fault.retryAfterMs}`;
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { take, pass, rates };
}

test("a key has its second's worth, then waits for the next", () => {
  const { take, pass } = limiter(2, 100);
  expect([take("k"), take("k"), take("k")]).toEqual(['"key";r=1;t=1', '"key";r=0;t=1', "wait 500"]);
  pass(250);
  expect(take("k")).toBe("wait 250");
  pass(250);
  expect(take("k")).toBe('"key";r=0;t=1');
  pass(3_600_000);
  expect([take("k"), take("k"), take("k")].at(-1)).toBe("wait 500");
});

test("keys of a tenant share its own; other tenants have theirs", () => {
  const { take, rates } = limiter(2, 3);
  expect(rates.policy).toBe('"key";q=2;w=1, "tenant";q=3;w=1');
  expect([take("k"), take("k")]).toEqual(['"key";r=1;t=1', '"key";r=0;t=1']);
  expect([take("l"), take("l")]).toEqual(['"tenant";r=0;t=1', "wait 333.3333333333333"]);
  expect(take("m", "b")).toBe('"key";r=1;t=1');
});

test("who needs no key has no limit", () => {
  const { rates } = limiter(1, 1);
  expect([1, 2, 3].map(() => rates.take(LOCAL_PRINCIPAL))).toEqual(Array(3).fill(undefined));
});
