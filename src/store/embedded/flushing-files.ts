/**
 * A file system for PGlite whose flushes reach the disk. PGlite's own Node file system has no
 * `fsync`, so PostgreSQL's requests to flush are silently dropped; here each becomes an
 * `fdatasync`. After a flush that failed nobody knows what the disk holds (Rebello et al., "Can
 * Applications Recover from fsync Failures?", USENIX ATC 2020), so it ends the database at once.
 */
import fs from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { EmscriptenBuiltinFilesystem, type Filesystem } from "@electric-sql/pglite/basefs";
import { assert, Fault, systemClock } from "#foundation";
import { storeFaults, unavailable } from "../faults.ts";
import { SegmentsAhead } from "./segments-ahead.ts";

/** An open file as the Node file system of PGlite keeps it. */
interface OpenFile {
  readonly nfd: number;
  readonly node: { readonly name: string };
}

/** Told why the database cannot go on; nothing may be confirmed from then on. */
export type OnFatal = (failure: Fault) => void;

/** The data directory at a root on the disk, mounted where PGlite expects it. */
export class FlushingFiles extends EmscriptenBuiltinFilesystem {
  readonly #root: string;
  readonly #onFatal: OnFatal;
  readonly #segments: SegmentsAhead;

  constructor(root: string, onFatal: OnFatal) {
    super(root);
    this.#root = root;
    this.#onFatal = onFatal;
    this.#segments = new SegmentsAhead(root, systemClock);
  }

  /** Called by PGlite before it loads its engine. */
  override async init(...[pglite, options]: Parameters<Filesystem["init"]>) {
    this.pg = pglite;
    const mount = (module: Parameters<NonNullable<(typeof options)["preRun"]>[number]>[0]) => {
      const { FS, NODEFS } = module;
      assert(NODEFS.stream_ops.fsync === undefined, "this PGlite has no fsync of its own");
      NODEFS.stream_ops.fsync = (file: OpenFile) => this.#flush(file);
      FS.mkdirTree(PGlite.paths.PGDATA);
      FS.mount(NODEFS, { root: this.#root }, PGlite.paths.PGDATA);
    };
    // After a PANIC, for one when the disk under the log is full, PGlite would call into its dead
    // engine for ever and never answer.
    const onAbort = () => {
      this.#onFatal(
        unavailable("the database engine: expected it to run, got a PANIC; disk full?"),
      );
    };
    const preRun = [...(options.preRun ?? []), mount];
    return { emscriptenOpts: { ...options, onAbort, preRun } };
  }

  #flush(file: OpenFile): 0 {
    try {
      fs.fdatasyncSync(file.nfd);
      this.#segments.flushed(file.node.name);
      return 0;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const detail = `flush: expected success, got ${reason}`;
      this.#onFatal(new Fault(storeFaults.flushFailed, { detail }, error));
      throw error;
    }
  }

  /** Called by PGlite when it has closed. */
  override async closeFs(): Promise<void> {
    this.#segments.stop();
    this.pg?.Module.FS.quit();
  }
}
