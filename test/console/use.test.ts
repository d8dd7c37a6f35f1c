/**
 * The console in use, in a real browser: by keyboard, live, replaying, asking, being refused,
 * choosing a theme.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { focusOn, violationsOn } from "./accessibility.ts";
import { keepScreenshot, NO_BROWSER, openBrowser, openPage } from "./browser.ts";
import { buildPages, type ConsoleStage, openConsoleStage, removePages } from "./console-stage.ts";

let browser: Browser;
let folder: string | undefined;
let stage: ConsoleStage;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  if (NO_BROWSER !== undefined) return;
  const built = await buildPages();
  folder = built;
  [browser, stage] = await Promise.all([openBrowser(), openConsoleStage(built)]);
});
afterEach(() => page?.context().close());
afterAll(async () => {
  await browser?.close();
  await stage?.close();
  if (folder !== undefined) removePages(folder);
});

async function open(address: string): Promise<void> {
  complaints = [];
  page = await openPage(browser, stage.base, { theme: "light", width: 1280 }, complaints);
  await page.goto(`/${address}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/** Tabs until `name` has the focus; every stop on the way must be visible. */
async function tabTo(name: string): Promise<readonly string[]> {
  const stops: string[] = [];
  while (stops.at(-1) !== name) {
    await page.keyboard.press("Tab");
    const focus = await focusOn(page);
    expect(focus).toMatchObject({ isVisible: true });
    stops.push(focus.name);
    expect(stops.length).toBeLessThan(100);
  }
  return stops;
}

