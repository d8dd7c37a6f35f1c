/**
 * What one file would lose in a power cut: for every 512-byte sector written since the last flush,
 * what it held before, and the length the disk is sure of.
 */
import type fs from "node:fs";

/** The file operations as they were before anything was put in their place. */
export type RealFiles = typeof fs;

/** A sector is what disks write whole (NVMe and SATA guarantee no more). */
const SECTOR_BYTES = 512;

/** Chooses, for each sector not known to be on the disk, whether it got there. */
export type Survives = () => boolean;

/**
 * The unflushed part of one file; holds the file open for itself, so a rename or removal does not
 * lose it.
 */
export class UnflushedFile {
  readonly #real: RealFiles;
  readonly #descriptor: number;
  readonly #before = new Map<number, Buffer>();
  #lengthFlushed: number;

  constructor(real: RealFiles, file: string) {
    this.#real = real;
    this.#descriptor = real.openSync(file, "r+");
    this.#lengthFlushed = this.#length();
  }

  /** Call before bytes from `start` up to `end` are overwritten, extended or cut off. */
  remember(start: number, end: number): void {
    const first = Math.floor(start / SECTOR_BYTES);
    for (let sector = first; sector * SECTOR_BYTES < end; sector += 1) {
      if (this.#before.has(sector)) continue;
      const held = Buffer.alloc(SECTOR_BYTES);
      this.#real.readSync(this.#descriptor, held, 0, SECTOR_BYTES, sector * SECTOR_BYTES);
      this.#before.set(sector, held);
    }
  }

  /** Call before the length is set. */
  rememberLength(length: number): void {
    this.remember(length, this.#length());
  }

  /** Everything is on the disk now. */
  flushed(): void {
    this.#before.clear();
    this.#lengthFlushed = this.#length();
  }

  /** Leaves the file as a power cut would: each sector new or as it was, and so the length. */
  cutPower(survives: Survives): void {
    const length = this.#length();
    let lengthKept = survives() ? length : this.#lengthFlushed;
    for (const [sector, held] of this.#before) {
      const start = sector * SECTOR_BYTES;
      // What was cut off comes back with the length or not at all.
      if (start >= length ? lengthKept > length : !survives()) {
        this.#real.writeSync(this.#descriptor, held, 0, SECTOR_BYTES, start);
      } else {
        lengthKept = Math.max(lengthKept, Math.min(length, start + SECTOR_BYTES));
      }
    }
    this.#real.ftruncateSync(this.#descriptor, lengthKept);
    this.close();
  }

  close(): void {
    this.#real.closeSync(this.#descriptor);
  }

  #length(): number {
    return this.#real.fstatSync(this.#descriptor).size;
  }
}
