/**
 * A kept-alive HTTP/1.1 connection that carries one request at a time and costs the load generator
 * next to nothing: requests are bytes made beforehand, replies are cut by their content-length.
 */
import net from "node:net";

/** A reply as it came. */
export interface Reply {
  readonly status: number;
  readonly mediaType: string;
  readonly retryAfter: string | undefined;
  readonly body: string;
}

/** Told how a request ended: with a reply, or with the reason there was none. */
export type OnEnd = (reply: Reply | undefined, reason: string) => void;

const HEAD_END = "\r\n\r\n";

/** One connection. */
export class Connection {
  readonly #socket: net.Socket;
  #received: Buffer[] = [];
  #size = 0;
  /** Bytes of the whole reply, 0 until its head has come. */
  #due = 0;
  #onEnd: OnEnd | undefined;
  isOpen = true;

  constructor(host: string, port: number) {
    this.#socket = net.connect({ host, port, noDelay: true });
    this.#socket.on("data", (part) => this.#take(part));
    this.#socket.on("error", (error) => this.#fail(error.message));
    this.#socket.on("close", () => this.#fail("connection closed"));
  }

  /** Sends a request; the connection must have none under way. */
  send(request: Buffer, onEnd: OnEnd): void {
    this.#onEnd = onEnd;
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(part: Buffer): void {
    this.#received.push(part);
    this.#size += part.length;
    if (this.#due === 0) this.#readHead();
    if (this.#due === 0 || this.#size < this.#due) return;
    const whole = Buffer.concat(this.#received).toString("utf8");
    this.#received = [];
    this.#size = 0;
    this.#due = 0;
    const onEnd = this.#onEnd;
    this.#onEnd = undefined;
    onEnd?.(replyOf(whole), "");
  }

  #readHead(): void {
    const all = Buffer.concat(this.#received);
    const end = all.indexOf(HEAD_END);
    if (end < 0) return;
    const head = all.toString("latin1", 0, end);
    const length = headerOf(head, "content-length");
    this.#due = end + HEAD_END.length + Number(length ?? 0);
  }

  #fail(reason: string): void {
    this.isOpen = false;
    const onEnd = this.#onEnd;
    this.#onEnd = undefined;
    onEnd?.(undefined, reason);
  }
}

/** A POST of JSON as bytes. */
export function postBytes(host: string, path: string, body: string): Buffer {
  const content = Buffer.from(body);
  const head =
    `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\n` +
    `content-length: ${content.length}${HEAD_END}`;
  return Buffer.concat([Buffer.from(head), content]);
}

function replyOf(whole: string): Reply {
  const end = whole.indexOf(HEAD_END);
  const head = whole.slice(0, end);
  return {
    status: Number(head.slice(9, 12)),
    mediaType: headerOf(head, "content-type") ?? "",
    retryAfter: headerOf(head, "retry-after"),
    body: whole.slice(end + HEAD_END.length),
  };
}

function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}: *(.*?)\\r?$`, "im").exec(head)?.[1];
}
