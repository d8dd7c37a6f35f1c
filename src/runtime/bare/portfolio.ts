/**
 * The plan for a problem nobody made a plan for: structure before search. A method made for the
 * structure leads; where a search is expected to come further in the time there is, the exact
 * methods have a brief turn and searches the rest, by a contest between the likeliest of them. With
 * more threads the first proves and the others search.
 */
import {
  type Guarantee,
  isPolynomial,
  type QuadraticProblem,
  type Solver,
  type Structure,
  type StructureKind,
} from "#problem";
import { type Contest, type Lane, type Leg, type Plan, solversOf } from "../plan.ts";
import { type Expectations, expectationsIn, type Lessons } from "../selector/selector.ts";
import { situationOf } from "../selector/situation.ts";

/** What a plan is made from. */
export interface PortfolioOptions {
  /** How many lanes there may be, from 1. */
  readonly threads: number;
  /** What each leg may spend. */
  readonly workLimit: number;
  /** Time for the search; absent: work alone limits it, and no lane hears of another. */
  readonly searchMs?: number | undefined;
  /** Those to choose from, by increasing effort. */
  readonly solvers: readonly Solver[];
  /** What the detector found. */
  readonly structure: StructureKind;
  /** Absent: those that ship with the project. */
  readonly lessons?: Lessons | undefined;
}

/** Solvers of structures that are not called after them. */
const CALLED_OTHERWISE: Readonly<Partial<Record<StructureKind, string>>> = Object.freeze({
  "tree-like": "treewidth",
  enumerable: "enumeration",
});

/** Up to so many neighbours a tree-like whole is done as soon as its parts by themselves. */
const NARROW_MAX = 12;

/** For comparison, not for speed: only who asks by name gets them. */
export const BY_NAME_ONLY: readonly string[] = Object.freeze([
  "highs-linearised",
  "cp-sat",
  "annealer-twin",
  "decomposition-relinking",
  "decomposition-exact",
  "mending",
  "qaoa",
  "qaoa-warm",
  "recursive-qaoa",
  "vqe",
]);

/** Whose answer every search begins with. */
const BASELINE = "descent";

/** Lanes of a plan that is limited by work alone, however many threads there are. */
const LANES_REPEATABLE = 2;

/** Of the time, or of the work, each contender's part of the first heat. */
const HEAT_SHARE = 0.04;
/** Heats need be no longer than this, nor turns of those that are to prove. */
const BRIEF_MS_MAX = 300;
/**
 * A shorter heat tells little and keeps the likeliest waiting, who goes on at once instead, but
 * under rows.
 */
const HEAT_MS_MIN = 20;
/** So many times as long as it is meant to a turn may be: its work is the average of a machine. */
const OVERRUN_MAX = 2;
const CONTENDERS_MAX = 4;
/** What is expected of a contender at most, beyond the likeliest, by how much is known of it. */
const LOSS_BEHIND_MAX: readonly number[] = Object.freeze([1, 0.05, 0.02, 0.02, 0.005, 0.002]);
const LOSS_WITHOUT_ANSWER = 1;
/** What a proof may cost: an exact method leads unless more than this is expected to be lost. */
const LOSS_OF_PROOF_MAX = 2e-4;
/** So much longer than any budget learnt from, a time may see proofs that were not seen there. */
const LONG_FACTOR = 2;
const PROOFS_SHARE = 0.5;
/** Work in a millisecond where nothing was learnt. */
const WORK_PER_MS = 30_000;

/** What the solver of a structure is called, whether there is one or not. */
function solverNameOf(structure: StructureKind): string {
  return CALLED_OTHERWISE[structure] ?? structure;
}

/** Whether the plan leads with the structure's own solver. */
export function isLedByOwn(structure: StructureKind, { lanes: [lead = []] }: Plan): boolean {
  return solversOf(lead)[0] === solverNameOf(structure);
}

/** Whether the plan leads with a method so fast that taking the problem apart gains nothing. */
export function isSolvedWhole(view: {
  readonly structure: Structure | undefined;
  readonly plan: Plan;
}): boolean {
  const { structure, plan } = view;
  if (structure === undefined || !isLedByOwn(structure.kind, plan)) return false;
  if (structure.kind === "tree-like") return structure.width <= NARROW_MAX;
  return isPolynomial(structure.kind);
}

