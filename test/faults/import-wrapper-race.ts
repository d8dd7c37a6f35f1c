/**
 * Shows the defect of Node that ADR 0010 keeps away: two threads instantiate, call and drop
 * WebAssembly whose imports have the same signatures. `--guarded` keeps to what Tandem does;
 * without it the process is likely to fall within seconds, which is what the program is for.
 *
 *     npx node test/faults/import-wrapper-race.ts --seconds 15 --guarded
 */
import { parseArgs } from "node:util";
import v8 from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread, Worker } from "node:worker_threads";

const SIGNATURES = 40;
const PARAMETERS = 6;
/** V8 compiles a wrapper after a thousand. */
const CALLS = 1100;
const I32 = 0x7f;
const F64 = 0x7c;

if (isMainThread) {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "15" },
      guarded: { type: "boolean", default: false },
    },
  });
  if (values.guarded) {
    const { shareNoImportWrappers } = await import("#foundation"); // The threads' heaps stay small.
    shareNoImportWrappers();
  }
  const threads = [0, 1].map(() => new Worker(new URL(import.meta.url)));
  await new Promise((resolve) => setTimeout(resolve, Number(values.seconds) * 1000));
  await Promise.all(threads.map((thread) => thread.terminate()));
  process.stdout.write("still up\n");
} else {
  v8.setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const code = new WebAssembly.Module(moduleOfImports());
  for (;;) {
    collect(); // What an earlier round held is let go.
    const { exports } = new WebAssembly.Instance(code, {
      host: { given: (first: number) => first },
    });
    for (const call of Object.values(exports)) {
      if (typeof call !== "function") continue;
      for (let count = 0; count < CALLS; count += 1) call(1, 2, 3, 4, 5, 6);
    }
  }
}

/** A module that imports {@link SIGNATURES} functions and exports a caller of each. */
function moduleOfImports(): Uint8Array<ArrayBuffer> {
  const each = (part: (index: number) => readonly number[]) => {
    return [SIGNATURES, ...Array.from({ length: SIGNATURES }, (_, index) => part(index)).flat()];
  };
  const types = each((index) => {
    const parameters = Array.from({ length: PARAMETERS }, (_, bit) =>
      ((index >> bit) & 1) === 1 ? F64 : I32,
    );
    return [0x60, PARAMETERS, ...parameters, 1, I32];
  });
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  const imports = each((index) => [...name("host"), ...name("given"), 0, index]);
  const functions = each((index) => [index]);
  const exports = each((index) => [...name(String(index)), 0, SIGNATURES + index]);
  const bodies = each((index) => {
    const gets = Array.from({ length: PARAMETERS }, (_, place) => [0x20, place]).flat();
    const body = [0, ...gets, 0x10, index, 0x0b];
    return [body.length, ...body];
  });
  const section = (id: number, body: readonly number[]) => {
    const [low, high] = [(body.length & 0x7f) | 0x80, body.length >> 7];
    return [id, low, high, ...body];
  };
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, types),
    ...section(2, imports),
    ...section(3, functions),
    ...section(7, exports),
    ...section(10, bodies),
  ]);
}
