/**
 * The client as its users get it: built, packed, installed into a new project with the network cut
 * off, type-checked there under the strictest settings, and run against the platform, by this
 * Node, by the machine's own if that is another, and in a browser.
 */
import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildClient } from "../../sdk/build.ts";
import { assembleServer, type ServedPlatform, version } from "../../src/assemble.ts";
import { NO_BROWSER, openBrowser } from "../console/browser.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const SOURCE = path.join(ROOT, "sdk/javascript");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-client-"));
const project = path.join(folder, "project");
const installed = path.join(project, "node_modules/tandem-client");
let platform: ServedPlatform;

interface Ended {
  readonly failed: boolean;
  readonly out: string;
}

/** Runs a program to its end, while the platform in this process goes on. */
function tried(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd }, (error, out) => resolve({ failed: error !== null, out }));
  });
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { failed, out } = await tried(command, args, cwd);
  expect([failed, out], command).toEqual([false, out]);
  return out;
}

beforeAll(async () => {
  const starting = assembleServer({
    storage: { kind: "memory" },
    host: "127.0.0.1",
    port: 0,
    log: { level: "silent", stream: { write: () => {} } },
  });
  const staged = path.join(folder, "staged");
  fs.mkdirSync(staged);
  fs.mkdirSync(project);
  for (const name of ["package.json", "README.md"]) {
    fs.copyFileSync(path.join(SOURCE, name), path.join(staged, name));
  }
  await buildClient(path.join(staged, "dist"));
  await run("npm", ["pack", "--pack-destination", folder], staged);
  const tarball = path.join(folder, `tandem-client-${version}.tgz`);
  fs.writeFileSync(path.join(project, "package.json"), '{"name":"shop","type":"module"}');
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], project);
  platform = await starting;
  await platform.ready;
});
afterAll(async () => {
  await platform.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Checks programs of a user, by name, strictly and with libraries included. */
function check(programs: readonly (readonly [name: string, source: string])[]): Promise<Ended> {
  for (const [name, source] of programs) fs.writeFileSync(path.join(project, name), source);
  const files = programs.map(([name]) => name);
  const strict = ["--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess"];
  const target = ["--target", "es2022", "--module", "nodenext", "--outDir", "out"];
  const types = ["--types", "node", "--typeRoots", path.join(ROOT, "node_modules/@types")];
  const compiler = path.join(ROOT, "node_modules/typescript-native/bin/tsc");
  const args = [compiler, ...strict, ...target, ...types, "--skipLibCheck", "false", ...files];
  return tried(process.execPath, args, project);
}

const EXAMPLE = fs
  .readFileSync(path.join(ROOT, "sdk/example.ts"), "utf8")
  .replace('"#sdk"', '"tandem-client"');

describe("the package", () => {
  test("holds what it needs and nothing else: no dependency, no schema library", () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8"));
    expect(manifest.version).toBe(version);
    expect(Object.keys(manifest).filter((name) => /ependencies/.test(name))).toEqual([]);
    const names = fs.readdirSync(path.join(installed, "dist"));
    expect(names).toContain("index.js.map");
    for (const name of names) {
      const text = fs.readFileSync(path.join(installed, "dist", name), "utf8");
      expect(text, name).not.toMatch(/\bzod\b|from "#|\.ts";/);
    }
  });

  test("a user's program compiles and runs", async () => {
    expect(await check([["shop.ts", EXAMPLE]])).toEqual({ failed: false, out: "" });
    const program = path.join(project, "out/shop.js");
    const expected =
      /^\w+: \{"items":\[\{"id":"lantern","position":1\},.*\}\nrecorded\nidentical\n$/;
    expect(await run(process.execPath, [program, platform.url], project)).toMatch(expected);
    // The machine's own Node, where it is another that the package supports.
    const { out } = await tried("node", ["--version"], project);
    if (Number(out.match(/^v(\d+)/)?.[1]) >= 20) {
      expect(await run("node", [program, platform.url], project)).toMatch(expected);
    }
  });

  test("programs that would fail do not compile", async () => {
    const mistakes = [
      ["type", '"ranking"', '"rankings"'],
      ["member", "candidates:", "candidate:"],
      ["score", "score: 0.042", 'score: "0.042"'],
      ["answer", "quality.rung", "quality.rank"],
    ] as const;
    const programs = mistakes.map(([name, right, wrong]) => {
      return [`${name}.ts`, EXAMPLE.replace(right, wrong)] as const;
    });
    const { failed, out } = await check(programs);
    expect(failed).toBe(true);
    for (const [name] of programs) expect(out).toMatch(new RegExp(`^${name}.*error TS`, "m"));
  });
});

// There is a packaged Chromium for Linux on x64 alone.
describe.skipIf(NO_BROWSER !== undefined)("the package in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  test("decides, and watches the decision being made", async () => {
    // The front page lets no script in; what is tried here is the client, not that policy.
    const context = await browser.newContext({ baseURL: platform.url, bypassCSP: true });
    const page = await context.newPage();
    const script = path.join(installed, "dist/index.js");
    await page.route("**/tandem-client.js", (route) =>
      route.fulfill({ path: script, contentType: "text/javascript" }),
    );
    await page.goto("/");
    const [decided, seen] = await page.evaluate<readonly [string, string]>(`(async () => {
      const { TandemClient } = await import("/tandem-client.js");
      const tandem = new TandemClient({ baseUrl: location.origin });
      const events = tandem.watch();
      const first = events.next();
      const request = { candidates: [{ id: "a", score: 1 }], k: 1 };
      // The stream tells what comes after it was opened, so decide until it has.
      let reply;
      let seen;
      void first.then((one) => { seen = one.value.decision.decisionId; });
      const ids = [];
      while (seen === undefined) {
        reply = await tandem.decide("ranking", request, { deadlineMs: 900 });
        ids.push(reply.decisionId);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await events.return();
      return [ids.includes(seen) ? seen : "another", seen];
    })()`);
    expect(decided).toBe(seen);
    await context.close();
  });
});
