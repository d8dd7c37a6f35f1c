/**
 * The glossary is a list one can look things up in: one heading per noun, sorted, none twice, each
 * with its meaning.
 */
import type { Finding, Rule } from "../rule.ts";

const PAGE = "docs/glossary.md";
const ENTRY = /^- \*\*([^*]+)\*\*(.*)$/;

/** The rule. */
export const glossary: Rule = {
  name: "glossary",
  asks: "The glossary is sorted and gives each noun one meaning.",
  remedy: "Write `- **noun**: its one meaning.` at its place in the alphabet.",
  check: (tree) => {
    const entries = tree
      .text(PAGE)
      .split("\n")
      .flatMap((text, index) => {
        const [, noun, rest] = ENTRY.exec(text) ?? [];
        return noun === undefined ? [] : [{ noun, rest, line: index + 1 }];
      });
    return entries.flatMap(({ noun, rest, line }, index): Finding[] => {
      const before = index === 0 ? "" : entries[index - 1].noun;
      const sorted = before.toLowerCase() < noun.toLowerCase();
      const finding = (message: string) => ({ path: PAGE, line, subject: noun, message });
      return [
        ...(sorted ? [] : [finding(`${noun} stands after ${before}`)]),
        ...(/\w/.test(rest) ? [] : [finding(`${noun} has no meaning`)]),
      ];
    });
  },
};
