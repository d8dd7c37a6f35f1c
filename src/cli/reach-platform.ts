/**
 * Where a command's question is answered: in this process, or by the server that holds the data
 * directory.
 */
import fs from "node:fs";
import { Fault, LOCAL_PRINCIPAL } from "#foundation";
import type { IntentFinder, Pipeline } from "#pipeline";
import { parseJsonBody, serverHolding } from "#server";
import { assemblePipeline, isHeldElsewhere, type Storage } from "../assemble.ts";
import { cliFaults } from "./faults.ts";
import { askServer } from "./server-calls.ts";
import type { Terminal } from "./terminal.ts";

/** The sentences of the platform a command can speak, wherever it runs. */
export interface Reached {
  /** @throws Fault for what the caller can act on. */
  decide(type: string, body: Uint8Array<ArrayBuffer>): Promise<unknown>;
  /** @throws Fault for what the caller can act on. */
  replay(decisionId: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Where to look. */
export type Place = Storage | { readonly kind: "server"; readonly url: string };

/**
 * Opens the platform at `place`; if a server holds the directory, that server is asked instead.
 * `prepare` runs on a platform in this process before it is used; `intents` tells what texts are
 * about there, and a server has its own.
 *
 * @throws Fault `data-directory-held` if the holder does not say where it can be reached.
 */
export async function reachPlatform(
  terminal: Terminal,
  place: Place,
  prepare: (pipeline: Pipeline) => Promise<void> = async () => {},
  intents?: IntentFinder,
): Promise<Reached> {
  if (place.kind === "server") return overHttp(terminal, place.url);
  try {
    const pipeline = await assemblePipeline({ storage: place, intents });
    await prepare(pipeline).catch((error: unknown) => closeAndThrow(pipeline, error));
    return inProcess(terminal, pipeline);
  } catch (error) {
    if (place.kind !== "directory" || !isHeldElsewhere(error)) throw error;
    const url = serverHolding(place.path);
    if (url !== undefined) return overHttp(terminal, url);
    const detail = `${place.path}: expected it to be free or a server's, got another process`;
    throw new Fault(cliFaults.directoryHeld, { detail }, error);
  }
}

/** @throws Fault `data-directory-missing` unless there is a directory at `path`. */
export function requireDirectory(path: string): void {
  if (fs.statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new Fault(cliFaults.directoryMissing, {
    detail: `expected a data directory, got nothing at ${path}`,
  });
}

async function closeAndThrow(pipeline: Pipeline, error: unknown): Promise<never> {
  await pipeline.close();
  throw error;
}

function inProcess({ signal }: Terminal, pipeline: Pipeline): Reached {
  return {
    decide: async (type, body) =>
      pipeline.decide(LOCAL_PRINCIPAL, type, parseJsonBody(body), { signal }),
    replay: (decisionId) => pipeline.replay(LOCAL_PRINCIPAL, decisionId),
    close: () => pipeline.close(),
  };
}

function overHttp(terminal: Terminal, url: string): Reached {
  return {
    decide: (type, body) =>
      askServer(terminal, url, `/v1/decisions/${encodeURIComponent(type)}`, body),
    replay: (decisionId) =>
      askServer(
        terminal,
        url,
        `/v1/decisions/${encodeURIComponent(decisionId)}/replay`,
        new Uint8Array(),
      ),
    close: async () => {},
  };
}
