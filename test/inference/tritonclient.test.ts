/**
 * NVIDIA's own client against the platform as it is shipped, where a Python has it installed.
 */
import { execFile, spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { assembleServer } from "../../src/assemble.ts";

const IMPORTS = "import numpy, tritonclient.http.aio";
const HAS_CLIENT = spawnSync("python3", ["-c", IMPORTS]).status === 0;

// The client is not part of this project, and most machines do not have it.
test.skipIf(!HAS_CLIENT)("tritonclient is served, and told no in a way it can read", async () => {
  const platform = await assembleServer({
    storage: { kind: "memory" },
    host: "127.0.0.1",
    port: 0,
    log: { level: "silent", stream: { write: () => {} } },
  });
  await platform.ready;
  const script = path.join(import.meta.dirname, "tritonclient_check.py");
  const said = await new Promise<string>((resolve) => {
    execFile("python3", ["-B", script, new URL(platform.url).host], (error, out, err) =>
      resolve(error === null ? out : `FAIL ${out}${err}`),
    );
  });
  await platform.stop();
  expect(said.match(/^ok/gm)?.length).toBeGreaterThan(25);
  expect(said).not.toContain("FAIL");
});
