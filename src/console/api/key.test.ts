/** The key in hand and the stream that carries it, against scripted replies. */
import { describe, expect, test } from "vitest";
import { openFetchStream } from "./fetch-stream.ts";
import { heldKey, withKey } from "./key.ts";

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

describe("the key", () => {
  test("is sent once there is one, and asked for whenever it is refused", async () => {
    const sent: (string | null)[] = [];
    const refusals: boolean[] = [];
    const key = heldKey(storage());
    const send = withKey(
      async (_url, { headers }) => {
        sent.push(new Headers(headers).get("authorization"));
        return new Response("", { status: sent.at(-1) === "Bearer good" ? 200 : 401 });
      },
      key,
      (hadKey) => void refusals.push(hadKey),
    );
    await send("/", {});
    key.set(" bad ");
    await send("/", { headers: { "content-type": "application/json" } });
    key.set("good\n");
    await send("/", {});
    key.forget();
    await send("/", {});
    expect(sent).toEqual([null, "Bearer bad", "Bearer good", null]);
    expect(refusals).toEqual([false, true, false]);
  });
});

/** Everything told by a stream whose reply comes in these pieces. */
async function told(pieces: readonly string[], status = 200) {
  const events: string[] = [];
  const body = new Blob([...pieces]).stream();
  const stream = openFetchStream(async () => new Response(body, { status }), "/stream");
  const ended = new Promise<void>((resolve) => {
    for (const type of ["open", "decision", "missed", "error"]) {
      stream.addEventListener(type, ({ data }) => {
        events.push(data === undefined ? type : `${type} ${data}`);
        if (type === "error") resolve();
      });
    }
  });
  await ended;
  return { events, readyState: stream.readyState };
}

describe("the stream", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["nothing", [], []],
    ["a retry and a heartbeat", ["retry: 2000\n\n: still here\n\n"], []],
    ["an event", ['id: 1\nevent: decision\ndata: {"a":1}\n\n'], ['decision {"a":1}']],
    ["one in pieces", ["id: 1\nevent: deci", "sion\nda", "ta: x\n", "\n"], ["decision x"]],
    [
      "two and a half",
      ["event: missed\ndata: {}\n\nevent: decision\ndata: y\n\nev"],
      ["missed {}", "decision y"],
    ],
  ])("tells of %s", async (_remark, pieces, events) => {
    expect(await told(pieces)).toEqual({ events: ["open", ...events, "error"], readyState: 2 });
  });

  test("says that it was refused", async () => {
    expect(await told(["{}"], 401)).toEqual({ events: ["error"], readyState: 2 });
  });

  test("says nothing once it was closed", async () => {
    const events: string[] = [];
    const stream = openFetchStream(async (_url, { signal }) => {
      signal?.throwIfAborted();
      return new Response("event: decision\ndata: x\n\n");
    }, "/stream");
    for (const type of ["open", "decision", "error"]) {
      stream.addEventListener(type, () => void events.push(type));
    }
    stream.close();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(events).toEqual([]);
  });
});
