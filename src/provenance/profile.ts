/**
 * The profile of this process: the code, the engine and the kernels within which a replay promises
 * identical bytes. The code is named by what it says, not by its version number: in a checkout the
 * number stands still while solvers change.
 */
import fs from "node:fs";
import path from "node:path";
import { sha256Hex } from "#foundation";
import type { Profile } from "./decision-record.ts";

/** Rooms whose code has a part in what is decided. */
const DECIDING_ROOMS = ["foundation", "kernels", "problem", "solvers", "runtime", "decisions"];

/**
 * The profile of this process.
 *
 * @param version The program's version.
 * @param roomsFolder The folder that holds the rooms' code.
 */
export function profileHere(version: string, roomsFolder: string): Profile {
  return Object.freeze({
    tandem: version,
    code: codeDigest(roomsFolder),
    node: process.versions.node,
    v8: process.versions.v8,
    arch: process.arch,
    kernels: "none",
  });
}

function codeDigest(roomsFolder: string): string {
  const files = DECIDING_ROOMS.flatMap((room) =>
    fs
      .readdirSync(path.join(roomsFolder, room), { recursive: true, encoding: "utf8" })
      .filter((name) => /(?<!\.test|\.d)\.(ts|js|wasm)$/.test(name))
      .map((name) => path.join(room, name)),
  );
  const lines = files
    .sort()
    .map((name) => `${name} ${sha256Hex(fs.readFileSync(path.join(roomsFolder, name)))}\n`);
  return sha256Hex(lines.join(""));
}
