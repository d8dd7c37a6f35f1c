/**
 * Least-cost flow against successive shortest paths (Bellman and Ford on the residual network, the
 * slow obvious way), and against its own potentials, which prove the answer without any reference.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomStream, workBudget } from "#foundation";
import { type Flow, minCostFlow } from "./min-cost-flow.ts";
import type { FlowNetwork } from "./network.ts";

const NO = Number.POSITIVE_INFINITY;

function networkOf(
  seed: number,
  nodes: number,
  arcs: number,
  costMin: number,
  capacityMax: number,
): FlowNetwork {
  const stream = randomStream(seed, "flow");
  const draw = (bound: number) => () => stream.below(bound);
  const supplies = new Float64Array(nodes);
  for (let turn = 0; turn < nodes; turn += 1) {
    const amount = stream.below(10);
    supplies[stream.below(nodes)] += amount;
    supplies[stream.below(nodes)] -= amount;
  }
  return {
    nodes,
    from: Int32Array.from({ length: arcs }, draw(nodes)),
    to: Int32Array.from({ length: arcs }, draw(nodes)),
    costs: Float64Array.from({ length: arcs }, () => costMin + stream.below(20 - costMin)),
    capacities: Float64Array.from({ length: arcs }, draw(capacityMax)),
    supplies,
  };
}

/** Least cost by successive shortest paths; every cost has to be 0 or more. */
function leastByPaths({ nodes, from, to, costs, capacities, supplies }: FlowNetwork): number {
  const left = supplies.slice();
  const flow = new Float64Array(from.length);
  let total = 0;
  for (let source = 0; source < nodes; source += 1) {
    while (left[source] > 0) {
      const distance = new Float64Array(nodes).fill(NO);
      const arrival = new Int32Array(nodes).fill(-1);
      distance[source] = 0;
      for (let round = 0; round < nodes; round += 1) {
        for (let step = 0; step < 2 * from.length; step += 1) {
          const arc = step >> 1;
          const isForward = (step & 1) === 0;
          const [tail, head] = isForward ? [from[arc], to[arc]] : [to[arc], from[arc]];
          const room = isForward ? capacities[arc] - flow[arc] : flow[arc];
          const length = distance[tail] + (isForward ? costs[arc] : -costs[arc]);
          if (room <= 0 || length >= distance[head]) continue;
          distance[head] = length;
          arrival[head] = step;
        }
      }
      let sink = -1;
      for (let node = 0; node < nodes; node += 1) {
        if (left[node] >= 0 || distance[node] === NO) continue;
        if (sink < 0 || distance[node] < distance[sink]) sink = node;
      }
      if (sink < 0) return NO;
      for (let node = sink; node !== source; ) {
        const step = arrival[node];
        const isForward = (step & 1) === 0;
        flow[step >> 1] += isForward ? 1 : -1;
        node = isForward ? from[step >> 1] : to[step >> 1];
      }
      left[source] -= 1;
      left[sink] += 1;
      total += distance[sink];
    }
  }
  return total;
}

/** Supplies met, limits kept, complementary slackness, and equal objectives, all exact. */
function expectProof(network: FlowNetwork, answer: Flow): void {
  const { from, to, costs, capacities, supplies } = network;
  const { flow, price } = answer;
  expect(answer.status).toBe("optimal");
  const sent = new Float64Array(network.nodes);
  let objective = 0;
  for (let arc = 0; arc < flow.length; arc += 1) {
    sent[from[arc]] += flow[arc];
    sent[to[arc]] -= flow[arc];
    objective += costs[arc] * flow[arc];
    const reduced = costs[arc] - price[from[arc]] + price[to[arc]];
    const isSound =
      flow[arc] >= 0 &&
      flow[arc] <= capacities[arc] &&
      (reduced >= 0 || flow[arc] === capacities[arc]) &&
      (reduced <= 0 || flow[arc] === 0);
    if (!isSound) expect.fail(`arc ${arc}: flow ${flow[arc]}, reduced cost ${reduced}`);
  }
  for (let node = 0; node < network.nodes; node += 1) {
    expect(sent[node] - supplies[node]).toBe(0);
  }
  expect(answer.objective).toBe(objective);
  expect(answer.bound).toBe(objective);
}

