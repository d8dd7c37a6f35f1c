/**
 * The state vector.
 */
import type { Build, Precision } from "../../assembly/lanes.ts";
import { PAGES_MAX } from "../../assembly/routine.ts";
import { kernelBinary } from "../kernels/module.ts";
import { Frame, type Placement } from "../plan/frame.ts";
import type { StateOperation } from "../plan/operation.ts";
import { schedule } from "../plan/schedule.ts";
import { Arena } from "./arena.ts";
import { PassCompiler } from "./compile-pass.ts";
import { type Layout, layOut } from "./layout.ts";
import { TileRunner } from "./tile-runner.ts";

export class StateVector {
  readonly layout: Layout;
  readonly memory: WebAssembly.Memory;
  readonly #arena: Arena;
  readonly #runner: TileRunner;
  placement: Placement;
  fresh = true;
  constructor(qubitCount: number, precision: Precision, build: Build) {
    this.layout = layOut({ qubitCount, precision, threadCount: 1, costBytes: 0 });
    const pages = Math.ceil(this.layout.byteCount / 65536);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: PAGES_MAX, shared: true });
    this.#arena = new Arena(this.memory.buffer, this.layout);
    const { signs, columnBits } = this.layout;
    writeSigns(this.memory.buffer, this.layout);
    void signs; void columnBits;
    const module = new WebAssembly.Module(kernelBinary(precision, build));
    const { exports } = new WebAssembly.Instance(module, { state: { memory: this.memory } });
    const one = 64;
    if (precision === "f32") new Float32Array(this.memory.buffer)[one / 4] = 1;
    else new Float64Array(this.memory.buffer)[one / 8] = 1;
    this.#runner = new TileRunner(exports, this.layout, this.layout.workspaces[0], one);
    this.placement = { bitOf: Array.from({ length: qubitCount }, (_, q) => q), flipMask: 0 };
  }
  run(operations: readonly StateOperation[]): void {
    const { bitCount } = this.layout;
    const frame = new Frame(this.placement, { bitCount, exponentMax: this.layout.precision === "f32" ? 100 : 900 }, { fresh: this.fresh, fixed: false });
    for (const operation of operations) frame.apply(operation);
    const nodes = frame.finish();
    this.placement = frame.placement;
    const passes = schedule(nodes, this.layout);
    const compiler = new PassCompiler(this.#arena, this.layout, this.fresh);
    this.fresh = false;
    this.#arena.clear();
    passes.forEach((pass, index) => {
      if (this.#arena.free < 2 ** 19) this.#arena.clear();
      const compiled = compiler.compile(pass, index === passes.length - 1);
      this.#runner.run(compiled, 0, 2 ** compiled.outerBits.length);
    });
  }
}

function writeSigns(buffer: SharedArrayBuffer, { signs, columnBits, bytesPerNumber }: Layout): void {
  const words = new Int32Array(buffer);
  const top = bytesPerNumber === 4 ? 1 : 2;
  for (let mask = 0; mask < 2 ** columnBits; mask += 1) {
    for (let column = 0; column < 2 ** columnBits; column += 1) {
      let parity = mask & column;
      parity ^= parity >> 4; parity ^= parity >> 2; parity ^= parity >> 1;
      words[(signs + mask * 256) / 4 + column * top + top - 1] = (parity & 1) << 31;
    }
  }
}
