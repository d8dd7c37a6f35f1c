/**
 * The search for an embedding: the clique template, which needs no search; the same with its chains
 * made shorter; and chains routed from nothing and from a layout. The best by (longest chain,
 * qubits) is returned. The same seed and ticks give the same chains.
 */
import { type RandomStream, randomStream, type WorkBudget } from "#foundation";
import { cliqueEmbedding } from "../clique/clique-template.ts";
import type { HardwareGraph } from "../graph/hardware-graph.ts";
import { ChainRouter } from "./chain-router.ts";
import { ChainState, type EmbeddingSize, isSmaller, sizeOf } from "./chain-state.ts";
import { ChainTrees } from "./chain-trees.ts";
import { Effort, shareOf } from "./effort.ts";
import { plantByLayout } from "./layout.ts";
import { linkAll, placeAll, separate, shortenChains, type Tools } from "./route-embedding.ts";
import type { SourceGraph } from "./source-graph.ts";

/** Orders in which the template's chains are made shorter. */
const TEMPLATE_TRIES = 2;
/** Where one order takes more than this, it is the only one. */
const TEMPLATE_WORK_MAX = 30_000_000;
/** Starts from nothing and from a layout, in turn; and how many while none has led anywhere. */
const ROUTING_TRIES = 2;
const ROUTING_TRIES_MAX = 10;
/** Each may spend this share of what shortening the template took, and at least so much. */
const ROUTING_SHARE = 0.5;
const ROUTING_WORK_MIN = 1_000_000;

/** How to search. */
export interface EmbeddingOptions {
  readonly seed: number;
  /** Of time ({@link timeBudget}) or of work; a template is found even if there is none. */
  readonly budget: WorkBudget;
}

/** Where chains began. */
export type EmbeddingOrigin = "template" | "shortened-template" | "routed" | "laid-out";

/** What the search came to. */
export type EmbeddingSearch =
  | (EmbeddingSize & {
      readonly kind: "found";
      /** Qubits of each variable, ascending. */
      readonly chains: readonly Int32Array[];
      readonly origin: EmbeddingOrigin;
      readonly work: number;
    })
  | { readonly kind: "not-found"; readonly reason: string; readonly work: number };

interface Found {
  readonly chains: readonly (readonly number[])[];
  readonly origin: EmbeddingOrigin;
  readonly size: EmbeddingSize;
}

/** Searches chains for every variable of `source` on `graph`. */
export function findEmbedding(
  source: SourceGraph,
  graph: HardwareGraph,
  { seed, budget }: EmbeddingOptions,
): EmbeddingSearch {
  const { variableCount } = source;
  if (variableCount > graph.qubitCount) {
    const reason = `${variableCount} variables, expected at most ${graph.qubitCount} (qubits)`;
    return { kind: "not-found", reason, work: 0 };
  }
  const effort = new Effort(budget);
  let best: Found | undefined;
  for (const found of attempts(source, graph, randomStream(seed, "embedding"), effort)) {
    if (best === undefined || isSmaller(found.size, best.size)) best = found;
    if (best.size.longestChain <= 1) break;
  }
  if (best === undefined) {
    const reason = effort.stopped
      ? "no embedding was found within the budget"
      : "no start led to chains without overlap";
    return { kind: "not-found", reason, work: effort.work };
  }
  const chains = best.chains.map((chain) => Int32Array.from(chain).sort());
  return { kind: "found", chains, origin: best.origin, ...best.size, work: effort.work };
}

function* attempts(
  source: SourceGraph,
  graph: HardwareGraph,
  random: RandomStream,
  effort: Effort,
): Generator<Found> {
  const template = cliqueEmbedding(graph, source.variableCount);
  if (template !== undefined) {
    const chains = template.map((chain) => [...chain]);
    yield { chains, origin: "template", size: sizeOf(chains) };
    for (let attempt = 0; attempt < TEMPLATE_TRIES && !effort.stopped; attempt += 1) {
      if (effort.work > TEMPLATE_WORK_MAX) break;
      const tools = toolsOf(graph, random.fork("template", attempt), effort);
      yield shortened(source, graph, chains, "shortened-template", tools);
    }
  }
  // Of a complete graph nothing comes out shorter than its template.
  if (template !== undefined && isComplete(source)) return;
  const workMax = Math.max(ROUTING_WORK_MIN, ROUTING_SHARE * effort.work);
  const limit = template === undefined ? Number.POSITIVE_INFINITY : workMax;
  let isFound = template !== undefined;
  for (let attempt = 0; attempt < ROUTING_TRIES_MAX && !effort.stopped; attempt += 1) {
    if (isFound && attempt >= ROUTING_TRIES) return;
    const origin = attempt % 2 === 0 ? "routed" : "laid-out";
    const own = new Effort(shareOf(effort, limit));
    const tools = toolsOf(graph, random.fork(origin, attempt), own);
    const trees = new ChainTrees(source, graph);
    if (origin === "routed") placeAll(trees, tools);
    else {
      plantByLayout(trees, tools.random);
      linkAll(trees, tools);
    }
    if (!separate(trees, tools)) continue;
    isFound = true;
    const chains = Array.from({ length: source.variableCount }, (_, variable) =>
      trees.chainOf(variable),
    );
    yield shortened(source, graph, chains, origin, tools);
  }
}

function isComplete({ variableCount, interactionCount }: SourceGraph): boolean {
  return 2 * interactionCount === variableCount * (variableCount - 1);
}

function toolsOf(graph: HardwareGraph, random: RandomStream, effort: Effort): Tools {
  return { router: new ChainRouter(graph, random, effort), random, effort };
}

function shortened(
  source: SourceGraph,
  graph: HardwareGraph,
  chains: readonly (readonly number[])[],
  origin: EmbeddingOrigin,
  tools: Tools,
): Found {
  const state = new ChainState(source, graph);
  for (const [variable, chain] of chains.entries()) state.put(variable, chain);
  shortenChains(state, tools);
  return { chains: state.chains, origin, size: state.size() };
}
