/**
 * The judgement of an embedding, from its definition alone: chains are not empty, lie on working
 * qubits, share none, hang together, and every interaction has a coupler. Shares no code with what
 * finds embeddings.
 */
import type { HardwareGraph } from "../graph/hardware-graph.ts";
import type { SourceGraph } from "./source-graph.ts";

/** One thing that is wrong. */
export type EmbeddingFlaw =
  | { readonly kind: "wrong-count"; readonly expected: number; readonly got: number }
  | { readonly kind: "empty-chain"; readonly variable: number }
  | { readonly kind: "no-qubit"; readonly variable: number; readonly qubit: number }
  | { readonly kind: "shared-qubit"; readonly variable: number; readonly qubit: number }
  | { readonly kind: "broken-chain"; readonly variable: number }
  | { readonly kind: "no-coupler"; readonly variable: number; readonly other: number };

/** Everything that is wrong with `chains`, one per variable; none if they are an embedding. */
export function verifyEmbedding(
  source: SourceGraph,
  graph: HardwareGraph,
  chains: readonly ArrayLike<number>[],
): readonly EmbeddingFlaw[] {
  const { variableCount } = source;
  if (chains.length !== variableCount) {
    return [{ kind: "wrong-count", expected: variableCount, got: chains.length }];
  }
  const flaws: EmbeddingFlaw[] = [];
  const owner = new Map<number, number>();
  chains.forEach((chain, variable) => {
    if (chain.length === 0) flaws.push({ kind: "empty-chain", variable });
    for (const qubit of Array.from(chain)) {
      if (graph.works[qubit] !== 1) flaws.push({ kind: "no-qubit", variable, qubit });
      else if (owner.has(qubit)) flaws.push({ kind: "shared-qubit", variable, qubit });
      else owner.set(qubit, variable);
    }
  });
  if (flaws.length > 0) return flaws;
  chains.forEach((chain, variable) => {
    const { hangsTogether, touched } = explore(graph, owner, chain[0], chain.length);
    if (!hangsTogether) flaws.push({ kind: "broken-chain", variable });
    for (let entry = source.starts[variable]; entry < source.starts[variable + 1]; entry += 1) {
      const other = source.neighbours[entry];
      if (!touched.has(other)) flaws.push({ kind: "no-coupler", variable, other });
    }
  });
  return flaws;
}

/** Walks the chain of `begin`: whether it has `length` qubits, and the variables next to it. */
function explore(
  { starts, neighbours }: HardwareGraph,
  owner: ReadonlyMap<number, number>,
  begin: number,
  length: number,
) {
  const variable = owner.get(begin);
  const reached = new Set([begin]);
  const touched = new Set<number>();
  for (const qubit of reached) {
    for (const other of neighbours.subarray(starts[qubit], starts[qubit + 1])) {
      const holder = owner.get(other);
      if (holder === variable) reached.add(other);
      else if (holder !== undefined) touched.add(holder);
    }
  }
  return { hangsTogether: reached.size === length, touched };
}
