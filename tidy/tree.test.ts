/** Reading a checkout: what is left out, what is not text, lines of texts in any alphabet. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { withoutComments } from "./syntax.ts";
import { readTree, treeOf } from "./tree.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), "tandem-tidy-"));
  folders.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, ".."), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

describe("readTree", () => {
  it("leaves out what .gitignore leaves out", () => {
    const tree = readTree(
      folderWith({
        ".gitignore": "node_modules/\n*.log\n",
        ".git/config": "",
        "a/node_modules/b.ts": "",
        "a/c.log": "",
        "a/d.ts": "",
      }),
    );
    expect(tree.paths).toEqual([".gitignore", "a/d.ts"]);
  });

  it("reads no text from binary files", () => {
    const tree = readTree(folderWith({ ".gitignore": "", "a.gz": Buffer.from([31, 139, 0, 65]) }));
    expect(tree.text("a.gz")).toBe("");
  });
});

describe("a parsed file", () => {
  const text = "/* ä🙂 */ const a = 1;\n// b\nconst c = 2;";
  const source = treeOf({ "a.ts": text }).source("a.ts");

  it("counts lines by UTF-16 offsets", () => {
    expect(source?.program.body.map((one) => source.line(one.start))).toEqual([1, 3]);
    expect(source?.line(text.length)).toBe(3);
  });

  it("is as long without its comments", () => {
    const bare = source === undefined ? "" : withoutComments(source);
    expect(bare).toHaveLength(text.length);
    expect(bare.split("\n").map((line) => line.trim())).toEqual([
      "const a = 1;",
      "",
      "const c = 2;",
    ]);
  });
});
