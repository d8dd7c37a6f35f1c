#!/usr/bin/env node
// Starts the command line on a Node that runs TypeScript. The project pins Node 24 as an npm
// package, so `npx tandem` works on a machine whose own Node is older. Plain JavaScript that any
// Node since 18 can read.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

const NODE_MAJOR_MIN = 24;
const entry = path.join(
  import.meta.dirname ?? new URL(".", import.meta.url).pathname,
  "../src/cli/main.ts",
);

if (Number(process.versions.node.split(".")[0]) >= NODE_MAJOR_MIN) {
  await import(entry);
} else {
  const pinned = pinnedNode();
  if (pinned === undefined) {
    console.error(
      `tandem: Node ${NODE_MAJOR_MIN} or newer is needed, this is ${process.versions.node}, ` +
        "and no pinned Node is installed for this platform. Run `npm ci`, or install a newer Node.",
    );
    process.exit(2);
  }
  const child = spawn(pinned, [entry, ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => process.exit(code ?? 1));
}

function pinnedNode() {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return path.join(
      path.dirname(manifest),
      process.platform === "win32" ? "bin/node.exe" : "bin/node",
    );
  } catch {
    return undefined;
  }
}
