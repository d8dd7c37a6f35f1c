/**
 * The pages' own checker finds nothing wrong with them. It reads along with the other rooms, which
 * are checked by their own rules, without a browser's types; what it says of those is passed over.
 */
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "../..");

test("svelte-check passes the pages", async () => {
  const checker = path.join(ROOT, "node_modules/svelte-check/bin/svelte-check");
  const options = ["--workspace", "src/console", "--tsconfig", "./tsconfig.json"];
  const command = [checker, ...options, "--output", "machine", "--fail-on-warnings"];
  // It fails over the other rooms; what it printed is what counts.
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: ROOT }).catch(
    (failed: { readonly stdout: string }) => failed,
  );
  const lines = stdout.split("\n").map((line) => line.replace(/^\d+ /, ""));
  expect(lines.find((line) => line.startsWith("COMPLETED"))).toMatch(/^COMPLETED [1-9]\d* FILES/);
  expect(lines.filter((line) => /^(ERROR|WARNING) "(?!\.\.\/)/.test(line))).toEqual([]);
});
