/**
 * The console in a real browser: each page in light and dark, wide and narrow, with nothing an
 * accessibility checker finds, nothing asked of other servers, nothing the content policy has to
 * block. Pictures of what was seen are kept under artefacts/screenshots.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { present } from "#foundation";
import { overflowOf, violationsOn } from "./accessibility.ts";
import { keepScreenshot, NO_BROWSER, openBrowser, openPage, VIEWS, type View } from "./browser.ts";
import { buildPages, type ConsoleStage, openConsoleStage, removePages } from "./console-stage.ts";
import { openGallery, picturesOn } from "./gallery.ts";

let browser: Browser;
let stage: ConsoleStage;
let folder: string | undefined;

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

interface Sight {
  readonly name: string;
  readonly address: (stage: ConsoleStage) => string;
  /** There once the page shows what it is for. */
  readonly sign: string;
  /** Changes what the server would answer, before the page is opened. */
  readonly before?: (page: Page) => Promise<void>;
  /** What a reader does before looking. */
  readonly act?: (page: Page) => Promise<void>;
  /** Complaints that belong to the case. */
  readonly expected?: RegExp;
}

const LISTS = "**/v1/decisions?*";
const emptyPage = async (page: Page) => {
  await page.route(LISTS, (route) => route.fulfill({ json: { items: [] } }));
};

const SIGHTS: readonly Sight[] = [
  { name: "decisions", address: () => "#/", sign: "tbody tr >> nth=9" },
  {
    name: "decision",
    address: ({ decisionId }) => `#/decisions/${decisionId}`,
    sign: "text=WHITE HANGING HEART T-LIGHT HOLDER >> nth=0",
    act: async (page) => {
      await page.getByRole("button", { name: "Replay this decision" }).click();
      await page.getByText("byte for byte").waitFor();
    },
  },
  {
    name: "try",
    address: () => "#/try",
    sign: "fieldset >> nth=4",
    act: async (page) => {
      await page.getByLabel("k in items").fill("many");
      await page.getByRole("button", { name: "Decide", exact: true }).click();
      await page.getByRole("alert").waitFor();
    },
    expected: /status of 400/,
  },
  {
    name: "policies",
    address: () => "#/policies?left=patient@1&right=patient@2",
    sign: "text=plan.gapMax",
  },
  { name: "charts", address: () => "#/charts", sign: "svg.picture >> nth=2" },
  {
    name: "centre",
    address: () => "#/centre",
    sign: "text=Opening days",
    act: async (page) => {
      await page.getByRole("button", { name: "Begin" }).click();
      await page.getByText(/Mon 0[89]:/).waitFor();
      await page.getByRole("button", { name: "Stop" }).click();
      await page.getByText("stopped").waitFor();
    },
  },
  {
    name: "decisions-empty",
    address: () => "#/",
    sign: "text=No decision yet",
    before: emptyPage,
  },
  {
    name: "decision-unknown",
    address: () => "#/decisions/01981f3a-5b00-7000-8000-000000000000",
    sign: "role=alert",
    expected: /status of 404/,
  },
  { name: "nowhere", address: () => "#/settings", sign: "text=Nothing here >> nth=0" },
];

async function see(sight: Sight, view: View, page: Page, complaints: string[]): Promise<void> {
  complaints.length = 0;
  await page.goto("about:blank"); // Else only the part behind the # would change.
  await page.unrouteAll();
  await sight.before?.(page);
  await page.goto(`/${sight.address(stage)}`);
  await page.locator(sight.sign).waitFor();
  await sight.act?.(page);
  await keepScreenshot(page, `${sight.name}-${view.theme}-${view.width}`);
  expect(await violationsOn(page)).toEqual([]);
  expect(await overflowOf(page)).toBe(0);
  expect(complaints.filter((one) => !sight.expected?.test(one))).toEqual([]);
}

// Skipped where the packaged Chromium does not run; its name then says why.
describe.skipIf(NO_BROWSER !== undefined)(`the console ${NO_BROWSER ?? ""}`, () => {
  describe.each(VIEWS)("in $theme, $width pixels wide", (view) => {
    const complaints: string[] = [];
    let page: Page;
    beforeAll(async () => {
      page = await openPage(browser, stage.base, view, complaints);
    });
    afterAll(() => page.context().close());
    test.each(SIGHTS)("$name", (sight) => see(sight, view, page, complaints));
  });

  // After a wanted change: look at the gallery's screenshot, then run this file with `-u`.
  test("charts are drawn as they were", async () => {
    const complaints: string[] = [];
    const page = await openGallery(browser, present(folder, "the pages"), complaints);
    await keepScreenshot(page, "gallery-light-1280");
    expect(await violationsOn(page)).toEqual([]);
    const pictures = await picturesOn(page);
    expect(pictures.size).toBe(16);
    for (const [name, picture] of pictures) {
      expect(picture).toMatch(/^<svg .*<\/svg>\n$/s);
      await expect(picture).toMatchFileSnapshot(`pictures/${name}.svg`);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test("waiting, and a server that is gone", async () => {
    const complaints: string[] = [];
    const page = await openPage(browser, stage.base, { theme: "light", width: 360 }, complaints);
    const held = Promise.withResolvers<void>();
    await page.route(LISTS, async (route) => {
      await held.promise;
      await route.abort();
    });
    await page.goto("/#/");
    await page.getByText("Reading the latest decisions").waitFor();
    await keepScreenshot(page, "decisions-waiting-light-360");
    held.resolve();
    await page.getByText("The server cannot be reached.").waitFor();
    await keepScreenshot(page, "decisions-gone-light-360");
    expect(await violationsOn(page)).toEqual([]);
    await page.unrouteAll();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator("tbody tr").first().waitFor();
    await page.context().close();
  });
});
