/**
 * What a folder tree would lose in a power cut: creations, renames and removals since the last
 * flush of anything. As on journaling file systems (ext4, XFS) they reach the disk in order, and
 * any flush takes all earlier ones along.
 */
import path from "node:path";
import type { RealFiles } from "./unflushed-file.ts";

/** The changes of names since the last flush, each with the way back. */
export class UnflushedNames {
  readonly #real: RealFiles;
  /** Removed files wait here, on the same file system, until their removal is sure. */
  readonly #graveyard: string;
  #undo: (() => void)[] = [];
  #buried = 0;

  constructor(real: RealFiles, graveyard: string) {
    this.#real = real;
    this.#graveyard = graveyard;
    real.mkdirSync(graveyard, { recursive: true });
  }

  created(file: string): void {
    this.#undo.push(() => this.#real.rmSync(file, { recursive: true }));
  }

  /** Call before `file` is removed. */
  removing(file: string): void {
    const grave = this.#bury(file);
    this.#undo.push(() => this.#real.renameSync(grave, file));
  }

  /** Call before the empty `folder` is removed. */
  removingFolder(folder: string): void {
    this.#undo.push(() => this.#real.mkdirSync(folder));
  }

  /** Call before `from` is renamed to `to`. */
  renaming(from: string, to: string): void {
    const grave = this.#real.existsSync(to) ? this.#bury(to) : undefined;
    this.#undo.push(() => {
      this.#real.renameSync(to, from);
      if (grave !== undefined) this.#real.renameSync(grave, to);
    });
  }

  /** Everything is on the disk now. */
  flushed(): void {
    this.#undo = [];
  }

  /** How many changes are not sure yet. */
  get count(): number {
    return this.#undo.length;
  }

  /** Leaves the first `kept` changes and takes back the others, last first. */
  cutPower(kept: number): void {
    for (const undo of this.#undo.splice(kept).reverse()) undo();
    this.#real.rmSync(this.#graveyard, { recursive: true, force: true });
  }

  #bury(file: string): string {
    this.#buried += 1;
    const grave = path.join(this.#graveyard, `${this.#buried}`);
    this.#real.linkSync(file, grave);
    return grave;
  }
}
