/**
 * A file system for PGlite whose flushes reach the disk. PGlite's own Node file system has no `fsync`, so PostgreSQL's
 * requests to flush are silently dropped; here each becomes an `fdatasync`, and one that fails is remembered for good:
 * after a failed flush nobody knows what the disk holds (Rebello et al., "Can Applications Recover from fsync
 * Failures?", USENIX ATC 2020).
 */
import fs from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { EmscriptenBuiltinFilesystem, type Filesystem } from "@electric-sql/pglite/basefs";
import { assert } from "#foundation";

/** The error number of a failed read or write in PGlite's C library. */
const EIO = 29;

/** An open file as the Node file system of PGlite keeps it. */
interface OpenFile {
  readonly nfd: number;
}

/** The data directory at a root on the disk, mounted where PGlite expects it. */
export class FlushingFiles extends EmscriptenBuiltinFilesystem {
  readonly #root: string;
  #failure: unknown;

  constructor(root: string) {
    super(root);
    this.#root = root;
  }

  /** What the first flush that failed said; undefined while all have succeeded. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Called by PGlite before it loads its engine. */
  override async init(...[pglite, options]: Parameters<Filesystem["init"]>) {
    this.pg = pglite;
    const mount = (module: Parameters<NonNullable<(typeof options)["preRun"]>[number]>[0]) => {
      const { FS, NODEFS } = module;
      assert(NODEFS.stream_ops.fsync === undefined, "this PGlite has no fsync of its own");
      NODEFS.stream_ops.fsync = (file: OpenFile) => {
        try {
          fs.fdatasyncSync(file.nfd);
          return 0;
        } catch (error) {
          this.#failure ??= error;
          throw new FS.ErrnoError(EIO);
        }
      };
      FS.mkdirTree(PGlite.paths.PGDATA);
      FS.mount(NODEFS, { root: this.#root }, PGlite.paths.PGDATA);
    };
    return { emscriptenOpts: { ...options, preRun: [...(options.preRun ?? []), mount] } };
  }

  /** Called by PGlite when it has closed. */
  override async closeFs(): Promise<void> {
    this.pg?.Module.FS.quit();
  }
}

/** Makes every file and directory below `root`, and `root` itself, durable as it is now. */
export function flushTree(root: string): void {
  for (const entry of fs.readdirSync(root, { withFileTypes: true })) {
    const child = path.join(root, entry.name);
    if (entry.isDirectory()) flushTree(child);
    else flushEntry(child);
  }
  flushEntry(root);
}

/** Makes one file's content, or one directory's list of names, durable as it is now. */
export function flushEntry(file: string): void {
  const descriptor = fs.openSync(file, "r");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
