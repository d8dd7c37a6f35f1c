/**
 * A room has one door, `index.ts`, and nothing else is called that: a second index is a second
 * door, and a reader could no longer see at the head of a file where it leaves its room.
 */
import { posix } from "node:path";
import type { Rule } from "../rule.ts";

/** The rule. */
export const doors: Rule = {
  name: "doors",
  asks: "Only the door of a room is called `index.ts`.",
  remedy: "Name the file after its subject; only `src/<room>/index.ts` is a door.",
  check: (tree) =>
    tree.paths
      .filter((path) => /^index\.(ts|js|mjs)$/.test(posix.basename(path)))
      .filter((path) => !/^src\/[^/]+\/index\.ts$/.test(path))
      .map((path) => ({ path, line: 1, subject: "index", message: "is not the door of a room" })),
};
