/**
 * The engine: HiGHS as WebAssembly, once per thread. Loading is asynchronous and solving is not, so
 * a second, idle instance stands by: when the first aborts or has grown too large it is thrown away
 * and the other takes its place at once. The code of all instances of a process is compiled once,
 * by whichever is warmed first; the memory of an idle one is hardly touched.
 */
import { AssertionError, Fault } from "#foundation";
import { highsFaults } from "./faults.ts";
import { type HighsInstance, loadInstance, warm } from "./instance.ts";

/** Memory of an instance never shrinks; above this it is not kept for the next problem. */
const MEMORY_BYTES_MAX = 256 * 2 ** 20;

/** One thread's instances. */
export class Engine {
  readonly #load: () => Promise<HighsInstance>;
  readonly #memoryBytesMax: number;
  #instance: HighsInstance | undefined;
  #spare: HighsInstance | undefined;
  #loading: Promise<void> | undefined;
  /** Why the last attempt to load failed. */
  #failure: unknown;

  constructor(load = loadInstance, memoryBytesMax = MEMORY_BYTES_MAX) {
    this.#load = load;
    this.#memoryBytesMax = memoryBytesMax;
  }

  /**
   * Resolves when an instance is loaded, and tried out if it is to be warm, and another stands by.
   * Also resolves when that cannot be: other solvers do not need the engine, and {@link use} says
   * what went wrong.
   */
  prepare(isWarm: boolean): Promise<void> {
    this.#loading ??= this.#fill(isWarm)
      .catch((error: unknown) => {
        this.#failure = error;
      })
      .finally(() => {
        this.#loading = undefined;
      });
    return this.#loading;
  }

  /**
   * Calls `work` with the instance.
   *
   * @throws Fault `highs-not-loaded` before the first {@link prepare}, or when two instances in a
   * row are gone; `highs-failed` when the instance aborts.
   */
  use<Result>(work: (instance: HighsInstance) => Result): Result {
    if (this.#instance === undefined) this.#promoteSpare();
    const instance = this.#instance;
    if (instance === undefined) {
      const reason = this.#failure === undefined ? "none" : messageOf(this.#failure);
      const detail = `HiGHS: expected a loaded instance, got ${reason}`;
      throw new Fault(highsFaults.notLoaded, { detail }, this.#failure);
    }
    try {
      return work(instance);
    } catch (error) {
      if (error instanceof AssertionError || error instanceof Fault) throw error;
      this.#discard();
      const detail = `HiGHS: expected an answer, got ${messageOf(error)}`;
      throw new Fault(highsFaults.failed, { detail }, error);
    } finally {
      const isKept = this.#instance === instance;
      if (isKept && instance.highs.memoryBytes > this.#memoryBytesMax) this.#discard();
    }
  }

  #promoteSpare(): void {
    this.#instance = this.#spare;
    this.#spare = undefined;
  }

  #discard(): void {
    this.#promoteSpare();
    void this.prepare(false); // Takes effect once the thread is idle.
  }

  async #fill(isWarm: boolean): Promise<void> {
    this.#instance ??= await this.#load();
    if (isWarm) warm(this.#instance);
    this.#spare ??= await this.#load();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
