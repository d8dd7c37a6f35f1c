/**
 * The law of the rooms: which room may import which, types included. The rule in structure/rooms.ts
 * reads this table and nothing else; ARCHITECTURE.md explains it. Order is from the bottom up, and
 * no row names a row below itself.
 */

/**
 * What a room may take from another: everything behind its door, or only what comes from files of
 * one name.
 */
export interface Permission {
  readonly room: string;
  /** File names such as `ports.ts`; absent means everything. */
  readonly onlyFrom?: readonly string[];
}

/** One room. */
export interface RoomRow {
  readonly room: string;
  readonly mayImport: readonly Permission[];
  readonly knowsNothingOf: string;
  /**
   * Its folders do not import each other: what two of them need moves to the room's top or down a
   * room.
   */
  readonly foldersApart?: true;
  /** May import `src/assemble.ts`, where everything is wired. */
  readonly mayAssemble?: true;
}

const FOUNDATION = ["foundation"];
const BELOW_RUNTIME = [
  ...FOUNDATION,
  "kernels",
  "statistics",
  "problem",
  "circuit",
  "annealer",
  "solvers",
  "devices",
];
const BELOW_PIPELINE = [
  ...BELOW_RUNTIME,
  "runtime",
  "learning",
  "privacy",
  "security",
  "capacity",
  "decisions",
  "worlds",
  "provenance",
  "governance",
  "experiments",
];
/** Rooms whose ports a store implements. */
const PORT_HOLDERS = [...BELOW_PIPELINE.filter((room) => room !== "foundation"), "pipeline"];

/** Every room there is or will be; a folder of `src` without a row is refused. */
export const ROOM_TABLE: readonly RoomRow[] = Object.freeze([
  row("foundation", [], "everything else"),
  row("kernels", FOUNDATION, "problems, solvers"),
  row("statistics", FOUNDATION, "experiments, privacy"),
  row("problem", ["foundation", "kernels"], "how anything is solved"),
  row("circuit", ["foundation", "kernels"], "decisions"),
  row("annealer", ["foundation", "kernels", "problem"], "devices, decisions"),
  {
    ...row(
      "solvers",
      ["foundation", "kernels", "problem", "circuit", "annealer"],
      "each other, customers, clocks other than the budget",
    ),
    foldersApart: true,
  },
  {
    ...row(
      "devices",
      ["foundation", "problem", "circuit", "annealer"],
      "each other, decision types, storage",
    ),
    foldersApart: true,
  },
  row("runtime", BELOW_RUNTIME, "customers, storage, HTTP"),
  row(
    "learning",
    ["foundation", "kernels", "statistics", "circuit", "problem", "runtime"],
    "decisions, storage",
  ),
  row("privacy", ["foundation", "kernels", "statistics", "problem"], "solvers, storage"),
  row("security", FOUNDATION, "decisions"),
  row("capacity", FOUNDATION, "how anything is decided"),
  {
    ...row(
      "decisions",
      ["foundation", "problem", "runtime", "privacy", "learning", "capacity"],
      "each other, storage, HTTP",
    ),
    foldersApart: true,
  },
  row("worlds", ["foundation", "decisions"], "storage, HTTP"),
  row(
    "provenance",
    ["foundation", "problem", "runtime", "privacy", "security", "decisions"],
    "where records are kept",
  ),
  row("governance", ["foundation", "decisions", "provenance", "privacy"], "solvers, HTTP"),
  row(
    "experiments",
    ["foundation", "statistics", "learning", "decisions", "provenance", "privacy"],
    "how a decision was solved",
  ),
  row(
    "studies",
    ["foundation", "decisions", "worlds", "experiments"],
    "how a decision is made and kept, HTTP, terminals",
  ),
  row("pipeline", BELOW_PIPELINE, "HTTP, terminals, which store is in use"),
  {
    room: "store",
    mayImport: [
      { room: "foundation" },
      ...PORT_HOLDERS.map((room) => ({ room, onlyFrom: ["ports.ts"] })),
    ],
    knowsNothingOf: "rules: it keeps what it is given",
  },
  {
    room: "wire",
    mayImport: [
      { room: "foundation" },
      { room: "decisions", onlyFrom: ["schema.ts", "policy.ts"] },
    ],
    knowsNothingOf: "everything else of the domain",
  },
  row("server", ["pipeline", "studies", "wire", "foundation"], "solving, statistics"),
  row("sdk", ["wire"], "everything else"),
  row("console", ["wire", "sdk"], "the server's insides"),
  {
    ...row(
      "cli",
      [...BELOW_PIPELINE, "studies", "pipeline", "wire", "server", "sdk", "console"],
      "the store",
    ),
    mayAssemble: true,
  },
]);

/** The row of a room, `undefined` if there is no such room. */
export function rowOf(room: string): RoomRow | undefined {
  return ROOM_TABLE.find((one) => one.room === room);
}

function row(room: string, mayImport: readonly string[], knowsNothingOf: string): RoomRow {
  return { room, mayImport: mayImport.map((other) => ({ room: other })), knowsNothingOf };
}
