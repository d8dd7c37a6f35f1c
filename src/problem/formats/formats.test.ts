/** The table of formats and the page about them say the same. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FORMATS } from "./formats.ts";

const page = readFileSync(new URL("../../../docs/formats.md", import.meta.url), "utf8");

test.each(FORMATS)("the page lists $name as it is", ({ name, title, extensions }) => {
  expect(page).toContain(`| ${name} | ${title} | ${extensions.join(" ")} |\n`);
});

test("names and extensions belong to one format each", () => {
  const names = FORMATS.map(({ name }) => name);
  const extensions = FORMATS.flatMap((format) => format.extensions);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(extensions).size).toBe(extensions.length);
});