type Row = readonly [from: number, to: number, cost: number, capacity: number];
const EDGES: readonly {
  readonly remark: string;
  readonly arcs: readonly Row[];
  readonly supplies: readonly number[];
  readonly status: string;
}[] = [
  { remark: "no nodes", arcs: [], supplies: [], status: "optimal" },
  { remark: "nothing to send", arcs: [[0, 1, 5, 1]], supplies: [0, 0], status: "optimal" },
  { remark: "no way", arcs: [[1, 0, 5, 9]], supplies: [1, -1], status: "infeasible" },
  { remark: "too narrow", arcs: [[0, 1, 5, 1]], supplies: [2, -2], status: "infeasible" },
  {
    remark: "two narrow ways",
    arcs: [
      [0, 1, 5, 1],
      [0, 1, 9, 1],
    ],
    supplies: [2, -2],
    status: "optimal",
  },
  {
    remark: "a loop that pays for ever",
    arcs: [[0, 0, -1, NO]],
    supplies: [0],
    status: "unbounded",
  },
  {
    remark: "a circle that pays for ever",
    arcs: [
      [0, 1, 1, NO],
      [1, 0, -2, NO],
    ],
    supplies: [0, 0],
    status: "unbounded",
  },
  {
    remark: "a circle that pays for a while",
    arcs: [
      [0, 1, 1, NO],
      [1, 0, -2, 3],
    ],
    supplies: [0, 0],
    status: "optimal",
  },
];

describe("least-cost flow", () => {
  test("costs what successive shortest paths cost", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 40 }));
    fc.assert(
      fc.property(fc.nat(), sizes, (seed, [nodes, arcs]) => {
        const network = networkOf(seed, nodes, arcs, 0, 12);
        const least = leastByPaths(network);
        const answer = minCostFlow(network);
        expect(answer.status).toBe(least === NO ? "infeasible" : "optimal");
        expect(answer.bound).toBe(least);
        if (least !== NO) expectProof(network, answer);
      }),
      { numRuns: 300 },
    );
  });

  test("with costs below 0, potentials prove the answer", () => {
    let optimal = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const network = networkOf(seed, 2 + (seed % 30), 300, -20, 40);
      const answer = minCostFlow(network);
      if (answer.status !== "optimal") continue;
      optimal += 1;
      expectProof(network, answer);
    }
    expect(optimal).toBeGreaterThan(100);
  });

  test.each(EDGES)("$remark", ({ arcs, supplies, status }) => {
    const network: FlowNetwork = {
      nodes: supplies.length,
      from: Int32Array.from(arcs, ([from]) => from),
      to: Int32Array.from(arcs, ([, to]) => to),
      costs: Float64Array.from(arcs, ([, , cost]) => cost),
      capacities: Float64Array.from(arcs, ([, , , capacity]) => capacity),
      supplies: Float64Array.from(supplies),
    };
    const answer = minCostFlow(network);
    expect(answer.status).toBe(status);
    if (status === "optimal") expectProof(network, answer);
  });

  test("stopped early, the bound holds", () => {
    const network = networkOf(5, 100, 3000, 0, 30);
    const proved = minCostFlow(network);
    expectProof(network, proved);
    for (const work of [1, 2000, 5000, 20_000]) {
      const answer = minCostFlow(network, workBudget(work));
      expect(answer.bound).toBeLessThanOrEqual(proved.objective);
      if (answer.isFeasible) expect(answer.objective).toBeGreaterThanOrEqual(proved.objective);
    }
    expect(minCostFlow(network, workBudget(1)).status).toBe("stopped");
  });
});
