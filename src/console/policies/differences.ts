/**
 * Two policy versions side by side: every member by its path, with what it is on either side.
 */
import type { Json } from "../api/client.ts";

/** One member of either version. */
export interface Row {
  /** Dotted, e.g. `contract.deadlineMs`. */
  readonly path: string;
  /** As JSON; `undefined` where the version has no such member. */
  readonly left: string | undefined;
  readonly right: string | undefined;
  readonly differs: boolean;
}

/** The members of both, in the order of the left one, what only the right one has at the end. */
export function differences(left: Json, right: Json): readonly Row[] {
  const [before, after] = [flat(left), flat(right)];
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.map((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    return { path, left: was, right: is, differs: was !== is };
  });
}

/** Every scalar, empty object and empty list by its path. */
function flat(json: Json, path = "", into = new Map<string, string>()): Map<string, string> {
  const members =
    typeof json === "object" && json !== null
      ? Object.entries(json).filter(([, value]) => value !== undefined)
      : [];
  if (members.length === 0) {
    into.set(path, JSON.stringify(json));
    return into;
  }
  for (const [name, value] of members) {
    const own = Array.isArray(json) ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
    flat(value, own, into);
  }
  return into;
}