/** Makes the plan; without lanes when no solver takes the problem. */
export function planFor(problem: QuadraticProblem, options: PortfolioOptions): Plan {
  const { structure, searchMs } = options;
  const able = options.solvers.filter(
    (solver) => !BY_NAME_ONLY.includes(solver.name) && solver.supports(problem).kind === "yes",
  );
  const of = (guarantee: Guarantee) => able.filter((solver) => solver.guarantee === guarantee);
  const budgetMs = searchMs ?? Number.MAX_SAFE_INTEGER;
  const expected = expectationsIn(situationOf(problem, structure), budgetMs, options.lessons);
  const cast: Cast = {
    options,
    expected,
    own: of("exact").filter(({ name }) => name === solverNameOf(structure)),
    proofs: of("exact").filter(({ name }) => name !== solverNameOf(structure)),
    bounds: of("bounded"),
    baseline: able.filter(({ name }) => name === BASELINE),
    searches: of("heuristic").filter(({ name }) => name !== BASELINE),
    hasRows: problem.constraints.count > 0,
  };
  const lanes = lanesOf(cast).filter((lane) => lane.length > 0);
  return { lanes, exchange: searchMs !== undefined, gapMax: 0 };
}

/** Who can take the problem, and in what part. */
interface Cast {
  readonly options: PortfolioOptions;
  readonly expected: Expectations;
  readonly own: readonly Solver[];
  readonly proofs: readonly Solver[];
  readonly bounds: readonly Solver[];
  readonly baseline: readonly Solver[];
  readonly searches: readonly Solver[];
  readonly hasRows: boolean;
}

function lanesOf(cast: Cast): readonly Lane[] {
  const { threads, searchMs, workLimit, structure } = cast.options;
  const leg = ({ name }: Solver): Leg => ({ solver: name, workLimit });
  const { own, proofs, bounds, baseline } = cast;
  const count = searchMs === undefined ? LANES_REPEATABLE : threads;
  const isQuick = own.length > 0 && isPolynomial(structure);
  const begin = baseline.map((one) => briefly(cast, one));
  const end = [...begin, ...bounds.map(leg)];
  if (isQuick) return [[...own.map(leg), ...end, ...proofs.map(leg), ...contest(cast, 0)]];
  const provers = [...own, ...byLoss(cast, proofs)];
  const others = Array.from({ length: count - 1 }, (_, index) => index + 1);
  // Whoever proves has the first thread; without any it searches like the others.
  if (provers.length === 0) {
    return [[...end, ...contest(cast, 0)], ...others.map((place) => contest(cast, place))];
  }
  const isSearched = count === 1 && isBetterSearched(cast, provers);
  // What is proved in passing needs no search; what is not, a search may help along.
  const briefProofs = provers.map((one) => briefly(cast, one));
  const proving = isSearched ? triedProofs(cast, provers) : provers.map(leg);
  const before = isSearched ? likeliest(cast) : [...briefProofs, ...heats(cast)];
  const lead =
    own.length > 0
      ? [...proving.slice(0, 1), ...end, ...proving.slice(1)]
      : [...end, ...before, ...proving];
  return [[...lead, ...contest(cast, 0)], ...others.map((place) => contest(cast, place - 1))];
}

/**
 * Turns of exact methods on a thread that is to search: brief, but half of a time that is much
 * longer than any that was learnt from, in which a proof may well come.
 */
function triedProofs(cast: Cast, provers: readonly Solver[]): readonly Leg[] {
  const { searchMs = 0 } = cast.options;
  if (searchMs <= LONG_FACTOR * cast.expected.budgetMsMax) {
    return provers.map((one) => briefly(cast, one));
  }
  const turnMs = (PROOFS_SHARE * searchMs) / provers.length;
  return provers.map((one) => during(cast, one, turnMs));
}

/** Whether a search is expected to come so much further that a proof is not waited for. */
function isBetterSearched({ searches, expected }: Cast, provers: readonly Solver[]): boolean {
  const least = (solvers: readonly Solver[]) =>
    Math.min(...solvers.map(({ name }) => expected.of(name)?.loss ?? 1));
  return least(searches) < least(provers) - LOSS_OF_PROOF_MAX;
}

