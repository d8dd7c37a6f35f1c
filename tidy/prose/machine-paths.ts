/**
 * The project belongs to whoever cloned it: no file names a folder of somebody's machine, and none,
 * the lock file included, names the host its packages once came from.
 */
import type { Finding, Rule } from "../rule.ts";
import type { Tree } from "../tree.ts";

const MACHINE_PATH = /(?<![\w.$}*-])\/(?:home|Users|root|work|tmp|mnt|opt)\/[\w.-]+/;
const REGISTRY_HOST =
  /registry\.npmjs|npmjs\.(?:org|com)\/|\/\/[\w.-]*registry[\w.-]*[:/]|"resolved"\s*:/;

/** The rule. */
export const machinePaths: Rule = {
  name: "machine-paths",
  asks: "No file names a folder of somebody's machine or the host of a package registry.",
  remedy:
    "Write a path relative to the project, take a folder as an argument, or use the system's " +
    "own temp folder.",
  check: (tree) => tree.paths.flatMap((path) => placesIn(tree, path)),
};

function placesIn(tree: Tree, path: string): Finding[] {
  const text = tree.text(path);
  if (!MACHINE_PATH.test(text) && !REGISTRY_HOST.test(text)) return [];
  return text.split("\n").flatMap((line, index) => {
    const found = MACHINE_PATH.exec(line) ?? REGISTRY_HOST.exec(line);
    if (found === null) return [];
    const [subject] = found;
    return [{ path, line: index + 1, subject, message: `names ${subject}` }];
  });
}
