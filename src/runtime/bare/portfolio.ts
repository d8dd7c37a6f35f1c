/**
 * The plan for a problem nobody made a plan for: structure before search. Where the problem has a
 * solver of its own, that one leads; otherwise those that prove go one after the other, and beside
 * them, on the other threads, the searches.
 */
import type { Problem, Solver, StructureKind } from "#problem";
import type { Lane, Leg, Plan } from "../plan.ts";

/** What a plan is made from. */
export interface PortfolioOptions {
  /** How many lanes there may be, from 1. */
  readonly threads: number;
  /** What each leg may spend. */
  readonly workLimit: number;
  /** Those to choose from, by increasing effort. */
  readonly solvers: readonly Solver[];
  /** What the detector found. */
  readonly structure?: StructureKind | undefined;
}

/** Solvers of structures that are not called after them. */
const CALLED_OTHERWISE: Readonly<Partial<Record<StructureKind, string>>> = Object.freeze({
  "tree-like": "treewidth",
  enumerable: "enumeration",
});

/** Structures whose solver is done before a search has begun to pay. */
const POLYNOMIAL: readonly StructureKind[] = Object.freeze([
  "separable",
  "linear-assignment",
  "transportation",
  "min-cost-flow",
]);

/** For comparison, not for speed: only who asks by name gets them. */
const BY_NAME_ONLY: readonly string[] = Object.freeze(["highs-linearised"]);

/** What searches may spend before a proof is tried on the same thread: about 0.1 s. */
const SEARCH_FIRST_WORK = 3_000_000;

/** Makes the plan; without lanes when no solver takes the problem. */
export function planFor(problem: Problem, options: PortfolioOptions): Plan {
  const { structure, threads, workLimit } = options;
  const able = solversFor(problem, options.solvers);
  const ownName = structure && (CALLED_OTHERWISE[structure] ?? structure);
  const own = able.filter(({ name }) => name === ownName);
  const others = able.filter(({ guarantee }) => guarantee !== "heuristic");
  const proving = own.length > 0 ? own : others;
  const leg = ({ name }: Solver): Leg => ({ solver: name, workLimit });
  const proofs: Lane = proving.map(leg);
  const isQuick = own.length > 0 && POLYNOMIAL.some((kind) => kind === structure);
  const searches = isQuick ? [] : searchLanes(able, Math.max(1, threads - 1), leg);
  return { lanes: arranged(proofs, searches, threads, own.length > 0), exchange: true, gapMax: 0 };
}

/** Those that take the problem and may be chosen without being named. */
function solversFor(problem: Problem, solvers: readonly Solver[]): readonly Solver[] {
  return solvers.filter(
    (solver) => !BY_NAME_ONLY.includes(solver.name) && solver.supports(problem).kind === "yes",
  );
}

/** In each lane the baseline first, then one of the others, a different one each time. */
function searchLanes(
  able: readonly Solver[],
  count: number,
  leg: (solver: Solver) => Leg,
): readonly Lane[] {
  const [baseline, ...searches] = able.filter(({ guarantee }) => guarantee === "heuristic");
  if (baseline === undefined) return [];
  return Array.from({ length: count }, (_, lane) => {
    const search = searches[lane % Math.max(1, searches.length)];
    return search === undefined ? [leg(baseline)] : [leg(baseline), leg(search)];
  });
}

function arranged(
  proofs: Lane,
  searches: readonly Lane[],
  threads: number,
  hasOwn: boolean,
): readonly Lane[] {
  if (proofs.length === 0) return threads === 1 ? searches : [...searches, ...searches.slice(0, 1)];
  if (searches.length === 0 || (threads === 1 && hasOwn)) return [proofs];
  if (threads > 1) return [proofs, ...searches];
  const brief = searches[0].map(({ solver, workLimit }) => {
    return { solver, workLimit: Math.min(workLimit, SEARCH_FIRST_WORK) };
  });
  return [[...brief, ...proofs]];
}
