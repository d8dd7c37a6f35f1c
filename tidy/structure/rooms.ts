/**
 * Rooms import only what the table allows, only through doors, and never climb out of themselves.
 * Types count: a type is knowledge too. Tests, benchmarks and examples may use any door and the
 * sources they are about.
 */
import { posix } from "node:path";
import { declarationOf, doorOf, folderInRoom, roomOf, targetOf } from "../place.ts";
import { type RoomRow, rowOf } from "../room-table.ts";
import type { Finding, Rule } from "../rule.ts";
import type { Import, Source } from "../syntax.ts";
import { isTest, type Tree } from "../tree.ts";

const ASSEMBLY = "src/assemble.ts";
const MAP = "ARCHITECTURE.md";

/** The rule. */
export const rooms: Rule = {
  name: "rooms",
  asks:
    "A room imports only what the table of rooms allows, types included, " +
    "and only through doors.",
  remedy:
    "Import another room by its door, `#room`, and only if tidy/room-table.ts allows it; a " +
    "port lives with the room that needs it, and what two rooms need moves down.",
  check: (tree) => [
    ...unknownRooms(tree),
    ...[...tree.sources, ...tree.components].flatMap((source) =>
      source.imports.flatMap((one) => {
        const wrong = faultOf(tree, source, one);
        if (wrong === undefined) return [];
        const { line, specifier } = one;
        return [{ path: source.path, line, subject: specifier, message: wrong }];
      }),
    ),
  ],
};

/** Rooms without a row in the table, without a door, or missing from the map that explains them. */
function unknownRooms(tree: Tree): Finding[] {
  const found = new Set(tree.paths.map(roomOf).filter((room) => room !== undefined));
  return [...found].flatMap((room): Finding[] => {
    const first = tree.paths.find((path) => roomOf(path) === room) ?? "";
    const finding = (path: string, message: string) => ({ path, line: 1, subject: room, message });
    const isExplained =
      !tree.has(MAP) || new RegExp(`^\\| \\[?\`${room}\``, "m").test(tree.text(MAP));
    return [
      ...(rowOf(room) === undefined ? [finding(first, `room ${room} has no row`)] : []),
      ...(isEntered(tree, room) ? [] : [finding(first, `room ${room} has no door index.ts`)]),
      ...(isExplained ? [] : [finding(MAP, `has no row for the room ${room}`)]),
    ];
  });
}

/** By its door, or by being run: nobody imports a command line. */
function isEntered(tree: Tree, room: string): boolean {
  return tree.has(doorOf(room)) || tree.has(`src/${room}/main.ts`);
}

function faultOf(tree: Tree, source: Source, one: Import): string | undefined {
  if (one.specifier.startsWith("#")) return doorFault(tree, source.path, one);
  if (!one.specifier.startsWith(".")) return undefined;
  return climbFault(source.path, one.specifier);
}

function doorFault(tree: Tree, path: string, one: Import): string | undefined {
  const target = one.specifier.slice(1);
  if (rowOf(target) === undefined) return `there is no room ${one.specifier}`;
  const own = roomOf(path);
  if (own === undefined || isTest(path)) return undefined;
  if (own === target) return "inside a room imports are relative, not through its own door";
  const permission = rowOf(own)?.mayImport.find(({ room }) => room === target);
  if (permission === undefined) return `${own} may not import ${one.specifier}`;
  const { onlyFrom } = permission;
  if (onlyFrom === undefined) return undefined;
  const outside = one.names.filter(
    (name) => !onlyFrom.includes(posix.basename(declarationOf(tree, doorOf(target), name).path)),
  );
  return outside.length === 0
    ? undefined
    : `${own} may take from ${one.specifier} only what ${onlyFrom.join(", ")} declares, got ` +
        outside.join(", ");
}

function climbFault(path: string, specifier: string): string | undefined {
  const target = targetOf(path, specifier) ?? "";
  const own = roomOf(path);
  const other = roomOf(target);
  if (own === undefined) {
    const usesRooms = path === ASSEMBLY && other !== undefined;
    return usesRooms ? `expected #${other}, got a path round its door` : undefined;
  }
  if (other === own) return folderFault(rowOf(own), path, target);
  if (target === ASSEMBLY && (rowOf(own)?.mayAssemble || isTest(path))) return undefined;
  if (isTest(path) && target.startsWith("test/")) return undefined;
  return `${specifier} climbs out of ${own}`;
}

function folderFault(row: RoomRow | undefined, path: string, target: string): string | undefined {
  const [from, to] = [folderInRoom(path), folderInRoom(target)];
  const apart = row?.foldersApart && from !== undefined && to !== undefined && from !== to;
  return apart && !isTest(path)
    ? `${row.room}/${from} may not import its neighbour ${row.room}/${to}`
    : undefined;
}
