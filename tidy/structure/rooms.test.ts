/** Who may import whom, shown on rooms of two or three files. */
import { describe, expect, it } from "vitest";
import { ROOM_TABLE } from "../room-table.ts";
import { checkRule } from "../rule-cases.ts";
import { rooms } from "./rooms.ts";

const DOORS = {
  "src/foundation/index.ts": 'export { now } from "./clock.ts";',
  "src/problem/index.ts": "",
  "src/solvers/index.ts": "",
  "src/pipeline/index.ts":
    'export type { Log } from "./ports.ts";\nexport { decide } from "./decide.ts";',
  "src/pipeline/ports.ts": "export interface Log {}",
  "src/pipeline/decide.ts": "export const decide = 1;",
};

checkRule(rooms, [
  {
    remark: "downward through a door",
    files: { ...DOORS, "src/solvers/a.ts": 'import { p } from "#problem";' },
    found: [],
  },
  {
    remark: "upward",
    files: { ...DOORS, "src/problem/a.ts": 'import { s } from "#solvers";' },
    found: ["src/problem/a.ts:1 #solvers"],
  },
  {
    remark: "upward by type alone, in each of its forms",
    files: {
      ...DOORS,
      "src/problem/a.ts":
        'import type { S } from "#solvers";\nexport type { T } from "#solvers";\n' +
        'type U = import("#solvers").U;\nconst v = await import("#solvers");',
    },
    found: [1, 2, 3, 4].map((line) => `src/problem/a.ts:${line} #solvers`),
  },
  {
    remark: "round a door",
    files: { ...DOORS, "src/solvers/a.ts": 'import { p } from "../problem/verify.ts";' },
    found: ["src/solvers/a.ts:1 ../problem/verify.ts"],
  },
  {
    remark: "the assembly uses doors too",
    files: { ...DOORS, "src/assemble.ts": 'import "./solvers/a.ts";\nimport "#problem";' },
    found: ["src/assemble.ts:1 ./solvers/a.ts"],
  },
  {
    remark: "through the own door",
    files: { ...DOORS, "src/problem/a.ts": 'import { p } from "#problem";' },
    found: ["src/problem/a.ts:1 #problem"],
  },
  {
    remark: "solvers do not know each other",
    files: {
      ...DOORS,
      "src/solvers/tabu/a.ts": 'import "../greedy/b.ts";\nimport "../shape.ts";\nimport "./c.ts";',
    },
    found: ["src/solvers/tabu/a.ts:1 ../greedy/b.ts"],
  },
  {
    remark: "a store takes ports and nothing else from the pipeline",
    files: {
      ...DOORS,
      "src/store/index.ts":
        'import type { Log } from "#pipeline";\nimport { decide } from "#pipeline";',
    },
    found: ["src/store/index.ts:2 #pipeline"],
  },
  {
    remark: "only the command line reaches the assembly",
    files: {
      ...DOORS,
      "src/cli/index.ts": 'import "../assemble.ts";',
      "src/server/index.ts": 'import "../assemble.ts";',
    },
    found: ["src/server/index.ts:1 ../assemble.ts"],
  },
  {
    remark: "tests use any door, and what they test",
    files: {
      ...DOORS,
      "src/problem/a.test.ts":
        'import { s } from "#solvers";\nimport "../../test/generators/problems.ts";',
      "test/a.test.ts": 'import "../src/problem/a.ts";\nimport "#solvers";',
    },
    found: [],
  },
  {
    remark: "the map leaves a room out",
    files: { ...DOORS, "ARCHITECTURE.md": "| `foundation` |\n| [`problem`](x) |\n| `solvers` |" },
    found: ["ARCHITECTURE.md:1 pipeline"],
  },
  {
    remark: "a room without a row, a room without a door, a door without a room",
    files: { "src/cellar/index.ts": "", "src/server/a.ts": "", "bench/a.ts": 'import "#attic";' },
    found: ["src/cellar/index.ts:1 cellar", "src/server/a.ts:1 server", "bench/a.ts:1 #attic"],
  },
]);

describe("the table of rooms", () => {
  it("runs from the bottom up: no row names itself or a row after it", () => {
    const order = ROOM_TABLE.map(({ room }) => room);
    for (const [index, { room, mayImport }] of ROOM_TABLE.entries()) {
      const upward = mayImport.filter((other) => order.indexOf(other.room) >= index);
      expect(upward, room).toEqual([]);
    }
  });

  it("names only rooms that have a row, each once", () => {
    const order = ROOM_TABLE.map(({ room }) => room);
    expect(new Set(order).size).toBe(order.length);
    for (const { mayImport } of ROOM_TABLE) {
      for (const { room } of mayImport) expect(order).toContain(room);
    }
  });
});
