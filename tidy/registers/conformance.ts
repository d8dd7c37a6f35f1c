/**
 * Families are tested as families. Each member found in the tree - a solver's folder, a decision
 * type's folder, a way to open a store - is in its family's register, and the register is what the
 * conformance suite runs over. So a new member is tested before anyone writes a test for it.
 */
import { declarationOf, doorOf, folderInRoom, targetOf } from "../place.ts";
import type { Finding, Rule } from "../rule.ts";
import type { Tree } from "../tree.ts";

/** A family whose members are the folders of a room. */
interface Family {
  readonly room: string;
  /**
   * The name under which the room's door shows the list; the file that declares it imports each
   * member.
   */
  readonly list: string;
  readonly suite: string;
}

const FAMILIES: readonly Family[] = [
  {
    room: "solvers",
    list: "solverCatalogue",
    suite: "test/conformance/solvers.test.ts",
  },
  {
    room: "decisions",
    list: "catalogue",
    suite: "test/conformance/decisions.test.ts",
  },
];
const STORE_DOOR = "src/store/index.ts";
const STORE_SUITE = "test/conformance/store.test.ts";

/** The rule. */
export const conformance: Rule = {
  name: "conformance",
  asks: "Each solver, decision type and store runs through the suite of its family.",
  remedy: "Add the member to its catalogue, and run the conformance suite over the catalogue.",
  check: (tree) => [
    ...FAMILIES.flatMap((family) => unregistered(tree, family)),
    ...untestedStores(tree),
  ],
};

function unregistered(tree: Tree, family: Family): Finding[] {
  const { room, list, suite } = family;
  const register = declarationOf(tree, doorOf(room), list).path;
  const folders = new Set(
    tree.sources
      .filter(({ path }) => path.startsWith(`src/${room}/`))
      .flatMap(({ path }) => folderInRoom(path) ?? []),
  );
  if (folders.size === 0) return [];
  const listed = (tree.source(register)?.imports ?? []).map(({ specifier }) =>
    folderInRoom(targetOf(register, specifier) ?? ""),
  );
  const missing = [...folders].filter((folder) => !listed.includes(folder));
  const suiteRuns = (tree.source(suite)?.imports ?? []).some(
    ({ specifier, names }) => specifier === `#${room}` && names.includes(list),
  );
  return [
    ...missing.map((folder) => finding(register, folder, `does not list ${room}/${folder}`)),
    ...(suiteRuns ? [] : [finding(suite, list, `does not run over ${list} of #${room}`)]),
  ];
}

function untestedStores(tree: Tree): Finding[] {
  const openers = (tree.source(STORE_DOOR)?.exports ?? [])
    .map(({ name }) => name)
    .filter((name) => /^open\w*Store$/.test(name));
  return openers
    .filter((name) => !new RegExp(`\\b${name}\\b`).test(tree.text(STORE_SUITE)))
    .map((name) => finding(STORE_SUITE, name, `does not run over ${name}`));
}

function finding(path: string, subject: string, message: string): Finding {
  return { path, line: 1, subject, message };
}
