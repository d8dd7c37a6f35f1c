/**
 * The console's door: built files as a server hands them out.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { consoleFiles } from "./index.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-console-files-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe("consoleFiles", () => {
  test("has nothing until the page is there, then everything a browser may have", () => {
    const file = consoleFiles(folder);
    expect(file("/")).toBeUndefined();
    fs.mkdirSync(path.join(folder, "assets"));
    fs.writeFileSync(path.join(folder, "assets/index-1.js"), "let a;");
    fs.writeFileSync(path.join(folder, "notes.txt"), "not for browsers");
    expect(file("/assets/index-1.js")).toBeUndefined();
    fs.writeFileSync(path.join(folder, "index.html"), "<!doctype html>");
    expect(file("/")).toMatchObject({ mediaType: "text/html; charset=utf-8", immutable: false });
    expect(file("/assets/index-1.js")).toMatchObject({
      mediaType: "text/javascript; charset=utf-8",
      bytes: Buffer.from("let a;"),
      immutable: true,
    });
    for (const other of ["/notes.txt", "/assets/../index.html", "/assets", "", "/index-1.js"]) {
      expect(file(other)).toBeUndefined();
    }
  });
});
