/**
 * The topologies of annealing processors, each from its exact definition: labels, coordinates, and
 * what is coupled where everything works.
 */
import { unreachable } from "#foundation";
import {
  type Chimera,
  chimeraCoordinates,
  chimeraCouplers,
  chimeraLabel,
  chimeraLabelCount,
} from "./chimera.ts";
import type { Coupler } from "./coupler.ts";
import {
  type Pegasus,
  pegasusCoordinates,
  pegasusCouplers,
  pegasusLabel,
  pegasusLabelCount,
} from "./pegasus.ts";
import {
  type Zephyr,
  zephyrCoordinates,
  zephyrCouplers,
  zephyrLabel,
  zephyrLabelCount,
} from "./zephyr.ts";

/** A topology with its parameters. */
export type Topology = Chimera | Pegasus | Zephyr;

/** The coordinates of a label, in the order of the topology's definition. */
export function coordinatesOf(topology: Topology, label: number): readonly number[] {
  switch (topology.kind) {
    case "chimera":
      return chimeraCoordinates(topology, label);
    case "pegasus":
      return pegasusCoordinates(topology, label);
    case "zephyr":
      return zephyrCoordinates(topology, label);
    default:
      return unreachable(topology);
  }
}

/** The label of coordinates in range. */
export function labelAt(topology: Topology, coordinates: readonly number[]): number {
  const [a, b, c, d, e] = coordinates;
  switch (topology.kind) {
    case "chimera":
      return chimeraLabel(topology, a, b, c, d);
    case "pegasus":
      return pegasusLabel(topology, a, b, c, d);
    case "zephyr":
      return zephyrLabel(topology, a, b, c, d, e);
    default:
      return unreachable(topology);
  }
}

/** A topology in words, such as `Pegasus P16`. */
export function topologyName(topology: Topology): string {
  switch (topology.kind) {
    case "chimera":
      return `Chimera C${topology.m},${topology.n},${topology.t}`;
    case "pegasus":
      return `Pegasus P${topology.m}`;
    case "zephyr":
      return `Zephyr Z${topology.m},${topology.t}`;
    default:
      return unreachable(topology);
  }
}

/** Labels are below this. */
export function labelCountOf(topology: Topology): number {
  switch (topology.kind) {
    case "chimera":
      return chimeraLabelCount(topology);
    case "pegasus":
      return pegasusLabelCount(topology);
    case "zephyr":
      return zephyrLabelCount(topology);
    default:
      return unreachable(topology);
  }
}

/** Every coupler once, those of Pegasus outside its fabric too. */
export function couplersOfTopology(topology: Topology): Iterable<Coupler> {
  switch (topology.kind) {
    case "chimera":
      return chimeraCouplers(topology);
    case "pegasus":
      return pegasusCouplers(topology);
    case "zephyr":
      return zephyrCouplers(topology);
    default:
      return unreachable(topology);
  }
}