// Skipped where the packaged Chromium does not run; its name then says why.
describe.skipIf(NO_BROWSER !== undefined)(`the console in use ${NO_BROWSER ?? ""}`, () => {
  test("by keyboard alone, from the first page to a decision replayed", async () => {
    await open("#/");
    await page.locator("tbody tr").first().waitFor();
    const stops = await tabTo("button Pause");
    expect(stops).toEqual(
      [
        ...["a Skip to the page", "a Tandem", "a Decisions", "a Try it", "a Policies"],
        ...["a Charts", "a Centre"],
        ...["select Theme systemlightdark", "select Rung anyprovedportfolioincumbentrulesafe"],
        "button Pause",
      ].map((stop) => expect.stringContaining(stop.split(" ").slice(0, 2).join(" "))),
    );
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Answer" }).waitFor();
    expect((await focusOn(page)).name).toMatch(/^main /);
    await tabTo("button Replay this decision");
    await page.keyboard.press("Enter");
    await page.getByText("Identical, byte for byte").waitFor();
    expect((await focusOn(page)).name).toContain("Replay this decision");
    expect(complaints).toEqual([]);
  });

  test("the skip link leads past the header", async () => {
    await open("#/charts");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect((await focusOn(page)).name).toMatch(/^main /);
    expect(page.url()).toContain("#/charts");
    // Where no key is needed the plain links work, and are there.
    const links = await page.locator("footer a").allTextContents();
    expect(links).toEqual(["OpenAPI", "Metrics", "Readiness"]);
  });

  test("a decision appears the moment it is made; paused, it waits", async () => {
    await open("#/");
    await page.getByText("Live", { exact: true }).waitFor();
    await page.locator("tbody tr").first().waitFor();
    const first = await stage.decide(101);
    await page.getByRole("link", { name: first.slice(-6) }).waitFor();
    expect(await page.locator("tbody tr").first().innerText()).toContain(first.slice(-6));
    await page.getByRole("button", { name: "Pause" }).click();
    const second = await stage.decide(102);
    await page.getByRole("button", { name: "Go on (1 new)" }).waitFor();
    expect(await page.getByRole("link", { name: second.slice(-6) }).count()).toBe(0);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("link", { name: second.slice(-6) }).waitFor();
    expect(complaints).toEqual([]);
  });

  test("without the stream it says so, and reads the list instead", async () => {
    complaints = [];
    page = await openPage(browser, stage.base, { theme: "light", width: 1280 }, complaints);
    await page.route("**/v1/decisions/stream*", (route) => route.abort());
    await page.goto("/#/");
    await page.getByText("Connection lost, trying again").waitFor();
    await page.locator("tbody tr").first().waitFor();
    const made = await stage.decide(103);
    await page.getByRole("link", { name: made.slice(-6) }).waitFor();
    await page.unrouteAll();
    await page.getByText("Live", { exact: true }).waitFor();
  });

  test("only one rung, where none has answered", async () => {
    await open("#/");
    await page.locator("tbody tr").first().waitFor();
    await page.getByLabel("Rung").selectOption("safe");
    await page.getByText("No decision was answered by “safe”.").waitFor();
    await page.getByLabel("Rung").selectOption("");
    await page.locator("tbody tr >> nth=5").waitFor();
  });

  test("an outcome stands at its decision", async () => {
    await open(`#/decisions/${stage.decisionId}`);
    const row = page.getByRole("row", { name: /order/ });
    await row.getByText("WHITE HANGING HEART").waitFor(); // Names arrive after the row.
    expect(await row.innerText()).toMatch(/WHITE HANGING HEART T-LIGHT HOLDER\s+£2.95/);
  });

  test("the example, given a policy and time, is answered and can be varied", async () => {
    await open("#/try");
    await page.getByRole("button", { name: "+ policy" }).click();
    await page.getByLabel("policy").fill("patient@1");
    await page.getByLabel("deadlineMs in ms").fill("20000");
    await page.getByRole("button", { name: "Remove candidates 5" }).click();
    await page.getByRole("button", { name: "Leave out similarity" }).click();
    await page.getByRole("button", { name: "Decide", exact: true }).click();
    await page.getByRole("link", { name: "See the decision" }).click();
    await page.getByRole("heading", { name: "Answer" }).waitFor();
    await page.getByRole("rowheader", { name: /planter/ }).waitFor();
    await page.getByRole("link", { name: "Try a variation" }).click();
    await page.getByText("what was personal in it is not shown").waitFor();
    expect(await page.getByLabel("policy").inputValue()).toBe("patient@1");
    expect(await page.getByLabel("id", { exact: true }).count()).toBe(4);
    expect(complaints).toEqual([]);
  });

  test("every flaw stands at its field, and the list of flaws leads there", async () => {
    await open("#/try");
    await page.getByLabel("k in items").fill("many");
    await page.getByLabel("withinHours").fill("-1");
    await page.getByLabel("embedding").nth(1).fill("0.8\nnorth");
    await page.getByLabel("embedding").nth(1).blur();
    await page.getByRole("button", { name: "Decide", exact: true }).click();
    await page.getByText("3 flaws:").waitFor();
    const flawed = page.locator("[aria-invalid=true]");
    expect(await flawed.count()).toBe(3);
    const k = page.getByLabel("k in items");
    const said = await k.getAttribute("aria-describedby");
    expect(said).toContain("at/k-flaw");
    expect(await page.locator('[id="at/k-flaw"]').innerText()).toMatch(/expected|number|int/i);
    expect(await violationsOn(page)).toEqual([]);
    await keepScreenshot(page, "try-flaws-light-1280");
    await page.getByRole("button", { name: "/rules/minFresh/withinHours" }).click();
    await expect.poll(async () => (await focusOn(page)).name).toContain("withinHours");
  });

  test("as JSON: a slip is told at once, a stranger by the server", async () => {
    await open("#/try");
    await page.getByLabel("JSON", { exact: true }).check();
    const text = page.getByLabel("Request as JSON");
    await text.fill('{"candidates": [');
    expect(await page.locator("#json-flaw").innerText()).not.toBe("");
    await text.fill('{"candidates": [], "k": 1, "surprise": true}');
    expect(await page.locator("#json-flaw").innerText()).toBe("");
    await page.getByRole("button", { name: "Decide", exact: true }).click();
    await page.getByRole("button", { name: "/surprise" }).click();
    await page.getByText("“surprise” is not part of the schema.").waitFor();
    await page.getByRole("button", { name: "Take it out" }).click();
    expect(await page.getByText("is not part of the schema").count()).toBe(0);
  });

  test("two policy versions side by side", async () => {
    await open("#/policies?left=patient@1");
    await page.getByLabel("Right").selectOption("patient@2");
    await page.getByText("2 differences").waitFor();
    expect(await page.locator(".compare tbody tr").allInnerTexts()).toEqual([
      expect.stringMatching(/plan\.gapMax\s+0\s+0\.05/),
      expect.stringMatching(/version\s+1\s+2/),
    ]);
    await page.getByLabel("what is the same, too").check();
    expect(await page.locator(".compare tbody tr").count()).toBeGreaterThan(10);
  });

  test("the chosen theme outranks the system's and stays", async () => {
    await open("#/policies");
    const paper = () => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
    const light = await paper();
    await page.getByLabel("Theme").selectOption("dark");
    await expect.poll(paper).not.toBe(light);
    await page.reload();
    await page.getByRole("heading", { level: 1 }).waitFor();
    expect(await paper()).not.toBe(light);
  });

  test("nothing moves for those who asked for less motion", async () => {
    await open("#/");
    await page.locator("tbody tr").first().waitFor();
    expect(await page.evaluate("document.getAnimations().length")).toBe(0);
  });

  test("the page comes under a policy that lets it reach its own server alone", async () => {
    await open("#/");
    const reply = await page.request.get("/");
    const policy = reply.headers()["content-security-policy"];
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain("unsafe");
    const isBlocked = `fetch("http://192.0.2.1/").then(() => false, () => true)`;
    expect(await page.evaluate(isBlocked)).toBe(true);
    expect(complaints.join("\n")).toContain("Content Security Policy");
  });
});
