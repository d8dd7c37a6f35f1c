/**
 * A disk that forgets. It takes the place of Node's file operations in the calling thread, so that
 * the program above runs unchanged; everything below `root` really happens, and is really undone,
 * as far as it was not flushed, at the moment of the power cut. What the cut leaves is drawn from a
 * seed: any subset of unflushed sectors, any prefix of unflushed names.
 *
 * Model: a flushed file is on the disk with its length; any flush makes all earlier changes of
 * names sure; sectors of 512 bytes are written whole or not at all. Not modelled: disks that lie
 * about flushing, unless `flush` is `ignored`.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import type { RandomStream } from "#foundation";
import { UnflushedFile } from "./unflushed-file.ts";
import { UnflushedNames } from "./unflushed-names.ts";

/** The name under which a thread finds its {@link PowerCut}, as JSON. */
export const SIMULATED_DISK = "simulated-disk";

/** How the disk behaves, in a form that passes between threads. */
export interface PowerCut {
  readonly seed: number;
  /** The cut comes in place of this change, counted from one. */
  readonly cutAtChange: number;
  /** Whether to count from the thread's start, or from when the store is open. */
  readonly countFrom: "start" | "open";
  /** `ignored`: flushes are confirmed and not done, as PGlite's own file system has it. */
  readonly flush: "honoured" | "ignored";
}

/** What the thread itself knows. */
export interface DiskSettings extends Pick<PowerCut, "cutAtChange" | "flush"> {
  readonly root: string;
  readonly random: RandomStream;
  /** Called after the cut; ends the thread. */
  readonly onCut: () => void;
}

/** Puts the disk in the place of Node's file operations; changes count once `arm` is called. */
export function installSimulatedDisk(settings: DiskSettings): { readonly arm: () => void } {
  const disk = new SimulatedDisk(settings, { ...fs });
  Object.assign(fs, disk.operations());
  syncBuiltinESMExports();
  return { arm: () => disk.arm() };
}

class SimulatedDisk {
  readonly #settings: DiskSettings;
  readonly #real: typeof fs;
  readonly #names: UnflushedNames;
  /** By inode, because a file may be open under several descriptors and change its name. */
  readonly #files = new Map<number, UnflushedFile>();
  readonly #inodeOf = new Map<number, number>();
  #armed = false;
  #changes = 0;

  constructor(settings: DiskSettings, real: typeof fs) {
    this.#settings = settings;
    this.#real = real;
    this.#names = new UnflushedNames(real, `${settings.root}.removed`);
  }

  arm(): void {
    this.#armed = true;
  }

  operations() {
    return { ...this.#fileOperations(), ...this.#nameOperations() };
  }

  #fileOperations() {
    const real = this.#real;
    return {
      openSync: (file: string, ...rest: [flags: number, mode?: number]) => {
        const descriptor = real.openSync(file, ...rest);
        const status = real.fstatSync(descriptor);
        if (this.#holds(file) && status.isFile()) {
          this.#inodeOf.set(descriptor, status.ino);
          if (!this.#files.has(status.ino)) this.#track(file, status.ino);
        }
        return descriptor;
      },
      closeSync: (descriptor: number) => {
        this.#inodeOf.delete(descriptor);
        real.closeSync(descriptor);
      },
      writeSync: (
        descriptor: number,
        buffer: NodeJS.ArrayBufferView,
        offset: number,
        length: number,
        position: number,
      ) => {
        this.#open(descriptor, (file) => file.remember(position, position + length));
        return real.writeSync(descriptor, buffer, offset, length, position);
      },
      ftruncateSync: (descriptor: number, length: number) => {
        this.#open(descriptor, (file) => file.rememberLength(length));
        real.ftruncateSync(descriptor, length);
      },
      truncateSync: (file: string, length: number) => {
        if (this.#holds(file)) {
          this.#change();
          const { ino } = real.statSync(file);
          (this.#files.get(ino) ?? this.#track(file, ino)).rememberLength(length);
        }
        real.truncateSync(file, length);
      },
      fdatasyncSync: (descriptor: number) => this.#flush(descriptor),
      fsyncSync: (descriptor: number) => this.#flush(descriptor),
    };
  }

  #nameOperations() {
    const real = this.#real;
    return {
      writeFileSync: (file: string, text: string, options?: fs.WriteFileOptions) => {
        const isNew = this.#holds(file) && !real.existsSync(file);
        if (isNew) this.#change();
        real.writeFileSync(file, text, options);
        if (!isNew) return;
        this.#names.created(file);
        this.#track(file, real.statSync(file).ino);
      },
      mkdirSync: (folder: string, options?: fs.MakeDirectoryOptions) => {
        if (this.#holds(folder)) this.#change();
        const first = real.mkdirSync(folder, options);
        if (this.#holds(folder)) this.#names.created(folder);
        return first;
      },
      renameSync: (from: string, to: string) => {
        this.#change();
        this.#names.renaming(from, to);
        real.renameSync(from, to);
      },
      unlinkSync: (file: string) => {
        this.#change();
        this.#names.removing(file);
        real.unlinkSync(file);
      },
      rmdirSync: (folder: string) => {
        this.#change();
        this.#names.removingFolder(folder);
        real.rmdirSync(folder);
      },
    };
  }

  #holds(file: string): boolean {
    return path.resolve(file).startsWith(this.#settings.root + path.sep);
  }

  #open(descriptor: number, remember: (file: UnflushedFile) => void): void {
    const inode = this.#inodeOf.get(descriptor);
    const file = inode === undefined ? undefined : this.#files.get(inode);
    if (file === undefined) return;
    this.#change();
    remember(file);
  }

  /** A new file may have the inode number of a removed one. */
  #track(file: string, inode: number): UnflushedFile {
    this.#files.get(inode)?.close();
    const tracked = new UnflushedFile(this.#real, file);
    this.#files.set(inode, tracked);
    return tracked;
  }

  #flush(descriptor: number): void {
    if (this.#settings.flush === "ignored") return;
    const inode = this.#inodeOf.get(descriptor);
    if (inode !== undefined) this.#files.get(inode)?.flushed();
    this.#names.flushed();
  }

  #change(): void {
    if (!this.#armed) return;
    this.#changes += 1;
    if (this.#changes !== this.#settings.cutAtChange) return;
    const { random, onCut } = this.#settings;
    // Some cuts lose everything, some next to nothing, most something in between.
    const survival = random.unit() * 1.5 - 0.25;
    this.#names.cutPower(random.below(this.#names.count + 1));
    for (const file of this.#files.values()) file.cutPower(() => random.unit() < survival);
    onCut();
  }
}
