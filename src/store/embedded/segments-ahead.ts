/**
 * Segments of the engine's log, made before they are needed. When the log outgrows a segment the
 * engine writes 16 MiB of zeros and flushes them while a commit waits, some 30 ms; a server has a
 * process of its own for that, the embedded engine has none. It uses a segment that is there
 * already, and removes what is called `xlogtemp` and something when it starts, which is what a
 * segment is called here until it is whole and on the disk.
 */
import fs from "node:fs";
import path from "node:path";
import type { Clock } from "#foundation";
import { flushEntry } from "./flush-entries.ts";

const FOLDER = "pg_wal";
const UNFINISHED = "xlogtemp.ahead";
const SEGMENT_BYTES = 16 * 1024 * 1024;
const SEGMENTS_PER_FILE_ID = 0x100;
const AHEAD_COUNT = 2;

/** A store that is little used needs none: the first is made after this many flushes of one. */
const FLUSHES_MIN = 64;

/** Written and flushed at once, about a millisecond; in between the thread does its work. */
const PIECE = Buffer.alloc(512 * 1024);
const PIECE_EVERY_MS = 15;

/** A log's name: time line, then the number of the segment in two parts. */
const NAME = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})$/;

/** Makes segments ahead of the one in use. */
export class SegmentsAhead {
  readonly #folder: string;
  readonly #clock: Clock;
  #current = "";
  #flushes = 0;
  #cancel: (() => void) | undefined;
  #descriptor: number | undefined;

  /** Of the database in `root`. */
  constructor(root: string, clock: Clock) {
    this.#folder = path.join(root, FOLDER);
    this.#clock = clock;
  }

  /** Told of each file of the database that was flushed. */
  flushed(name: string): void {
    if (name !== this.#current) {
      if (!NAME.test(name)) return;
      this.#current = name;
      this.#flushes = 0;
    }
    this.#flushes += 1;
    if (this.#flushes === FLUSHES_MIN && this.#cancel === undefined) this.#begin();
  }

  /** Leaves what is unfinished; the engine removes it when it starts. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (this.#descriptor !== undefined) fs.closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #begin(): void {
    const next = this.#missing();
    if (next !== undefined) this.#go(() => this.#create(next));
  }

  /** The next step in a while; a disk that refuses it is the engine's to find out about. */
  #go(step: () => void): void {
    this.#cancel = this.#clock.after(PIECE_EVERY_MS, () => {
      try {
        step();
      } catch {
        this.stop();
      }
    });
  }

  #missing(): string | undefined {
    let name = this.#current;
    for (let ahead = 0; ahead < AHEAD_COUNT; ahead += 1) {
      name = nameAfter(name);
      if (!fs.existsSync(path.join(this.#folder, name))) return name;
    }
    return undefined;
  }

  #create(name: string): void {
    const unfinished = path.join(this.#folder, UNFINISHED);
    const descriptor = fs.openSync(unfinished, "w", 0o600);
    this.#descriptor = descriptor;
    this.#fill(descriptor, 0, () => {
      fs.closeSync(descriptor);
      this.#descriptor = undefined;
      this.#cancel = undefined;
      const finished = path.join(this.#folder, name);
      // The engine may have been there sooner. It runs on this thread, so not in between.
      if (fs.existsSync(finished)) fs.unlinkSync(unfinished);
      else fs.renameSync(unfinished, finished);
      flushEntry(this.#folder);
      this.#begin();
    });
  }

  #fill(descriptor: number, from: number, whenFull: () => void): void {
    fs.writeSync(descriptor, PIECE, 0, PIECE.length, from);
    fs.fdatasyncSync(descriptor);
    const written = from + PIECE.length;
    if (written >= SEGMENT_BYTES) whenFull();
    else this.#go(() => this.#fill(descriptor, written, whenFull));
  }
}

/** The name of the segment after the one called `name`. */
function nameAfter(name: string): string {
  const [, timeLine = "", fileId = "", segment = ""] = NAME.exec(name) ?? [];
  const number = Number.parseInt(fileId, 16) * SEGMENTS_PER_FILE_ID + Number.parseInt(segment, 16);
  const next = number + 1;
  const parts = [Math.floor(next / SEGMENTS_PER_FILE_ID), next % SEGMENTS_PER_FILE_ID];
  return timeLine + parts.map((part) => part.toString(16).toUpperCase().padStart(8, "0")).join("");
}
