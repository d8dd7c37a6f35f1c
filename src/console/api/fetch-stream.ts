/**
 * Server-sent events over `fetch`: what a browser's own EventSource does, with headers, which that
 * cannot send. It does not come back by itself; whoever watches does.
 */
import type { EventStream } from "./live.ts";

type Listener = (event: { readonly data?: string }) => void;

/** `EventSource.OPEN` and `EventSource.CLOSED`. */
const OPEN = 1;
const CLOSED = 2;

/** Opens the stream at `url`; with a body it is asked for by `POST`. */
export function openFetchStream(
  send: (url: string, request: RequestInit) => Promise<Response>,
  url: string,
  body?: object,
): EventStream {
  const listeners = new Map<string, Listener>();
  const stopping = new AbortController();
  let readyState = 0;
  const tell = (type: string, data?: string) =>
    listeners.get(type)?.(data === undefined ? {} : { data });

  async function read(): Promise<void> {
    const accept = "text/event-stream";
    const asked: RequestInit =
      body === undefined
        ? { headers: { accept } }
        : {
            method: "POST",
            headers: { accept, "content-type": "application/json" },
            body: JSON.stringify(body),
          };
    const reply = await send(url, { ...asked, signal: stopping.signal, cache: "no-store" });
    if (!reply.ok) return tell("refused", await reply.text());
    if (reply.body === null) return;
    readyState = OPEN;
    tell("open");
    let rest = "";
    for await (const text of reply.body.pipeThrough(new TextDecoderStream())) {
      const events = (rest + text).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) {
        const type = fieldOf(event, "event");
        if (type !== undefined) tell(type, fieldOf(event, "data") ?? "");
      }
    }
  }

  const end = () => {
    if (readyState === CLOSED) return;
    readyState = CLOSED;
    if (!stopping.signal.aborted) tell("error");
  };
  // After this turn, so that whoever opened it is listening.
  void Promise.resolve().then(read).then(end, end);
  return {
    get readyState() {
      return readyState;
    },
    addEventListener: (type, listener) => void listeners.set(type, listener),
    close: () => stopping.abort(),
  };
}

/** A field of an event as this server writes them: one line each (WHATWG HTML, 9.2.6). */
function fieldOf(event: string, name: string): string | undefined {
  const line = event.split("\n").find((one) => one.startsWith(`${name}: `));
  return line?.slice(name.length + 2);
}
