/**
 * Clique templates against the independent judgement, at the sizes each topology promises, with
 * nothing broken and with much broken.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { sourceGraph } from "../embedding/source-graph.ts";
import { verifyEmbedding } from "../embedding/verify-embedding.ts";
import { couplersOf, perfectGraph, qubitsOf, withDefects } from "../graph/hardware-graph.ts";
import { type Topology, topologyName } from "../graph/topology.ts";
import { cliqueEmbedding } from "./clique-template.ts";

function complete(size: number) {
  const variables = Array.from({ length: size }, (_, variable) => variable);
  return sourceGraph(
    size,
    variables.flatMap((a) => variables.slice(a + 1).map((b) => [a, b] as const)),
  );
}

const native: readonly (readonly [Topology, size: number, chainLengthMax: number])[] = [
  [{ kind: "chimera", m: 1, n: 1, t: 4 }, 4, 2],
  [{ kind: "chimera", m: 3, n: 5, t: 2 }, 6, 4],
  [{ kind: "chimera", m: 16, n: 16, t: 4 }, 64, 17],
  [{ kind: "pegasus", m: 4, isFabricOnly: true }, 36, 6],
  [{ kind: "pegasus", m: 16, isFabricOnly: true }, 180, 18],
  [{ kind: "pegasus", m: 5, isFabricOnly: false }, 48, 7],
  [{ kind: "zephyr", m: 1, t: 4 }, 8, 2],
  [{ kind: "zephyr", m: 4, t: 2 }, 28, 5],
  [{ kind: "zephyr", m: 12, t: 4 }, 184, 13],
];

test.each(native.map((row) => [topologyName(row[0]), ...row] as const))(
  "%s has its native clique, and every smaller one",
  (_name, topology, size, chainLengthMax) => {
    const graph = perfectGraph(topology);
    for (const count of [size, size - 1, Math.ceil(size / 2), 2, 1, 0]) {
      const chains = cliqueEmbedding(graph, count) ?? [];
      expect(verifyEmbedding(complete(count), graph, chains)).toEqual([]);
      expect(Math.max(0, ...chains.map(({ length }) => length))).toBeLessThanOrEqual(
        chainLengthMax,
      );
    }
    expect(cliqueEmbedding(graph, graph.qubitCount + 1)).toBeUndefined();
  },
);

describe.each([
  [{ kind: "chimera", m: 8, n: 8, t: 4 }, 6],
  [{ kind: "pegasus", m: 6, isFabricOnly: true }, 10],
  [{ kind: "zephyr", m: 4, t: 4 }, 10],
] as const)("with defects: $kind", (topology, sizeMin) => {
  test.each([0.005, 0.03, 0.1])("a share of %s broken", (share) => {
    for (let seed = 0; seed < 6; seed += 1) {
      const random = randomStream(seed, topology.kind);
      const whole = perfectGraph(topology);
      const graph = withDefects(whole, {
        qubits: qubitsOf(whole).filter(() => random.unit() < share),
        couplers: [...couplersOf(whole)].filter(() => random.unit() < share / 5),
      });
      for (const size of [2, sizeMin, 2 * sizeMin, 4 * sizeMin]) {
        const chains = cliqueEmbedding(graph, size);
        if (share < 0.1 && size <= sizeMin) expect(chains).toBeDefined();
        if (chains !== undefined) {
          expect(verifyEmbedding(complete(size), graph, chains)).toEqual([]);
        }
      }
    }
  });

  test("nothing left", () => {
    const whole = perfectGraph(topology);
    const graph = withDefects(whole, { qubits: qubitsOf(whole) });
    expect(cliqueEmbedding(graph, 1)).toBeUndefined();
    expect(cliqueEmbedding(graph, 0)).toEqual([]);
  });
});

test("a template is remembered, and the same whenever it is made", () => {
  const topology = { kind: "pegasus", m: 6, isFabricOnly: true } as const;
  const graph = perfectGraph(topology);
  expect(cliqueEmbedding(graph, 20)).toBe(cliqueEmbedding(graph, 20));
  expect(cliqueEmbedding(perfectGraph(topology), 20)).toEqual(cliqueEmbedding(graph, 20));
});
