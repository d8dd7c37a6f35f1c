/** Looking again for keys, on a clock turned by hand. */
import { expect, test } from "vitest";
import { keepLooking } from "./keep-looking.ts";

test("one look at a time, past a database that fails, until ended even in mid-look", async () => {
  let alarm: (() => void) | undefined;
  const clock = {
    utcMs: () => 0,
    monotonicMs: () => 0,
    after: (_delayMs: number, action: () => void) => {
      alarm = action;
      return () => {
        alarm = undefined;
      };
    },
  };
  const ring = () => {
    const action = alarm;
    alarm = undefined;
    action?.();
  };
  const looks: PromiseWithResolvers<void>[] = [];
  const keys = {
    refresh: () => {
      const look = Promise.withResolvers<void>();
      looks.push(look);
      return look.promise;
    },
  };
  const end = keepLooking(keys, clock);
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  expect(looks).toHaveLength(0);
  ring();
  ring();
  expect(looks).toHaveLength(1);
  looks[0].reject(new Error("no database"));
  await settled();
  ring();
  expect(looks).toHaveLength(2);
  end();
  looks[1].resolve();
  await settled();
  ring();
  expect(looks).toHaveLength(2);
});
