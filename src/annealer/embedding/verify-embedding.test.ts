/** Each way in which chains can fail to be an embedding. */
import { expect, test } from "vitest";
import { perfectGraph, withDefects } from "../graph/hardware-graph.ts";
import { sourceGraph } from "./source-graph.ts";
import { verifyEmbedding } from "./verify-embedding.ts";

/** Qubits 0 to 3 are each coupled to 4 to 7, and to nothing else. */
const cell = perfectGraph({ kind: "chimera", m: 1, n: 1, t: 4 });
const triangle = sourceGraph(3, [
  [0, 1],
  [1, 2],
  [2, 0],
]);

test.each([
  { remark: "a triangle", chains: [[0], [4], [1, 5]], flaws: [] },
  { remark: "one chain short", chains: [[0], [4]], flaws: ["wrong-count"] },
  { remark: "an empty chain", chains: [[0], [4], []], flaws: ["empty-chain"] },
  { remark: "a label out of range", chains: [[0], [4], [8, 5]], flaws: ["no-qubit"] },
  { remark: "a shared qubit", chains: [[0], [4], [0, 5]], flaws: ["shared-qubit"] },
  { remark: "a qubit twice in one chain", chains: [[0], [4], [5, 5]], flaws: ["shared-qubit"] },
  {
    remark: "a chain in two pieces",
    chains: [[0], [4], [1, 2]],
    flaws: ["no-coupler", "broken-chain", "no-coupler"],
  },
  {
    remark: "an interaction without coupler",
    chains: [[0], [4], [5]],
    flaws: ["no-coupler", "no-coupler"],
  },
])("$remark", ({ chains, flaws }) => {
  expect(verifyEmbedding(triangle, cell, chains).map(({ kind }) => kind)).toEqual(flaws);
});

test("a broken coupler breaks what rests on it, a broken qubit too", () => {
  const chains = [[0], [4], [1, 5]];
  const cut = withDefects(cell, { couplers: [[5, 1]] });
  expect(verifyEmbedding(triangle, cut, chains)).toContainEqual({
    kind: "broken-chain",
    variable: 2,
  });
  const lost = withDefects(cell, { qubits: [4] });
  expect(verifyEmbedding(triangle, lost, chains)).toEqual([
    { kind: "no-qubit", variable: 1, qubit: 4 },
  ]);
});

test("nothing on nothing", () => {
  expect(verifyEmbedding(sourceGraph(0, []), cell, [])).toEqual([]);
});
