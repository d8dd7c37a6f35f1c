/**
 * Topologies against the graphs of the vendor's own generators, by the hash of their couplers, and
 * what coordinates, cells and defects have to agree on.
 */
import { describe, expect, test } from "vitest";
import { sha256Hex } from "#foundation";
import {
  areCoupled,
  couplersOf,
  type HardwareGraph,
  perfectGraph,
  qubitsOf,
  withDefects,
} from "./hardware-graph.ts";
import { niceOfPegasus, pegasusCoordinates, pegasusLabel, pegasusOfNice } from "./pegasus.ts";
import { coordinatesOf, labelAt, type Topology, topologyName } from "./topology.ts";

const chimera = (m: number, n: number, t: number): Topology => ({ kind: "chimera", m, n, t });
const pegasus = (m: number, isFabricOnly = true): Topology => ({
  kind: "pegasus",
  m,
  isFabricOnly,
});
const zephyr = (m: number, t = 4): Topology => ({ kind: "zephyr", m, t });

/** Made with the generators of dwavesystems/dwave-networkx @043f725 (Apache-2.0). */
const generated: readonly (readonly [Topology, nodes: number, edges: number, sha256: string])[] = [
  [chimera(1, 1, 4), 8, 16, "b5aa61015cc86bc0aadd9b482f5f8e8f58cdd3369f7bb29a938c178eb032dd6f"],
  [chimera(2, 3, 2), 24, 38, "211e84817b491a17aeb5a1d419abac9b57139547e314c64da9c253a38094fda7"],
  [chimera(4, 4, 4), 128, 352, "ee5ca6a7f923511951a6a42cbf7e8f4a5f2f9148ade39d3bab5660567d105b93"],
  [
    chimera(16, 16, 4),
    2048,
    6016,
    "74162e9443b00312d2f16e6f24808c43e2ef9d6e9013d55bc542cf4bbe5414d7",
  ],
  [pegasus(2), 40, 164, "481e7440bd98894c3bb8a4d3e0b03b5a7154f5d6488c684ed197f60a2e74827d"],
  [pegasus(3), 128, 704, "d37f3811954e358f29a45826aee2c714bd503d389a5f8b623684576065edc181"],
  [pegasus(3, false), 144, 720, "7f81216f6b00d977f368cdca6cf785b70a3cc915d71413815b6303ad5166a293"],
  [pegasus(16), 5640, 40484, "774cf3af62c87bd88b059d3ea7e6ce040e474382b1ba69c4705b88976e5b69be"],
  [zephyr(1, 2), 24, 76, "eff84df1ddda079f49d9a50bc7e4762a65087557d9cdcdd2e3a3ce87bcd3728e"],
  [zephyr(2), 160, 1224, "c9eb274661eb85c22ac2bd0127aea50c1add911b929105e2df4a25bc83f75984"],
  [zephyr(15), 7440, 71736, "034f477c82786c166512c685c4abfee1f990036ba0be30f0b782b2c887d9483d"],
];

const small: readonly Topology[] = [chimera(2, 3, 4), pegasus(3), pegasus(2, false), zephyr(2, 3)];

function edgeText(graph: HardwareGraph): string {
  return [...couplersOf(graph)].map((pair) => pair.join()).join("\n");
}

test.each(generated.map((row) => [topologyName(row[0]), ...row] as const))(
  "%s is the vendor's graph",
  (_name, topology, nodes, edges, sha256) => {
    const graph = perfectGraph(topology);
    expect([graph.qubitCount, graph.couplerCount]).toEqual([nodes, edges]);
    expect(sha256Hex(edgeText(graph))).toBe(sha256);
  },
);

describe.each(small.map((topology) => [topologyName(topology), topology] as const))(
  "%s",
  (_name, topology) => {
    const graph = perfectGraph(topology);

    test("coordinates name each label once", () => {
      const seen = new Set<string>();
      for (let label = 0; label < graph.labelCount; label += 1) {
        const coordinates = coordinatesOf(topology, label);
        expect(labelAt(topology, coordinates)).toBe(label);
        seen.add(coordinates.join());
      }
      expect(seen.size).toBe(graph.labelCount);
    });

    test("what is coupled is coupled both ways, and nothing else is", () => {
      const coupled = new Set([...couplersOf(graph)].map(([a, b]) => `${a},${b}`));
      for (let a = 0; a < graph.labelCount; a += 1) {
        for (let b = 0; b < graph.labelCount; b += 1) {
          const isListed = coupled.has(`${Math.min(a, b)},${Math.max(a, b)}`);
          expect(areCoupled(graph, a, b)).toBe(isListed);
        }
      }
    });

    test("defects take what they name, with the couplers at it, and nothing else", () => {
      const [lost] = qubitsOf(graph);
      const kept = [...couplersOf(graph)].filter((pair) => !pair.includes(lost));
      const [[second, first], ...rest] = kept;
      const worn = withDefects(graph, { qubits: [lost], couplers: [[first, second]] });
      expect(worn.qubitCount).toBe(graph.qubitCount - 1);
      expect(worn.works[lost]).toBe(0);
      expect([...couplersOf(worn)]).toEqual(rest);
      expect(withDefects(graph, {})).toEqual(graph);
      expect(withDefects(graph, { qubits: qubitsOf(graph) })).toMatchObject({
        qubitCount: 0,
        couplerCount: 0,
      });
    });
  },
);

test("nice coordinates lay Pegasus out in complete cells of 4 + 4", () => {
  const topology = { kind: "pegasus", m: 4, isFabricOnly: true } as const;
  const graph = perfectGraph(topology);
  const labelOf = (nice: readonly number[]) => {
    const [u, w, k, z] = pegasusOfNice(nice);
    const label = pegasusLabel(topology, u, w, k, z);
    expect(niceOfPegasus(pegasusCoordinates(topology, label))).toEqual(nice);
    return label;
  };
  const seen = new Set<number>();
  for (let cell = 0; cell < 27; cell += 1) {
    const place = [cell % 3, Math.floor(cell / 3) % 3, Math.floor(cell / 9)];
    for (let pair = 0; pair < 16; pair += 1) {
      const [first, second] = [labelOf([...place, 0, pair % 4]), labelOf([...place, 1, pair >> 2])];
      expect(areCoupled(graph, first, second)).toBe(true);
      seen.add(first).add(second);
    }
  }
  expect(seen.size).toBe(27 * 8);
});
