/**
 * Console: the web pages and charts. To the rest of the program it is a set of built files; this
 * door finds them, and has them built where they are missing and the tools for it are installed.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** A file of the console, as a browser gets it. */
export interface ConsoleFile {
  readonly mediaType: string;
  readonly bytes: Buffer;
  /** Its name changes with its content. */
  readonly immutable: boolean;
}

const CHECKOUT = path.join(import.meta.dirname, "../..");

/** Where `npm run build:console` puts the pages. */
export const CONSOLE_FOLDER = path.join(CHECKOUT, "dist/console");

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/**
 * The files below `folder` by their path, `/` for the page. They are read once, when they are first
 * there, so a server may start before the build has ended; everything is `undefined` until then.
 */
export function consoleFiles(folder: string): (path: string) => ConsoleFile | undefined {
  let files: ReadonlyMap<string, ConsoleFile> | undefined;
  return (wanted) => {
    files ??= filesBelow(folder);
    return files?.get(wanted === "/" ? "/index.html" : wanted);
  };
}

/** Whether the pages have been built. */
export function isConsoleBuilt(): boolean {
  return fs.existsSync(path.join(CONSOLE_FOLDER, "index.html"));
}

/**
 * Builds the pages into `folder`, in a process of its own. Resolves with whether they are there:
 * not where the tools are not installed. Half a build is never seen: the folder appears whole.
 */
export function buildConsole(folder: string, mode = "production"): Promise<boolean> {
  const builder = path.join(CHECKOUT, "node_modules/vite/bin/vite.js");
  const config = path.join(CHECKOUT, "vite.console.config.ts");
  if (!fs.existsSync(builder) || !fs.existsSync(config)) return Promise.resolve(false);
  const unfinished = `${folder}.${process.pid}`;
  const options = ["build", "--config", config, "--mode", mode, "--outDir", unfinished];
  const build = spawn(process.execPath, [builder, ...options], { cwd: CHECKOUT, stdio: "ignore" });
  return new Promise((resolve) => {
    build.once("error", () => resolve(false));
    build.once("exit", (code) => {
      if (code === 0) replaceFolder(folder, unfinished);
      else fs.rmSync(unfinished, { recursive: true, force: true });
      resolve(code === 0);
    });
  });
}

function replaceFolder(folder: string, by: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(by, folder);
}

function filesBelow(folder: string): ReadonlyMap<string, ConsoleFile> | undefined {
  if (!fs.existsSync(path.join(folder, "index.html"))) return undefined;
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = names.flatMap((name): [string, ConsoleFile][] => {
    const mediaType = MEDIA_TYPES[path.extname(name)];
    if (mediaType === undefined) return [];
    const bytes = fs.readFileSync(path.join(folder, name));
    const immutable = path.dirname(name) === "assets";
    return [[`/${name.split(path.sep).join("/")}`, { mediaType, bytes, immutable }]];
  });
  return new Map(files);
}
