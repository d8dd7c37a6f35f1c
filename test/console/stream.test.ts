/**
 * Watching decisions as they are made: what is told, how a watcher resumes, how many may
 * watch, and that nobody who watches holds up the end.
 */
import { afterEach, describe, expect, test } from "vitest";
import type { DecisionReply } from "#pipeline";
import { openStage, REPLY, REQUEST, type Stage } from "../http/stage.ts";

const IDS = ["1", "2", "3"].map((digit) => `01981f3a-5b00-7000-8000-00000000000${digit}`);
const replyTo = (id: string): DecisionReply => ({ ...REPLY, decisionId: id });

let stage: Stage;
afterEach(async () => stage.server.drain(1000));

/** Opens a stage that answers one decision after the other with the given replies. */
async function openWith(replies: readonly DecisionReply[]): Promise<void> {
  const left = [...replies];
  stage = await openStage(async () => left.shift() ?? REPLY);
}

async function decide(): Promise<void> {
  const reply = await fetch(`${stage.base}/v1/decisions/ranking`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(REQUEST),
  });
  expect(reply.status).toBe(200);
  await reply.arrayBuffer();
}

/** What a watcher reads: `until` is called with all text so far and says when it is enough. */
async function watch(query: string, headers: Readonly<Record<string, string>> = {}) {
  const reply = await fetch(`${stage.base}/v1/decisions/stream${query}`, { headers });
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    reply,
    readUntil: async (pattern: RegExp): Promise<string> => {
      while (!pattern.test(text)) {
        const part = await reader?.read();
        if (part === undefined || part.done) return `${text}(end)`;
        text += part.value;
      }
      return text;
    },
    leave: async () => reader?.cancel(),
  };
}

const idsIn = (text: string): string[] => [...text.matchAll(/^id: (.*)$/gm)].map((one) => one[1]);

describe("the stream of decisions", () => {
  test("carries what is decided from now on, as the list has it", async () => {
    await openWith(IDS.map(replyTo));
    await decide();
    const watcher = await watch("");
    expect(watcher.reply.headers.get("content-type")).toContain("text/event-stream");
    await watcher.readUntil(/retry: \d+\n\n/);
    await decide();
    const text = await watcher.readUntil(/data: .*\n\n$/);
    expect(idsIn(text)).toEqual([IDS[1]]);
    expect(JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? "")).toEqual({
      decisionId: IDS[1],
      type: "ranking",
      policy: "homepage@1",
      at: REPLY.timing.receivedAt,
      rung: "rule",
      status: "feasible",
      latencyMs: 1,
      deadlineMs: REPLY.timing.deadlineMs,
      gap: null,
    });
    await watcher.leave();
  });

  const resumptions: readonly [remark: string, query: string, header: string | undefined][] = [
    ["by the header browsers send", "", IDS[0]],
    ["by the query, for a browser that opens anew", `?after=${IDS[0]}`, undefined],
  ];
  test.each(resumptions)("resumes after a break, %s", async (_remark, query, header) => {
    await openWith(IDS.map(replyTo));
    for (const _ of IDS) await decide();
    const watcher = await watch(query, header === undefined ? {} : { "last-event-id": header });
    const text = await watcher.readUntil(new RegExp(`${IDS[2]}"`));
    expect(idsIn(text)).toEqual(IDS.slice(1));
    await watcher.leave();
  });

  test("says so when it cannot resume", async () => {
    await openWith([]);
    const watcher = await watch(`?after=${IDS[0]}`);
    expect(await watcher.readUntil(/event: missed/)).toContain("event: missed\ndata: {}\n\n");
    await watcher.leave();
  });

  test("tells a repeated request's decision once, an unrecorded one never", async () => {
    const unrecorded: DecisionReply = { ...replyTo(IDS[2]), unrecorded: true };
    await openWith([replyTo(IDS[0]), replyTo(IDS[0]), unrecorded, replyTo(IDS[1])]);
    const watcher = await watch("");
    await watcher.readUntil(/retry/);
    for (let round = 0; round < 4; round += 1) await decide();
    expect(idsIn(await watcher.readUntil(new RegExp(`${IDS[1]}"`)))).toEqual([IDS[0], IDS[1]]);
    await watcher.leave();
  });

  test("refuses one watcher too many and takes the next when one has left", async () => {
    await openWith([]);
    const watchers = await Promise.all(Array.from({ length: 64 }, () => watch("")));
    const refused = await fetch(`${stage.base}/v1/decisions/stream`);
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: "overloaded" });
    await Promise.all(watchers.map((one) => one.leave()));
    await expect
      .poll(async () => {
        const next = await watch("");
        await next.leave();
        return next.reply.status;
      })
      .toBe(200);
  });

  test("a request for the head alone watches nothing", async () => {
    await openWith([]);
    for (let round = 0; round < 65; round += 1) {
      const head = await fetch(`${stage.base}/v1/decisions/stream`, { method: "HEAD" });
      expect(head.status).toBe(400);
    }
    const watcher = await watch("");
    expect(watcher.reply.status).toBe(200);
    await watcher.leave();
  });

  test("ends when the server ends, at once", async () => {
    await openWith([]);
    const watcher = await watch("");
    await watcher.readUntil(/retry/);
    const drained = stage.server.drain(60_000);
    expect(await watcher.readUntil(/never/)).toMatch(/\(end\)$/);
    await drained;
  });
});
