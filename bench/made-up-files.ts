/**
 * Writes large and divided problems that are in no collection, seeded, for the rows of
 * docs/limits.md that name them: each file's name is the row's.
 *
 *     npx node bench/made-up-files.ts FOLDER [name ...]
 *
 * Without names it writes all, 46 MB; `npx tandem solve FOLDER/NAME` then solves one.
 */
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type RandomStream, randomStream } from "#foundation";

type Lines = Iterable<string>;

const FILES: Readonly<Record<string, (stream: RandomStream) => Lines>> = {
  "mostly-free-4m.sparse": () => ["4194304 1", "1 1 -1"],
  "mostly-free-16m.sparse": () => ["16777216 1", "1 1 -1"],
  "path.sparse": (stream) => path(1_000_000, stream),
  "small-rows.lp": (stream) => smallRows(100_000, stream),
  "graph.mc": (stream) => graph(100_000, 1_000_000, stream),
  "set-cover.lp": (stream) => setCover({ columns: 100_000, rows: 20_000, rowSize: 20 }, stream),
  "assignment.gap": (stream) => generalisedAssignment({ tasks: 500, agents: 200 }, stream),
  "knapsacks.lp": (stream) => knapsacks(40, 30, stream),
  "dense-17x30.sparse": (stream) => denseBlocks(17, 30, stream),
  "dense-40x24.sparse": (stream) => denseBlocks(40, 24, stream),
  "dense-26.sparse": (stream) => denseBlocks(1, 26, stream),
};

/** Neighbours in a row, whose product is worth 9 or costs 9. */
function* path(length: number, stream: RandomStream): Lines {
  yield `${length} ${length - 1}`;
  for (let one = 1; one < length; one += 1) yield `${one} ${one + 1} ${stream.below(2) ? 9 : -9}`;
}

/** Rows of three variables of their own. */
function* smallRows(count: number, stream: RandomStream): Lines {
  yield "minimize";
  for (let row = 0; row < count; row += 1) {
    const costs = ["a", "b", "c"].map((name) => `+ ${1 + stream.below(9)} ${name}${row}`);
    yield ` ${costs.join(" ")}`;
  }
  yield "subject to";
  for (let row = 0; row < count; row += 1) {
    yield ` r${row}: 2 a${row} + 3 b${row} + 4 c${row} >= 5`;
  }
  yield "binary";
  for (let row = 0; row < count; row += 1) yield ` a${row} b${row} c${row}`;
  yield "end";
}

/** Ends drawn evenly, without loops; an edge may come twice. */
function* graph(vertices: number, edges: number, stream: RandomStream): Lines {
  yield `${vertices} ${edges}`;
  for (let edge = 0; edge < edges; edge += 1) {
    const one = stream.below(vertices);
    const other = (one + 1 + stream.below(vertices - 1)) % vertices;
    yield `${one + 1} ${other + 1} ${stream.below(2) ? 1 : -1}`;
  }
}

/** Costs from 1 to 100; the columns of a row are drawn evenly. */
function* setCover(
  { columns, rows, rowSize }: { columns: number; rows: number; rowSize: number },
  stream: RandomStream,
): Lines {
  yield "minimize";
  for (let column = 0; column < columns; column += 1)
    yield ` + ${1 + stream.below(100)} x${column}`;
  yield "subject to";
  for (let row = 0; row < rows; row += 1) {
    const chosen = new Set<number>();
    while (chosen.size < rowSize) chosen.add(stream.below(columns));
    yield ` r${row}: ${[...chosen].map((column) => `x${column}`).join(" + ")} >= 1`;
  }
  yield "binary";
  for (let column = 0; column < columns; column += 1) yield ` x${column}`;
  yield "end";
}

/** Costs from 1 to 50, loads from 5 to 25, capacities that hold the tasks half as often again. */
function* generalisedAssignment(
  { tasks, agents }: { tasks: number; agents: number },
  stream: RandomStream,
): Lines {
  const row = (least: number, count: number) =>
    Array.from({ length: tasks }, () => least + stream.below(count)).join(" ");
  yield `${agents} ${tasks}`;
  for (let agent = 0; agent < agents; agent += 1) yield row(1, 50);
  for (let agent = 0; agent < agents; agent += 1) yield row(5, 21);
  const capacity = Math.ceil((1.5 * 15 * tasks) / agents);
  yield Array.from({ length: agents }, () => capacity).join(" ");
}

/** Knapsacks that share no item, half of whose weight fits. */
function* knapsacks(count: number, size: number, stream: RandomStream): Lines {
  const names = Array.from({ length: count }, (_, sack) =>
    Array.from({ length: size }, (_unused, item) => `x${sack}_${item}`),
  );
  yield "maximize";
  for (const own of names) {
    yield ` ${own.map((name) => `+ ${1 + stream.below(1000)} ${name}`).join(" ")}`;
  }
  yield "subject to";
  for (const [sack, own] of names.entries()) {
    const weights = own.map(() => 1 + stream.below(1000));
    const half = Math.floor(weights.reduce((sum, weight) => sum + weight, 0) / 2);
    const load = own.map((name, item) => `+ ${weights[item]} ${name}`).join(" ");
    yield ` r${sack}: ${load} <= ${half}`;
  }
  yield "binary";
  for (const own of names) yield ` ${own.join(" ")}`;
  yield "end";
}

/** Problems side by side, with a bias from -100 to 100 for each variable and pair. */
function* denseBlocks(count: number, size: number, stream: RandomStream): Lines {
  yield `${count * size} ${(count * size * (size + 1)) / 2}`;
  for (let block = 0; block < count; block += 1) {
    for (let one = 1; one <= size; one += 1) {
      for (let other = one; other <= size; other += 1) {
        yield `${block * size + one} ${block * size + other} ${stream.below(201) - 100}`;
      }
    }
  }
}

function write(file: string, lines: Lines): void {
  const out = openSync(file, "w");
  let text = "";
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < 1 << 16) continue;
    writeSync(out, text);
    text = "";
  }
  writeSync(out, text);
  closeSync(out);
}

const [folder, ...names] = process.argv.slice(2);
const unknown = names.filter((name) => FILES[name] === undefined);
if (folder === undefined || unknown.length > 0) {
  const wanted = `expected a folder and names among ${Object.keys(FILES).join(", ")}`;
  process.stderr.write(`${wanted}, got ${unknown.join(", ") || "nothing"}\n`);
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
for (const [name, linesOf] of Object.entries(FILES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  write(join(folder, name), linesOf(randomStream(1, "made-up", name)));
}
