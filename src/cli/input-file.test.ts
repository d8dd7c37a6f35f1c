/**
 * Files that cannot be taken whole, and what is said of them.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { runHere } from "../../test/cli/run-here.ts";
import { wholeStream } from "./input-file.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-input-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const COMMANDS: readonly (readonly string[])[] = [
  ["roi"],
  ["circuit", "draw"],
  ["simulate"],
  ["decide", "ranking"],
  ["world", "contact-centre", "--config"],
  ["restore"],
  ["study", "kernels"],
];
const ENDLESS = "/dev/zero";
const hasEndless = fs.existsSync(ENDLESS);

test.each(COMMANDS)("%s %s refuses what is no file by its name", async (...command) => {
  const { code, err } = await runHere([...command.filter(Boolean), folder]);
  expect(code).toBe(2);
  expect(err).toContain(`${folder}: expected a readable file, got `);
});

// Devices are a matter of the system; where there is none, nothing can be shown.
test.skipIf(!hasEndless)("a device that never ends is refused", async () => {
  const { code, err } = await runHere(["roi", ENDLESS]);
  expect(code).toBe(2);
  expect(err).toContain("expected a readable file, got more than 256 MiB");
});

test("input that never ends is refused", async () => {
  async function* endless() {
    for (;;) yield new Uint8Array(2 ** 24);
  }
  await expect(wholeStream(endless())).rejects.toThrow("standard input: expected a readable");
});

test("what is no JSON is no fault of the command line, and told on one line", async () => {
  const file = path.join(folder, "broken.json");
  fs.writeFileSync(file, '{"a": NaN}\n');
  const { code, err } = await runHere(["roi", file]);
  expect(code).toBe(2);
  expect(err).toMatch(
    /^tandem: The file is not JSON\.\n {2}.*broken\.json: expected JSON, got .*\n/,
  );
  expect(err.trimEnd().split("\n")).toHaveLength(3);
  const { out } = await runHere(["roi", file, "--json"]);
  expect(JSON.parse(out).error.code).toBe("file-not-json");
});
