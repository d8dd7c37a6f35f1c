/**
 * The simulated week in a real browser: two days to their end, the board's page on screen and on
 * paper, a server that has no room for another.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { overflowOf, violationsOn } from "./accessibility.ts";
import { keepScreenshot, NO_BROWSER, openBrowser, openPage } from "./browser.ts";
import { buildPages, type ConsoleStage, openConsoleStage, removePages } from "./console-stage.ts";

let browser: Browser;
let folder: string | undefined;
let stage: ConsoleStage;

beforeAll(async () => {
  if (NO_BROWSER !== undefined) return;
  const built = await buildPages();
  folder = built;
  [browser, stage] = await Promise.all([openBrowser(), openConsoleStage(built)]);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  if (folder !== undefined) removePages(folder);
});

async function begin(page: Page, days: string, speed: string): Promise<void> {
  await page.goto("/#/centre");
  await page.getByLabel("Opening days").selectOption(days);
  await page.getByLabel("Speed").selectOption({ label: speed });
  await page.getByRole("button", { name: "Begin" }).click();
}

const PATIENCE_MS = 120_000;

// Skipped where the packaged Chromium does not run; its name then says why.
describe.skipIf(NO_BROWSER !== undefined)(`the simulated week ${NO_BROWSER ?? ""}`, () => {
  test(
    "ends with the board's page, which prints on one sheet",
    async () => {
      const complaints: string[] = [];
      const view = { theme: "light", width: 1280 } as const;
      const page = await openPage(browser, stage.base, view, complaints);
      await begin(page, "2", "as fast as it goes");
      // Thousands of decisions: on a busy machine longer than a page may usually take.
      const heading = page.getByRole("heading", { name: "Contact routing: is it worth it?" });
      await heading.waitFor({ timeout: PATIENCE_MS });
      await keepScreenshot(page, "centre-board-light-1280");
      expect(await violationsOn(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      // Nine figures, three lines of money.
      expect(await page.locator(".board tbody tr").count()).toBe(12);
      expect(await page.getByText("No answer is a quantum solver's").count()).toBe(1);
      expect(await page.getByRole("button", { name: "Begin" }).count()).toBe(1);
      const sheets = await page.pdf({ format: "A4", preferCSSPageSize: true });
      expect(sheets.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    2 * PATIENCE_MS,
  );

  test("a decision of the week leads to its page, and whoever stops can begin again", async () => {
    const complaints: string[] = [];
    const view = { theme: "dark", width: 360 } as const;
    const page = await openPage(browser, stage.base, view, complaints);
    await begin(page, "6", "10 minutes a second");
    const decided = page.locator("a[href^='#/decisions/']").first();
    await decided.waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("stopped").waitFor();
    await keepScreenshot(page, "centre-floor-dark-360");
    await decided.click();
    await page.getByRole("heading", { name: "Answer" }).waitFor();
    await begin(page, "6", "an hour a second");
    await page.getByText(/decides now/).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("a third week at once is refused in words", async () => {
    const view = { theme: "light", width: 1280 } as const;
    const pages = await Promise.all([1, 2, 3].map(() => openPage(browser, stage.base, view, [])));
    for (const page of pages.slice(0, 2)) {
      await begin(page, "6", "10 minutes a second");
      await page.getByText(/decides now/).waitFor();
    }
    const [, , third] = pages;
    await begin(third, "6", "10 minutes a second");
    await third.getByText("expected at most 2 simulated weeks at once").waitFor();
    for (const page of pages) await page.context().close();
  });
});
