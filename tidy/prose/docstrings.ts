/**
 * Each file opens with a paragraph that says what it is for, and each export carries a summary. The
 * paragraph is not the summary of the first export: a file has a subject of its own.
 */
import type { Finding, Rule } from "../rule.ts";
import type { Comment, Source } from "../syntax.ts";
import { isOutsideProduct } from "../tree.ts";

const PARAGRAPH_LETTERS_MIN = 20;

/** The rule. */
export const docstrings: Rule = {
  name: "docstrings",
  asks: "Each file opens with a paragraph, each export carries a summary.",
  remedy:
    "Open a file with a `/** paragraph */` and put a `/** summary */` directly before the export.",
  check: (tree) =>
    tree.sources.flatMap((source) => [
      ...missingParagraph(source),
      ...(isOutsideProduct(source.path) ? [] : missingSummaries(source)),
    ]),
};

function missingParagraph(source: Source): Finding[] {
  const [first] = source.comments;
  const opens =
    first !== undefined &&
    source.text.slice(0, first.start).trim() === "" &&
    wordsOf(first).length >= PARAGRAPH_LETTERS_MIN;
  if (opens) return [];
  const message = "does not open with a paragraph saying what it is for";
  return [{ path: source.path, line: 1, subject: "file", message }];
}

function missingSummaries(source: Source): Finding[] {
  return source.exports
    .filter((one) => one.from === undefined && !isReexport(source, one.start))
    .filter((one) => !hasSummary(source, one.start))
    .map((one) => ({
      path: source.path,
      line: source.line(one.start),
      subject: one.name,
      message: `${one.name} has no summary`,
    }));
}

/** `export { a, b };` names what was declared, and documented, elsewhere. */
function isReexport(source: Source, start: number): boolean {
  return !source.text.startsWith("export", start);
}

function hasSummary(source: Source, start: number): boolean {
  const index = source.comments.findLastIndex((comment) => comment.end <= start);
  const comment = source.comments[index];
  return (
    index > 0 &&
    comment.type === "Block" &&
    comment.value.startsWith("*") &&
    wordsOf(comment) !== "" &&
    source.text.slice(comment.end, start).trim() === ""
  );
}

function wordsOf(comment: Comment): string {
  return comment.value.replace(/^\s*\*+/gm, "").trim();
}
