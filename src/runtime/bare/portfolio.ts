/**
 * The plan for a problem nobody made a plan for: structure before search. Where the problem has a
 * solver of its own, that one leads, and the general ones follow should it end without a proof;
 * otherwise those that prove go one after the other, and beside them, on the other threads, the
 * searches.
 */
import type { Guarantee, Problem, Solver, Structure, StructureKind } from "#problem";
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

/** Up to so many neighbours a tree-like whole is done as soon as its parts by themselves. */
const NARROW_MAX = 12;

/** What the solver of a structure is called, whether there is one or not. */
export function solverNameOf(structure: StructureKind): string {
  return CALLED_OTHERWISE[structure] ?? structure;
}

/** Whether the plan leads with a method so fast that taking the problem apart gains nothing. */
export function isSolvedWhole(view: {
  readonly structure: Structure | undefined;
  readonly plan: Plan;
}): boolean {
  const { structure, plan } = view;
  if (structure === undefined || plan.lanes[0]?.[0]?.solver !== solverNameOf(structure.kind)) {
    return false;
  }
  if (structure.kind === "tree-like") return structure.width <= NARROW_MAX;
  return POLYNOMIAL.includes(structure.kind);
}

/** For comparison, not for speed: only who asks by name gets them. */
const BY_NAME_ONLY: readonly string[] = Object.freeze([
  "highs-linearised",
  "cp-sat",
  "annealer-twin",
  "qaoa",
  "qaoa-warm",
  "recursive-qaoa",
  "vqe",
]);

/** Searches that have nothing to add where one of others, which are faster, takes the problem. */
const SUPERSEDED_BY: Readonly<Record<string, readonly string[]>> = Object.freeze({
  "quadratic-annealing": ["spin-annealing", "select-k-search", "robust-tabu"],
});

/** Structures with a proof that takes long for many variables, and a search that is soon good. */
const SEARCHED_BY: Readonly<Partial<Record<StructureKind, string>>> = Object.freeze({
  "select-k": "select-k-search",
});

/** Up to so many variables a proof is worth waiting for even without a thread for the search. */
const PROVED_VARIABLES_MAX = 64;

/** What searches may spend before something else is tried on the same thread: about 0.1 s. */
const SEARCH_FIRST_WORK = 3_000_000;

/** Makes the plan; without lanes when no solver takes the problem. */
export function planFor(problem: Problem, options: PortfolioOptions): Plan {
  const { structure, threads, workLimit } = options;
  const able = solversFor(problem, options.solvers);
  const ownName = structure && solverNameOf(structure);
  const own = able.filter(({ name }) => name === ownName);
  const leg = ({ name }: Solver): Leg => ({ solver: name, workLimit });
  const of = (guarantee: Guarantee) => able.filter((solver) => solver.guarantee === guarantee);
  const searches = searchLanes(of("heuristic"), threads, leg);
  const isQuick = POLYNOMIAL.some((kind) => kind === structure);
  const proofs = of("exact").filter((solver) => !own.includes(solver));
  const general = (beside: readonly Lane[]) =>
    withoutOwn(of("bounded").map(leg), proofs.map(leg), beside);
  if (own.length === 0) return { lanes: general(searches), exchange: true, gapMax: 0 };
  // A lane ends with the first proof: what follows the structure's own solver seldom runs.
  const [fallback = []] = general(searches.slice(0, 1));
  const search = threads === 1 ? searchInstead(problem, able, structure) : undefined;
  const lead =
    search === undefined
      ? [...own.map(leg), ...fallback]
      : [...own.map(leg).map(briefly), leg(search)];
  const lanes = [lead, ...(isQuick ? [] : searches)].slice(0, threads);
  return { lanes, exchange: true, gapMax: 0 };
}

/** The search that is to have what time there is, where a proof would have it for nothing. */
function searchInstead(
  problem: Problem,
  able: readonly Solver[],
  structure: StructureKind | undefined,
): Solver | undefined {
  const isLarge = problem.kind === "quadratic" && problem.variableCount > PROVED_VARIABLES_MAX;
  if (!isLarge || structure === undefined) return undefined;
  return able.find(({ name }) => name === SEARCHED_BY[structure]);
}

/** Those that take the problem, may be chosen without being named, and have something to add. */
function solversFor(problem: Problem, solvers: readonly Solver[]): readonly Solver[] {
  const able = solvers.filter(
    (solver) => !BY_NAME_ONLY.includes(solver.name) && solver.supports(problem).kind === "yes",
  );
  const names = new Set(able.map(({ name }) => name));
  return able.filter(({ name }) => !SUPERSEDED_BY[name]?.some((other) => names.has(other)));
}

/**
 * In each lane the baseline first, then one of the others, a different one each time. Where there
 * is one lane only, all others have a brief turn in it before the first of them goes on.
 */
function searchLanes(
  [baseline, ...searches]: readonly Solver[],
  count: number,
  leg: (solver: Solver) => Leg,
): readonly Lane[] {
  if (baseline === undefined) return [];
  if (count === 1) {
    const [first, ...others] = searches.map(leg);
    const turns = first === undefined ? [] : [...others.map(briefly), first];
    return [[leg(baseline), ...turns]];
  }
  return Array.from({ length: count }, (_, lane) => {
    const search = searches[lane % Math.max(1, searches.length)];
    return search === undefined ? [leg(baseline)] : [leg(baseline), leg(search)];
  });
}

/**
 * The first lane has the baseline, so that there is an answer however little time is left, then a
 * bound, so that it has a gap, and then the proofs; the others search.
 */
function withoutOwn(bounds: Lane, proofs: Lane, searches: readonly Lane[]): readonly Lane[] {
  const [first = [], ...others] = searches;
  const isAlone = others.length === 0;
  const baseline = first.slice(0, 1);
  if (proofs.length === 0) {
    const lead = [...baseline, ...bounds, ...first.slice(1)];
    return lead.length === 0 ? [] : [lead, ...others];
  }
  const lasting = isAlone ? first.slice(1).slice(-1) : [];
  const brief = [...baseline, ...lasting].map(briefly);
  return [[...brief, ...bounds, ...proofs], ...searches.slice(0, -1)];
}

function briefly({ solver, workLimit }: Leg): Leg {
  return { solver, workLimit: Math.min(workLimit, SEARCH_FIRST_WORK) };
}
