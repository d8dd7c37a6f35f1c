/**
 * What orders leave behind at a generator that answers, and at one that ends.
 */
import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { followOrder } from "./follow-order.ts";

const ORDER = {
  url: "http://127.0.0.1:1",
  workload: "registered",
  asks: "echo",
  load: { kind: "closed", clients: 1, seconds: 1 },
} as const;

/** Answers every order, or leaves at it. */
class ScriptedGenerator extends EventEmitter {
  readonly #event: "message" | "exit";

  constructor(event: "message" | "exit") {
    super();
    this.#event = event;
  }

  send(): void {
    this.emit(this.#event, []);
  }
}

test("an order leaves no listener behind, whatever comes of it", async () => {
  const [answering, leaving] = [new ScriptedGenerator("message"), new ScriptedGenerator("exit")];
  expect(await followOrder(answering, ORDER)).toEqual([]);
  await expect(followOrder(leaving, ORDER)).rejects.toThrow("the load generator ended");
  for (const generator of [answering, leaving]) {
    for (const event of ["message", "exit", "error"]) {
      expect(generator.listenerCount(event), event).toBe(0);
    }
  }
});
