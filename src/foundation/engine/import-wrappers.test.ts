/**
 * Whether V8 compiles wrappers of imported functions, by its own log of what it compiles.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(path.join(tmpdir(), "tandem-wrappers-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** `(func (import "host" "next") (param i32) (result i32))`, and `call` that calls it. */
const MODULE = `0061736d01000000${[
  "01060160017f017f",
  "020d0104686f7374046e6578740000",
  "03020100",
  "0708010463616c6c0001",
  "0a08010600200010000b",
].join("")}`;

const CALLS = `
  const code = new WebAssembly.Module(Buffer.from("${MODULE}", "hex"));
  const { exports } = new WebAssembly.Instance(code, { host: { next: (n) => n + 1 } });
  for (let count = 0; count < 5000; count += 1) exports.call(count);
  process.stdout.write(String(exports.call(41)));
`;

const GUARDIAN = JSON.stringify(new URL("import-wrappers.ts", import.meta.url));
const GUARD = `
  import { shareNoImportWrappers } from ${GUARDIAN};
  shareNoImportWrappers();
`;

/** Runs `program`; what it printed, and how many wrappers of imports V8 compiled. */
async function run(program: string) {
  const log = path.join(folder, "v8.log");
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--log-code",
    "--no-logfile-per-isolate",
    `--logfile=${log}`,
    "--input-type=module",
    "--eval",
    program,
  ]);
  const compiled = readFileSync(log, "utf8").match(/^code-creation,JS,.*,wasm-to-js,/gm) ?? [];
  return { stdout, compiled: compiled.length };
}

test("wrappers of imports are compiled where nobody asks otherwise", async () => {
  expect(await run(CALLS)).toEqual({ stdout: "42", compiled: 1 });
});

test("none is compiled once that is asked for, and calls give the same", async () => {
  expect(await run(GUARD + CALLS)).toEqual({ stdout: "42", compiled: 0 });
});
