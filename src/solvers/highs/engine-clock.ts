/**
 * The clock that HiGHS reads. It tells no time: each reading is a microsecond after the last, so a
 * problem is solved alike on every machine. HiGHS reads it wherever it would obey a time limit -
 * in presolve, relaxations and heuristics, where it calls back nobody - so every reading asks
 * whether to stop, and once the answer is yes, every two readings are further apart than the limit.
 */

/** Its limit on time, in seconds of this clock: never reached by readings alone. */
export const TIME_LIMIT_SECONDS = 1e5;

const NANOSECONDS = 1e9;
const STEP_NS = 1000;
const LEAP_NS = 2 * TIME_LIMIT_SECONDS * NANOSECONDS;
/** The engine counts nanoseconds in 64 bits with a sign. */
const NOW_NS_MAX = 9e18;

/** What HiGHS imports for a clock: an id, a precision, and where to put the nanoseconds. */
const IMPORT = "_clock_time_get";

/** One instance's clock. */
export class EngineClock {
  #nowNs = 0;
  #isToStop: (() => boolean) | undefined;
  #isOver = false;
  #failure: { readonly error: unknown } | undefined;

  /**
   * Does `work`; every reading meanwhile asks `isToStop`, until it is so. What that throws ends the
   * work as soon, and is thrown again afterwards: the engine itself must not be torn out of a call.
   */
  during<Result>(isToStop: () => boolean, work: () => Result): Result {
    this.#nowNs = 0;
    this.#isToStop = isToStop;
    this.#isOver = false;
    this.#failure = undefined;
    try {
      const result = work();
      this.#throwFailure();
      return result;
    } finally {
      this.#isToStop = undefined;
    }
  }

  /** The next reading, in nanoseconds. */
  readNs(): number {
    if (!this.#isOver) this.#isOver = this.#ask();
    this.#nowNs = Math.min(NOW_NS_MAX, this.#nowNs + (this.#isOver ? LEAP_NS : STEP_NS));
    return this.#nowNs;
  }

  /**
   * The engine's module with this clock in place of the system's.
   *
   * @throws Error when the module reads its clock by another name.
   */
  instantiate(module: WebAssembly.Module, imports: EngineImports): EngineInstance {
    let memory: WebAssembly.Memory | undefined;
    const put = (_id: number, _precision: bigint, at: number) => {
      if (memory === undefined) return 1;
      new DataView(memory.buffer).setBigInt64(at, BigInt(this.readNs()), true);
      return 0;
    };
    let isFound = false;
    const replaced = (part: EngineImports[string]) =>
      Object.fromEntries(
        Object.entries(part).map(([key, given]) => {
          const isClock = given instanceof Function && given.name === IMPORT;
          isFound ||= isClock;
          return [key, isClock ? put : given];
        }),
      );
    const own = Object.entries(imports).map(([room, part]) => [room, replaced(part)] as const);
    const instance: EngineInstance = new WebAssembly.Instance(module, Object.fromEntries(own));
    memory = Object.values(instance.exports).find((one) => one instanceof WebAssembly.Memory);
    if (!isFound || memory === undefined) throw new Error(`${IMPORT} is not among its imports`);
    return instance;
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #ask(): boolean {
    try {
      return this.#isToStop?.() ?? false;
    } catch (error) {
      this.#failure = { error };
      return true;
    }
  }
}

/** What the package's loader hands over to be imported. */
export type EngineImports = WebAssembly.Imports;
/** What it gets back. */
export type EngineInstance = WebAssembly.Instance<
  Readonly<Record<string, WebAssembly.Memory | object>>
>;
