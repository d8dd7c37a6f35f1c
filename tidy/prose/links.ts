/**
 * Pages that point somewhere point at something: relative links lead to a file (and its heading),
 * and a path of the project written as code exists.
 */
import { posix } from "node:path";
import type { Finding, Rule } from "../rule.ts";
import type { Tree } from "../tree.ts";

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;
const PATH_AS_CODE = /`((?:src|test|tidy|bench|docs|examples|bin)\/[\w./-]+\.\w+)`/g;

/** The rule. */
export const links: Rule = {
  name: "links",
  asks: "Relative links and paths on pages lead somewhere.",
  remedy: "Correct the path or the heading, or drop the link.",
  check: (tree) =>
    tree.paths.filter((path) => path.endsWith(".md")).flatMap((p) => deadIn(tree, p)),
};

function deadIn(tree: Tree, path: string): Finding[] {
  const dead = (line: number, subject: string): Finding => ({
    path,
    line,
    subject,
    message: `${subject} leads nowhere`,
  });
  return linesOutsideCode(tree.text(path)).flatMap(([line, text]) => [
    ...[...text.matchAll(LINK)]
      .map(([, target]) => target)
      .filter((target) => !leadsSomewhere(tree, path, target))
      .map((target) => dead(line, target)),
    ...[...text.matchAll(PATH_AS_CODE)]
      .map(([, target]) => target)
      .filter((target) => !tree.has(target))
      .map((target) => dead(line, target)),
  ]);
}

/** The lines of a page, numbered from 1, without its fenced blocks. */
function linesOutsideCode(page: string): (readonly [number, string])[] {
  let fenced = false;
  return page.split("\n").flatMap((text, index) => {
    const isFence = /^\s*```/.test(text);
    if (isFence) fenced = !fenced;
    return fenced || isFence ? [] : [[index + 1, text] as const];
  });
}

function leadsSomewhere(tree: Tree, from: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return true;
  const [file, heading] = link.split("#");
  const target = file === "" ? from : posix.join(posix.dirname(from), file).replace(/\/$/, "");
  const isFolder = tree.paths.some((path) => path.startsWith(`${target}/`));
  if (!tree.has(target) && !isFolder) return false;
  return heading === undefined || headingsOf(tree.text(target)).has(heading);
}

/** The anchors GitHub gives a page's headings. */
function headingsOf(page: string): ReadonlySet<string> {
  const titles = [...page.matchAll(/^#+\s+(.+)$/gm)].map(([, title]) => title);
  return new Set(
    titles.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\w\- ]/g, "")
        .trim()
        .replace(/ /g, "-"),
    ),
  );
}
