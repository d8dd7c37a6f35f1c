/**
 * The process that kill.ts kills: appends to the store in the directory of its first argument, from
 * the seed of its second, and prints one line per acknowledged decision before it goes on to the
 * next.
 */
import fs from "node:fs";
import { randomStream } from "#foundation";
import { openEmbeddedStore } from "#store";
import { appendUntilGone } from "./acknowledged.ts";

const WRITERS = 8;
const [directory = "", seed = ""] = process.argv.slice(2);

/** Written at once: a line still in the process's memory would be lost with it. */
const print = (line: unknown) => fs.writeSync(1, `${JSON.stringify(line)}\n`);

const store = await openEmbeddedStore(directory);
print("open");
for (let writer = 0; writer < WRITERS; writer += 1) {
  const random = randomStream(Number(seed), "writer", writer);
  void appendUntilGone(store, `${seed}-${writer}`, random, print);
}
