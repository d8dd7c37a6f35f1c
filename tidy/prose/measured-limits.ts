/**
 * A figure without the command that produced it is an opinion. Every row of every table in
 * docs/limits.md that states a number names, as code, what to run.
 */
import type { Rule } from "../rule.ts";

const PAGE = "docs/limits.md";
const COMMAND = /`(?:[A-Z_]+=\S+ )*(?:npm|npx|node|tandem)\b[^`]*`/;

/** The rule. */
export const measuredLimits: Rule = {
  name: "measured-limits",
  asks: "Each row of docs/limits.md with a number names the command that produced it.",
  remedy: "Name the command in the row, as code: `npm …`, `npx …` or `tandem …`.",
  check: (tree) =>
    tree
      .text(PAGE)
      .split("\n")
      .flatMap((row, index) => {
        const isRow = row.trimStart().startsWith("|") && /\d/.test(row);
        if (!isRow || COMMAND.test(row)) return [];
        const message = "states a number and names no command";
        return [{ path: PAGE, line: index + 1, subject: "row", message }];
      }),
};
