/**
 * Solvers for packings whose items are columns of the normal form, of which some are turned round:
 * there, packed means 0.
 */
import { type RandomStream, randomStream, type WorkBudget } from "#foundation";
import { type AnswerExchange, quadraticKnapsack } from "#kernels";
import { columnsOfSample, type Sample, type Solver, type Structure } from "#problem";
import { endOf, type StructureSolver, structureSolver } from "./structure-solver.ts";

/** With profits for pairs, bounds in doubles tell whole costs apart up to here: see the kernel. */
const PAIRS_EXACT_MAX = 2 ** 40;

/** A structure of items to pack. */
type PackingStructure = Extract<
  Structure,
  { readonly instance: unknown; readonly isTurned: Uint8Array }
>;

/** One with a profit for each pair of items. */
type PairPacking = Extract<Structure, { readonly kind: "quadratic-knapsack" | "select-k" }>;

/** What a packing kernel finds: the packing or none, and what no packing is worth more than. */
interface Packed {
  readonly packed: Uint8Array | undefined;
  readonly bound: number;
  readonly isProved: boolean;
}

/** What is a structure's own about its solver. */
interface PackingSolver<Found extends PackingStructure>
  extends Omit<StructureSolver<Found>, "solve"> {
  /** In how many of the problem's own units the instance states its profits; absent: 1. */
  profitUnitOf?(found: Found): number;
  kernel(
    instance: Found["instance"],
    stream: RandomStream,
    budget: WorkBudget,
    exchange: AnswerExchange<Uint8Array>,
  ): Packed;
}

/** Makes the solver. */
export function packingSolver<Found extends PackingStructure>(own: PackingSolver<Found>): Solver {
  return structureSolver<Found>({
    ...own,
    solve: (found, run, { seed, start }) => {
      const { instance, isTurned } = found;
      const offer = (packed: Uint8Array) => run.offer(turnedRound(isTurned, packed));
      const stream = randomStream(seed, own.name);
      const exchange = { start: packedBy(found, start), onBetter: offer };
      const { packed, bound, isProved } = own.kernel(instance, stream, run.budget, exchange);
      if (packed !== undefined) offer(packed);
      const gained = (own.profitUnitOf?.(found) ?? 1) * bound;
      return { end: endOf(packed, isProved), bound: costOfNone(found) - gained };
    },
  });
}

/**
 * Makes the solver of a packing with a profit for each pair of items: one kernel for the knapsack
 * and for the selection of k, which is the knapsack with equal weights.
 */
export function pairPackingSolver<Found extends PairPacking>(
  own: Pick<StructureSolver<Found>, "name" | "version" | "what" | "recognise">,
): Solver {
  return packingSolver<Found>({
    ...own,
    method: "branch and bound on split pair profits",
    exactMaxOf: () => PAIRS_EXACT_MAX,
    kernel: quadraticKnapsack,
  });
}

/** Columns from items, or items from columns. */
function turnedRound(isTurned: Uint8Array, packed: ArrayLike<number>): Uint8Array {
  return isTurned.map((turned, item) => turned ^ packed[item]);
}

/** The items packed in a sample, if it agrees with what the problem's rows alone decide. */
function packedBy({ form, isTurned }: PackingStructure, sample: Sample | undefined) {
  const columns = sample && columnsOfSample(form, sample);
  return columns && turnedRound(isTurned, columns);
}

/** Cost, by the normal form, of packing nothing. */
function costOfNone({ form, isTurned }: PackingStructure): number {
  const { costs, pairs } = form;
  let cost = costs.reduce((sum, each, column) => sum + isTurned[column] * each, 0);
  for (let pair = 0; pair < pairs.count; pair += 1) {
    if (isTurned[pairs.firsts[pair]] === 1 && isTurned[pairs.seconds[pair]] === 1) {
      cost += pairs.biases[pair];
    }
  }
  return cost;
}
