/**
 * Server-sent events read from a body as it comes (WHATWG HTML, section 9.2). `EventSource` cannot
 * send headers, so API keys could not travel with it.
 */
import type { HttpStream } from "./surroundings.ts";

/** One event: its type, its data, and the last id the stream has named. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string;
}

/** No event of this API is longer; a server that never ends one must not fill the memory. */
const EVENT_CHARACTERS_MAX = 1_000_000;

/**
 * The events of a body, until it ends. Ending the iteration early cancels the body.
 *
 * @throws what reading the body throws, and a RangeError for an event without end.
 */
export async function* serverEvents(body: HttpStream): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let draft = { event: "message", data: "", id: "" };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return; // An event without its empty line is incomplete and dropped.
      rest += decoder.decode(value, { stream: true });
      // A carriage return at the end may be the first half of a line's end.
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line !== "") {
          draft = withLine(draft, line);
          refuseEndless(draft.data.length);
        } else {
          const { event, data, id } = draft;
          draft = { event: "message", data: "", id };
          if (data !== "") yield { event, data: data.slice(0, -1), id };
        }
      }
      refuseEndless(draft.data.length + rest.length);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function refuseEndless(characters: number): void {
  if (characters > EVENT_CHARACTERS_MAX) throw new RangeError("an event without end");
}

function withLine(draft: ServerEvent, line: string): { event: string; data: string; id: string } {
  const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
  switch (name) {
    case "event":
      return { ...draft, event: value };
    case "data":
      return { ...draft, data: `${draft.data}${value}\n` };
    case "id":
      return { ...draft, id: value };
    default:
      return { ...draft }; // Comments, and fields that do not concern us.
  }
}