/** The searches that may come furthest, those expected to lose least first. */
function likeliestOf(cast: Cast): readonly Solver[] {
  const { searches, expected, options } = cast;
  const sorted = byLoss(cast, searches);
  const least = expected.of(sorted[0]?.name ?? "")?.loss ?? 0;
  const lossMax = least + LOSS_BEHIND_MAX[expected.wordsKnown];
  // However little is known: who never had an answer is no alternative to one who had.
  const isEver = (loss: number) => loss < LOSS_WITHOUT_ANSWER || least >= LOSS_WITHOUT_ANSWER;
  const likely = sorted.filter(({ name }) => {
    const { loss = least } = expected.of(name) ?? {};
    return loss <= lossMax && isEver(loss);
  });
  const heatMs = (options.searchMs ?? Number.POSITIVE_INFINITY) * HEAT_SHARE;
  if (heatMs >= HEAT_MS_MIN) return likely;
  // Under rows even a short heat tells something: who has an answer at all.
  return likely.slice(0, cast.hasRows ? 2 : 1);
}

/** Those of them who are to compete: none that is outdone, unless a winner had nobody to beat. */
function contendersOf(cast: Cast): readonly Solver[] {
  const likely = likeliestOf(cast);
  const apart = notOutdone(cast, likely);
  return (apart.length > 1 ? apart : likely.slice(0, 2)).slice(0, CONTENDERS_MAX);
}

function notOutdone(cast: Cast, likely: readonly Solver[]): readonly Solver[] {
  return likely.filter((one, at) => !isOutdone(cast, one, likely.slice(0, at)));
}

/** Whether one that is likelier loses no more than this one at any budget. */
function isOutdone({ expected }: Cast, { name }: Solver, likelier: readonly Solver[]): boolean {
  const own = expected.of(name)?.losses;
  if (own === undefined) return false;
  return likelier.some((other) => {
    return expected.of(other.name)?.losses.every((loss, at) => loss <= own[at]);
  });
}

/** Those of whom nothing is known behind those who are expected to lose little. */
function byLoss({ expected }: Cast, solvers: readonly Solver[]): readonly Solver[] {
  const losses = new Map(solvers.map(({ name }) => [name, expected.of(name)?.loss ?? 0.01]));
  const lossOf = ({ name }: Solver) => losses.get(name) ?? 0;
  return solvers.toSorted((one, other) => lossOf(one) - lossOf(other));
}

/** The contest whose winner, or in every other lane whose second, goes on first. */
function contest(cast: Cast, place: number): Lane {
  const contenders = contendersOf(cast).map((one) => briefly(cast, one));
  if (contenders.length === 0) return [];
  const places = place % 2 === 0 ? [0, 1] : [1, 0];
  const { workLimit } = cast.options;
  return [{ contenders, places, workLimit } satisfies Contest];
}

/**
 * The heats alone: what searches find in passing, for those that prove to start from. Nobody wins
 * them, so that there is none for who is outdone.
 */
function heats(cast: Cast): Lane {
  const apart = notOutdone(cast, likeliestOf(cast)).slice(0, CONTENDERS_MAX);
  const contenders = apart.map((one) => briefly(cast, one));
  return contenders.length < 2 ? contenders : [{ contenders, places: [], workLimit: 1 }];
}

/**
 * The likeliest search, briefly: an exact method may be long in one tick, and begins better with an
 * answer.
 */
function likeliest(cast: Cast): Lane {
  return likeliestOf(cast)
    .slice(0, 1)
    .map((one) => briefly(cast, one));
}

/** A turn that is short beside the search, in the solver's own units. */
function briefly(cast: Cast, { name }: Solver): Leg {
  const { searchMs, workLimit } = cast.options;
  if (searchMs === undefined) return { solver: name, workLimit: Math.ceil(HEAT_SHARE * workLimit) };
  return during(cast, { name }, Math.min(HEAT_SHARE * searchMs, BRIEF_MS_MAX));
}

/** A turn of what a solver is expected to do in this time, over once it takes much longer. */
function during(cast: Cast, { name }: Pick<Solver, "name">, ms: number): Leg {
  const workLimit = Math.min(cast.options.workLimit, workIn(cast, { name }, ms));
  return { solver: name, workLimit, turnMsMax: OVERRUN_MAX * ms };
}

/** What a solver is expected to do in this time. */
function workIn({ expected }: Cast, { name }: Pick<Solver, "name">, ms: number): number {
  return Math.ceil(ms * (expected.of(name)?.workPerMs ?? WORK_PER_MS));
}
