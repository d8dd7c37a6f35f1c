/**
 * The gallery: every chart on its fixture, drawn by a real browser from the built files alone.
 */
import fs from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { openPage } from "./browser.ts";

/** The page's colours in light, so that a stored picture can be looked at by itself. */
const COLOURS =
  "--accent:#0b6248;--ink:#1c1a15;--muted:#5f594c;--line:#dcd5c5;--alarm:#a32a1b;color:#5f594c";
const MEDIA_TYPES = new Map([
  [".html", "text/html"],
  [".js", "text/javascript"],
  [".css", "text/css"],
]);

/** Opens the gallery among the pages built into `folder`; no server takes part. */
export async function openGallery(
  browser: Browser,
  folder: string,
  complaints: string[],
): Promise<Page> {
  const base = "http://gallery.test";
  const page = await openPage(browser, base, { theme: "light", width: 1280 }, complaints);
  await page.route(`${base}/**`, (route) => {
    const file = path.join(folder, new URL(route.request().url()).pathname);
    const contentType = MEDIA_TYPES.get(path.extname(file)) ?? "text/plain";
    return route.fulfill({ body: fs.readFileSync(file), contentType });
  });
  await page.goto(`${base}/charts/gallery.html`);
  await page.locator("svg").first().waitFor();
  return page;
}

/** Every picture of the gallery as the text of an SVG file, by its name. */
export async function picturesOn(page: Page): Promise<ReadonlyMap<string, string>> {
  const pictures = new Map<string, string>();
  for (const place of await page.locator("[data-picture]").all()) {
    const name = await place.getAttribute("data-picture");
    const drawn = await place.innerHTML();
    const root = `<svg xmlns="http://www.w3.org/2000/svg" style="${COLOURS}" `;
    const text = drawn.replaceAll("><", ">\n<").replace("<svg ", root);
    pictures.set(name ?? "", `${text}\n`);
  }
  return pictures;
}
