/**
 * Isoenergetic cluster moves (J. Houdayer, European Physical Journal B 22, 2001; Z. Zhu, A. Ochoa
 * and H. Katzgraber, Physical Review Letters 115, 077201, 2015): spins that two replicas of one
 * temperature disagree on fall into connected clusters; exchanging one of them between the replicas
 * leaves the sum of their energies as it is, and takes both to far places.
 */
import type { RandomStream } from "#foundation";
import type { SpinReplicas } from "./replicas.ts";

/** Exchanges a random cluster between the replicas in `lane`; how many spins it has. */
export function exchangeCluster(
  first: SpinReplicas,
  second: SpinReplicas,
  lane: number,
  random: RandomStream,
): number {
  const { spinCount, starts, neighbours } = first.glass;
  const differs = (spin: number) => first.isUp(lane, spin) !== second.isUp(lane, spin);
  const differing: number[] = [];
  for (let spin = 0; spin < spinCount; spin += 1) if (differs(spin)) differing.push(spin);
  if (differing.length === 0) return 0;
  const cluster = [differing[random.below(differing.length)]];
  const isIn = new Uint8Array(spinCount);
  isIn[cluster[0]] = 1;
  for (let at = 0; at < cluster.length; at += 1) {
    const spin = cluster[at];
    for (let entry = starts[spin]; entry < starts[spin + 1]; entry += 1) {
      const neighbour = neighbours[entry];
      if (isIn[neighbour] === 1 || !differs(neighbour)) continue;
      isIn[neighbour] = 1;
      cluster.push(neighbour);
    }
  }
  for (const spin of cluster) {
    first.flip(lane, spin);
    second.flip(lane, spin);
  }
  return cluster.length;
}
