/**
 * The heuristic of J. Cai, W. G. Macready and A. Roy (2014, arXiv 1406.2741): chains may overlap at
 * first and are torn out and routed anew, at prices for crowded qubits that grow round by round,
 * until none overlaps; then they are torn out and routed anew to become shorter.
 */
import { type RandomStream, shuffle } from "#foundation";
import { polish, trim } from "./chain-polish.ts";
import { type ChainRouter, PRICE_MAX } from "./chain-router.ts";
import { type ChainState, type EmbeddingSize, isSmaller } from "./chain-state.ts";
import type { ChainTrees } from "./chain-trees.ts";
import type { Effort } from "./effort.ts";

/** Rounds without less overlap before a start is given up. */
const PATIENCE = 12;
/** How the price of a second chain at a qubit grows from round to round. */
const PRICE_FIRST = 4;
const PRICE_GROWTH = 1.5;
/** Rounds without a better embedding before it is taken as it is. */
const POLISH_PATIENCE = 3;

/** What a search works with. */
export interface Tools {
  readonly router: ChainRouter;
  readonly random: RandomStream;
  readonly effort: Effort;
}

/** Only free qubits. */
const FREE_ONLY = pricesOf(0);

/** Gives every variable without a chain one, each as near to its neighbours as can be. */
export function placeAll(trees: ChainTrees, tools: Tools): void {
  const prices = pricesOf(PRICE_FIRST);
  const waiting = new Set<number>();
  for (let variable = 0; variable < trees.source.variableCount; variable += 1) {
    if (!trees.isPlaced(variable)) waiting.add(variable);
  }
  while (waiting.size > 0 && !tools.effort.stopped) {
    const variable = mostPlaced(trees, waiting, tools.random);
    waiting.delete(variable);
    place(trees, tools, variable, prices);
  }
}

/** Tears out and routes anew until no chain overlaps. Whether that came about. */
export function separate(trees: ChainTrees, tools: Tools): boolean {
  const order = Array.from({ length: trees.source.variableCount }, (_, variable) => variable);
  let least = Number.POSITIVE_INFINITY;
  let price = PRICE_FIRST;
  for (let idle = 0; trees.overlap > 0; idle += 1) {
    if (idle >= PATIENCE || tools.effort.stopped) return false;
    shuffle(order, tools.random);
    if (!replaceAll(trees, tools, order, pricesOf(price))) return false;
    if (trees.overlap < least) idle = -1;
    least = Math.min(least, trees.overlap);
    price = Math.min(PRICE_MAX, price * PRICE_GROWTH);
  }
  return order.every((variable) => trees.isPlaced(variable));
}

/** Gives chains of one qubit, which are linked to nothing yet, the links they need. */
export function linkAll(trees: ChainTrees, tools: Tools): void {
  const order = Array.from({ length: trees.source.variableCount }, (_, variable) => variable);
  shuffle(order, tools.random);
  replaceAll(trees, tools, order, pricesOf(PRICE_FIRST));
}

/** Tears out and routes anew one after the other; false once there is no way. */
function replaceAll(
  trees: ChainTrees,
  tools: Tools,
  order: readonly number[],
  prices: Int32Array,
): boolean {
  return order.every((variable) => {
    trees.tear(variable);
    return place(trees, tools, variable, prices);
  });
}

/** Makes chains that overlap nowhere shorter, until nothing has helped for some rounds. */
export function shortenChains(state: ChainState, tools: Tools): void {
  let best: EmbeddingSize = state.size();
  let kept = state.chains.map((chain) => [...chain]);
  const order = Array.from(state.chains.keys());
  for (let idle = 0; idle < POLISH_PATIENCE && !tools.effort.stopped; idle += 1) {
    shuffle(order, tools.random);
    for (const variable of order) {
      if (state.chains[variable].length > 1) reroute(state, tools, variable);
      if (tools.effort.stopped) break;
    }
    tools.effort.spend(polish(state));
    const size = state.size();
    if (!isSmaller(size, best)) continue;
    best = size;
    kept = state.chains.map((chain) => [...chain]);
    idle = -1;
  }
  for (const variable of order) state.tear(variable);
  for (const variable of order) state.put(variable, kept[variable]);
}

/** Routes a chain anew over free qubits; keeps it if it is no longer than before. */
function reroute(state: ChainState, { router }: Tools, variable: number): void {
  const before = state.tear(variable);
  const chains = Array.from(state.neighboursOf(variable), (other) => state.chains[other]);
  const route =
    chains.length === 0
      ? { root: before[0], paths: [] }
      : // Each way lies in the chain, so none may be longer than the chain is now.
        router.route(chains, state.fill, FREE_ONLY, before.length);
  if (route === undefined) {
    state.put(variable, before);
    return;
  }
  state.put(variable, [...new Set([route.root, ...route.paths.flatMap(({ qubits }) => qubits)])]);
  trim(state, variable);
  if (state.chains[variable].length <= before.length) return;
  state.tear(variable);
  state.put(variable, before);
}

/** Gives a variable a chain; false if there is no way. */
function place(trees: ChainTrees, tools: Tools, variable: number, prices: Int32Array): boolean {
  const neighbours = trees.placedNeighbours(variable);
  if (neighbours.length === 0) {
    const qubit = anyQubit(trees, tools.random);
    if (qubit !== undefined) trees.plant(variable, qubit);
    return qubit !== undefined;
  }
  const chains = neighbours.map((other) => trees.chainOf(other));
  const route = tools.router.route(chains, trees.fill, prices);
  if (route !== undefined) trees.put(variable, neighbours, route);
  return route !== undefined;
}

/** A random qubit of those fewest chains want. */
function anyQubit({ graph, fill }: ChainTrees, random: RandomStream): number | undefined {
  let least = Number.POSITIVE_INFINITY;
  let found = -1;
  let ties = 0;
  for (let qubit = 0; qubit < graph.labelCount; qubit += 1) {
    if (graph.works[qubit] === 0 || fill[qubit] > least) continue;
    ties = fill[qubit] < least ? 1 : ties + 1;
    least = fill[qubit];
    if (random.below(ties) === 0) found = qubit;
  }
  return found < 0 ? undefined : found;
}

/** Of the variables that wait, one with the most neighbours that have a chain. */
function mostPlaced(trees: ChainTrees, waiting: ReadonlySet<number>, random: RandomStream): number {
  let most = -1;
  let found = -1;
  let ties = 0;
  for (const variable of waiting) {
    const count = trees.placedNeighbours(variable).length;
    if (count < most) continue;
    ties = count > most ? 1 : ties + 1;
    most = count;
    if (random.below(ties) === 0) found = variable;
  }
  return found;
}

/** Prices by fill: 1 for a free qubit, then powers of `base`; 0, which forbids, for a base of 0. */
function pricesOf(base: number): Int32Array {
  const prices = new Int32Array(4096);
  for (let fill = 0; fill < prices.length; fill += 1) {
    prices[fill] = Math.min(
      PRICE_MAX,
      base === 0 && fill > 0 ? 0 : Math.round(powerOf(base, fill)),
    );
  }
  return prices;
}

function powerOf(base: number, exponent: number): number {
  let power = 1;
  for (let factor = 0; factor < exponent && power < PRICE_MAX; factor += 1) power *= base;
  return power;
}
