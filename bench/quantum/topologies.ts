/** Figure 4, first part: the hardware graphs against the shared hashes, and their coordinates. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import {
  coordinatesOf,
  couplersOf,
  type HardwareGraph,
  labelAt,
  niceOfPegasus,
  pegasusOfNice,
  perfectGraph,
  type Topology,
  topologyName,
} from "#annealer";
import { sha256Hex } from "#foundation";
import type { Reading } from "../../src/cli/bench/reading.ts";

const GRAPHS = new URL("../../../shared/fixtures/topology/graphs.json", import.meta.url);
const size = z.number().int();
const common = { edgeListSha256: z.string() };
const graphSchema = z.discriminatedUnion("topology", [
  z.object({
    ...common,
    topology: z.literal("chimera"),
    params: z.object({ m: size, n: size, t: size }),
  }),
  z.object({
    ...common,
    topology: z.literal("pegasus"),
    params: z.object({ m: size, fabricOnly: z.boolean() }),
  }),
  z.object({ ...common, topology: z.literal("zephyr"), params: z.object({ m: size, t: size }) }),
]);

/** Every shared graph. */
export function measureTopologies(): readonly Reading[] {
  const goal = "every hash reproduced";
  const what = "edge lists of Chimera, Pegasus and Zephyr graphs";
  if (!existsSync(GRAPHS)) {
    return [{ what, goal, reached: "not measured: hashes absent", spread: "", isMet: null }];
  }
  const { graphs } = z
    .object({ graphs: z.array(graphSchema) })
    .parse(JSON.parse(readFileSync(GRAPHS, "utf8")));
  const same = graphs.filter((shared) => {
    const graph = perfectGraph(topologyOf(shared));
    const text = [...couplersOf(graph)].map((pair) => pair.join()).join("\n");
    return sha256Hex(text) === shared.edgeListSha256 && returns(graph);
  });
  const names = graphs.map((shared) => topologyName(topologyOf(shared))).join("; ");
  return [
    {
      what,
      goal,
      reached: `${same.length} of ${graphs.length}, coordinates there and back`,
      spread: names,
      isMet: same.length === graphs.length,
    },
  ];
}

function topologyOf(shared: z.infer<typeof graphSchema>): Topology {
  if (shared.topology === "chimera") return { kind: "chimera", ...shared.params };
  if (shared.topology === "zephyr") return { kind: "zephyr", ...shared.params };
  return { kind: "pegasus", m: shared.params.m, isFabricOnly: shared.params.fabricOnly };
}

/** Whether every label comes back from its coordinates, the nice ones too. */
function returns({ topology, labelCount }: HardwareGraph): boolean {
  for (let label = 0; label < labelCount; label += 1) {
    const coordinates = coordinatesOf(topology, label);
    const again =
      topology.kind === "pegasus" ? pegasusOfNice(niceOfPegasus(coordinates)) : coordinates;
    if (labelAt(topology, again) !== label) return false;
  }
  return true;
}
