/**
 * One instance of HiGHS, loaded and warmed. A process compiles the module's functions when they are
 * first called; a throw-away solve at the start spares the first real one that.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type highsPackage from "highs";
import type { Highs } from "highs";
import { shareNoImportWrappers } from "#foundation";
import { EngineClock, type EngineImports, type EngineInstance } from "./engine-clock.ts";

/** HiGHS, and the clock it reads. */
export interface HighsInstance {
  readonly highs: Highs;
  readonly clock: EngineClock;
}

const own = createRequire(import.meta.url);
let compiled: WebAssembly.Module | undefined;

/** Loads one instance, silent. */
export async function loadInstance(): Promise<HighsInstance> {
  // Its types say where the CommonJS build keeps the loader; the build itself is the loader.
  const load: typeof highsPackage.default = own("highs");
  shareNoImportWrappers();
  compiled ??= new WebAssembly.Module(new Uint8Array(readFileSync(own.resolve("highs/runtime"))));
  const module = compiled;
  const clock = new EngineClock();
  const silent = () => {};
  const options = {
    print: silent,
    printErr: silent,
    /** Every loader that Emscripten makes asks this, if it is there, instead of loading. */
    instantiateWasm(imports: EngineImports, receive: (instance: EngineInstance) => void) {
      receive(clock.instantiate(module, imports));
    },
  };
  return { highs: await load(options), clock };
}

const WARM_ITEMS = 30;
const WARM_ROWS = 5;

/** Solves a knapsack that needs presolve, cuts, heuristics and a tree, so that all is compiled. */
export function warm({ highs }: HighsInstance): void {
  const size = WARM_ITEMS * WARM_ROWS;
  const rest = (factor: number, modulus: number) => (_: unknown, index: number) =>
    1 + ((index * factor) % modulus);
  highs.withModel((model) => {
    model.options.set({ output_flag: false });
    model.passModel({
      numCols: WARM_ITEMS,
      numRows: WARM_ROWS,
      sense: highs.constants.objectiveSense.maximize,
      colCost: Array.from({ length: WARM_ITEMS }, rest(61, 97)),
      colLower: new Float64Array(WARM_ITEMS),
      colUpper: new Float64Array(WARM_ITEMS).fill(1),
      rowLower: new Float64Array(WARM_ROWS).fill(-Infinity),
      rowUpper: new Float64Array(WARM_ROWS).fill(WARM_ITEMS * 12),
      matrix: {
        format: "csc",
        numRows: WARM_ROWS,
        numCols: WARM_ITEMS,
        starts: Array.from({ length: WARM_ITEMS + 1 }, (_, item) => item * WARM_ROWS),
        indices: Array.from({ length: size }, (_, entry) => entry % WARM_ROWS),
        values: Array.from({ length: size }, rest(73, 101)),
      },
      integrality: new Int32Array(WARM_ITEMS).fill(highs.constants.variableType.integer),
    });
    model.run();
  });
}
