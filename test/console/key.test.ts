/**
 * The console where the server asks for a key, in a real browser: it asks, says when a key is not
 * in force, keeps a good one for the tab, also for the live stream, and forgets it.
 */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { consoleFiles } from "#console";
import { assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { call } from "../http/client.ts";
import { overflowOf, violationsOn } from "./accessibility.ts";
import { keepScreenshot, NO_BROWSER, openBrowser, openPage } from "./browser.ts";
import { buildPages, removePages } from "./console-stage.ts";

let browser: Browser;
let folder: string | undefined;
let platform: ServedPlatform;
let key: string;

beforeAll(async () => {
  if (NO_BROWSER !== undefined) return;
  folder = await buildPages();
  platform = await assembleServer({
    ...{ storage: { kind: "memory" }, host: "127.0.0.1", port: 0, page: consoleFiles(folder) },
    log: { level: "silent", stream: { write: () => {} } },
  });
  await platform.ready;
  const made = await call(platform.url, "POST", "/v1/keys", { name: "me", role: "admin" });
  key = z.object({ key: z.string() }).parse(made.json).key;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
  if (folder !== undefined) removePages(folder);
});

// Skipped where the packaged Chromium does not run; its name then says why.
describe.skipIf(NO_BROWSER !== undefined)(`the console and its key ${NO_BROWSER ?? ""}`, () => {
  test("is there too where the browser's language is malformed", async () => {
    const complaints: string[] = [];
    const view = { theme: "light", width: 1280 } as const;
    const page = await openPage(browser, platform.url, view, complaints);
    await page.addInitScript(() => {
      Object.defineProperty(navigator, "language", { value: "en-US@posix", configurable: true });
    });
    await page.goto("/#/");
    await page.getByRole("dialog", { name: "asks for an API key" }).waitFor();
    expect(complaints.filter((one) => one.startsWith("error"))).toEqual([]);
    await page.context().close();
  });

  test("asks, refuses, keeps and forgets", async () => {
    const complaints: string[] = [];
    const view = { theme: "light", width: 360 } as const;
    const page = await openPage(browser, platform.url, view, complaints);
    await page.goto("/#/");
    const dialog = page.getByRole("dialog", { name: "asks for an API key" });
    await dialog.waitFor();
    expect(await violationsOn(page)).toEqual([]);
    expect(await overflowOf(page)).toBe(0);
    await page.keyboard.press("Escape");
    expect(await dialog.isVisible()).toBe(true);
    // A link carries no key: only what answers without one is offered.
    const linked = () => page.locator("footer a").allTextContents();
    expect(await linked()).toEqual(["Readiness"]);

    await page.getByLabel("API key", { exact: true }).fill(`${key}x`);
    await page.keyboard.press("Enter");
    await dialog.getByRole("alert").waitFor();
    expect(await violationsOn(page)).toEqual([]);
    await keepScreenshot(page, "key-light-360");

    await page.getByLabel("API key", { exact: true }).fill(` ${key}\n`);
    await page.getByRole("button", { name: "Use this key" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Live", { exact: true }).waitFor();
    await page.reload();
    await page.getByText("Live", { exact: true }).waitFor();
    expect(await dialog.count()).toBe(0);
    expect(await linked()).toEqual(["Readiness"]);

    await page.getByRole("button", { name: "Forget the API key" }).click();
    await dialog.waitFor();
    // The browser itself reports each refusal; nothing else may have gone wrong.
    expect(complaints.filter((one) => !one.includes("401"))).toEqual([]);
    await page.context().close();
  });
});
