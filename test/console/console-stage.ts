/**
 * A platform with its console for browser tests: the real server on a store in memory, the bundled
 * shop, two versions of a policy, some decisions and an outcome.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { buildConsole, consoleFiles } from "#console";
import { decisionReply } from "#wire";
import { assembleServer } from "../../src/assemble.ts";
import { registerShop, shopRequestFile } from "../../src/cli/register-shop.ts";
import { call } from "../http/client.ts";
import { PATIENT, ranking } from "../http/patient.ts";

const reply = decisionReply(ranking.answerSchema);

/** A platform with its console. */
export interface ConsoleStage {
  readonly base: string;
  /** A decision of the shop with an outcome. */
  readonly decisionId: string;
  /** Decides the shop's request once more. */
  decide(seed: number): Promise<string>;
  close(): Promise<void>;
}

/** Builds the pages, the gallery of charts included, into a new temporary folder. */
export async function buildPages(): Promise<string> {
  const folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "tandem-console-")), "pages");
  expect(await buildConsole(folder, "gallery")).toBe(true);
  return folder;
}

/** Removes what {@link buildPages} made. */
export function removePages(folder: string): void {
  fs.rmSync(path.dirname(folder), { recursive: true, force: true });
}

/** Opens the stage with the pages in `folder`. */
export async function openConsoleStage(folder: string): Promise<ConsoleStage> {
  const platform = await assembleServer({
    storage: { kind: "memory" },
    host: "127.0.0.1",
    port: 0,
    prepare: registerShop,
    page: consoleFiles(folder),
    log: { level: "silent", stream: { write: () => {} } },
  });
  await platform.ready;
  const send = (path: string, body: unknown) => call(platform.url, "POST", path, body);
  const request = JSON.parse(fs.readFileSync(shopRequestFile(), "utf8"));
  async function decide(seed: number): Promise<string> {
    const options = { policy: "patient@1", seed };
    const got = await send("/v1/decisions/ranking", { ...request, options });
    return reply.parse(got.json).decisionId;
  }

  expect((await send("/v1/policies", PATIENT)).status).toBe(201);
  const plan = { ...PATIENT.plan, gapMax: 0.05 };
  expect((await send("/v1/policies", { ...PATIENT, version: 2, plan })).status).toBe(201);
  for (let seed = 0; seed < 12; seed += 1) await decide(seed);
  const decisionId = await decide(12);
  const outcome = {
    ...{ outcomeId: "order-1", decisionId, item: "85123A", position: 1, kind: "order" },
    ...{ value: { minor: 295, currency: "GBP" }, at: new Date().toISOString() },
  };
  expect((await send("/v1/outcomes", outcome)).status).toBe(200);
  return { base: platform.url, decisionId, decide, close: () => platform.stop() };
}
