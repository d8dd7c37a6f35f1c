/** Greatest flows: the cut costs what flows, and no cut costs less. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { workBudget } from "#foundation";
import { type CapacityNetwork, maxFlow } from "#kernels";

/** The capacity of the least cut between the first and the last node, by trying all of them. */
function leastCut({ nodes, from, to, capacities }: CapacityNetwork): number {
  let least = Number.POSITIVE_INFINITY;
  for (let inner = 0; inner < 2 ** (nodes - 2); inner += 1) {
    const isOnSourceSide = (node: number) =>
      node === 0 || (node < nodes - 1 && ((inner >> (node - 1)) & 1) === 1);
    let capacity = 0;
    for (let arc = 0; arc < from.length; arc += 1) {
      if (isOnSourceSide(from[arc]) && !isOnSourceSide(to[arc])) capacity += capacities[arc];
    }
    least = Math.min(least, capacity);
  }
  return least;
}

function networkOf(
  nodes: number,
  arcs: readonly (readonly [number, number, number])[],
): CapacityNetwork {
  return {
    nodes,
    from: Int32Array.from(arcs, ([from]) => from),
    to: Int32Array.from(arcs, ([, to]) => to),
    capacities: Float64Array.from(arcs, ([, , capacity]) => capacity),
  };
}

describe("greatest flow", () => {
  test("equals the least of all cuts, and names one", () => {
    const node = fc.integer({ min: 0, max: 6 });
    const arc = fc.tuple(node, node, fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(arc, { maxLength: 24 }), (arcs) => {
        const network = networkOf(7, arcs);
        const { status, value, sourceSide } = maxFlow(network, 0, 6);
        expect(status).toBe("optimal");
        expect(value).toBe(leastCut(network));
        const across = arcs.filter(([from, to]) => sourceSide[from] === 1 && sourceSide[to] === 0);
        expect(across.reduce((sum, [, , capacity]) => sum + capacity, 0)).toBe(value);
        expect([sourceSide[0], sourceSide[6]]).toEqual([1, 0]);
      }),
      { numRuns: 300 },
    );
  });

  test("is nothing where there is no way", () => {
    expect(maxFlow(networkOf(2, []), 0, 1)).toMatchObject({ status: "optimal", value: 0 });
  });

  test("stops when told, with no more than fits", () => {
    const arcs = Array.from({ length: 20_000 }, (_, index) => [index, index + 1, 5] as const);
    const { status, value } = maxFlow(networkOf(20_001, arcs), 0, 20_000, workBudget(1));
    expect(status).toBe("stopped");
    expect(value).toBeLessThanOrEqual(5);
  });
});
