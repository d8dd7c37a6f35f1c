/**
 * The bound of one node of the tree: the relaxation of the root with what is known at the node.
 * Similarity to the items already chosen is exact; rules that are full close their other members,
 * soft ones charge them; a minimum that needs every free position leaves only its members.
 * Similarity among the items still to come is bounded by nearest shares and, where those do not
 * suffice and it promises more, by tangent shares (similarity-shares.ts).
 */
import { type SimilarityRows, similarityRows } from "#problem";
import type { Search } from "../local-search.ts";
import { MAY, MUST, NEVER, RankOneAssignment } from "../rank-one-assignment.ts";
import { CELLS_PER_WORK, type Relaxation } from "../relaxation.ts";
import { nearestShares } from "./nearest-shares.ts";
import { NodeRules } from "./node-rules.ts";

/** The current node, changed in place; candidates are those of the relaxation. */
export class NodeBound {
  /** MUST, MAY or NEVER for each candidate. */
  readonly status: Int8Array;
  /** The candidate to branch on; -1 where the choice is complete or impossible. */
  branch = -1;
  private readonly search: Search;
  private readonly relaxation: Relaxation;
  private readonly assignment: RankOneAssignment;
  private readonly rows: SimilarityRows;
  private readonly rules: NodeRules;
  private readonly costs: Float64Array;
  /**
   * Candidates included so far, and for each number of them: similarity of every candidate to all
   * chosen items.
   */
  private readonly included: Int32Array;
  private depth = 0;
  private readonly similarity: readonly Float64Array[];
  private readonly pairSums: Float64Array;
  /** Entry candidate * (free positions + 1) + m: its share when m items are still to come. */
  private readonly nearest: Float64Array;
  private tangentHelps: boolean;

  /** `known` holds the similarities of the candidates and then of the fixed ranks. */
  constructor(search: Search, relaxation: Relaxation, known: SimilarityRows | undefined) {
    const { candidates, freeWeights, fixed } = relaxation;
    const count = candidates.length;
    this.search = search;
    this.relaxation = relaxation;
    this.status = new Int8Array(count).fill(MAY);
    this.assignment = new RankOneAssignment(freeWeights, count);
    this.rows = known ?? similarityRows(search.layout, columnsOf(relaxation));
    this.rules = new NodeRules(relaxation);
    this.costs = new Float64Array(count);
    this.included = new Int32Array(freeWeights.length);
    const depths = freeWeights.length + 1;
    this.similarity = Array.from({ length: depths }, () => new Float64Array(count));
    this.pairSums = new Float64Array(depths);
    this.tangentHelps = relaxation.shares.tangent;
    this.nearest = nearestShares(search, relaxation, this.rows);
    for (const [index, rank] of fixed.entries()) {
      this.rules.count(rank, 1);
      this.addSimilarity(rank, index, this.similarity[0]);
    }
  }

  /** Whether every position is filled. */
  get complete(): boolean {
    return this.depth === this.included.length;
  }

  /**
   * What the choice costs besides its order: similarity and soft count rules. Only for a complete
   * choice.
   */
  get setCost(): number {
    return this.relaxation.shares.scale * this.pairSums[this.depth] + this.rules.softCost();
  }

  /** The chosen ranks. */
  choice(): Int32Array {
    const { fixed, candidates } = this.relaxation;
    const ranks = new Int32Array(fixed.length + this.depth);
    ranks.set(fixed);
    for (let at = 0; at < this.depth; at += 1) {
      ranks[fixed.length + at] = candidates[this.included[at]];
    }
    return ranks;
  }

  /** Takes a candidate in. */
  include(candidate: number): void {
    const rank = this.relaxation.candidates[candidate];
    const before = this.similarity[this.depth];
    this.pairSums[this.depth + 1] = this.pairSums[this.depth] + before[candidate];
    this.included[this.depth] = candidate;
    this.depth += 1;
    this.status[candidate] = MUST;
    this.rules.count(rank, 1);
    const after = this.similarity[this.depth];
    after.set(before);
    this.addSimilarity(rank, 0, after);
  }

  /** Turns the last candidate taken in into one that stays out. */
  exclude(candidate: number): void {
    this.depth -= 1;
    this.rules.count(this.relaxation.candidates[candidate], -1);
    this.status[candidate] = NEVER;
  }

  /** Makes an excluded candidate open again. */
  readmit(candidate: number): void {
    this.status[candidate] = MAY;
  }

  /**
   * The most an order from this node on can be worth; stops looking closer once that is not above
   * `floor`.
   */
  evaluate(floor: number): number {
    const { relaxation, assignment, costs, status, search } = this;
    const { candidates, values } = relaxation;
    const missing = this.included.length - this.depth;
    const cells = candidates.length * (this.included.length + 1);
    this.branch = -1;
    if (search.run.spend(Math.ceil(cells / CELLS_PER_WORK))) return Number.POSITIVE_INFINITY;
    if (!this.rules.price(missing)) return Number.NEGATIVE_INFINITY;
    const constant = this.fillCosts(missing);
    let bound = constant + assignment.solve(values, costs, status, candidates.length);
    if (bound > floor && missing > 1 && this.tangentHelps) {
      const extra = this.switchToTangent(missing);
      const other = constant + extra + assignment.solve(values, costs, status, candidates.length);
      // What does not help at the root will hardly help further down.
      if (this.depth === 0) this.tangentHelps = other < bound;
      bound = Math.min(bound, other);
    }
    if (bound > floor) this.branch = this.strongestOpen();
    return bound;
  }

  /** Costs of the candidates by nearest shares; returns the constant part of the bound. */
  private fillCosts(missing: number): number {
    const { relaxation, costs, status, rules, nearest } = this;
    const { candidates, rows, pinGain, shares, fixed, fixedMerit, layout } = relaxation;
    const similarity = this.similarity[this.depth];
    const stride = this.included.length + 1;
    let constant = fixedMerit - layout.pins.softTotal + rules.granted;
    constant -= shares.scale * this.pairSums[this.depth];
    for (const rank of fixed) constant += pinGain[rank];
    for (let index = 0; index < candidates.length; index += 1) {
      const rank = candidates[index];
      costs[index] = -pinGain[rank];
      if (status[index] !== MAY) continue;
      const share = similarity[index] + nearest[index * stride + missing];
      costs[index] += rules.typePrice[rows.typeOf[rank]] + shares.scale * share;
    }
    return constant;
  }

  /** Changes the costs from nearest to tangent shares; returns what that adds to the constant. */
  private switchToTangent(missing: number): number {
    const { costs, status, nearest } = this;
    const { candidates, shares } = this.relaxation;
    const stride = this.included.length + 1;
    for (let index = 0; index < candidates.length; index += 1) {
      if (status[index] !== MAY) continue;
      const share = shares.tangentShare(candidates[index], missing);
      costs[index] += shares.scale * (share - nearest[index * stride + missing]);
    }
    return shares.tangentConstant(missing);
  }

  /** Of the open candidates in the relaxed choice, the one worth most. */
  private strongestOpen(): number {
    const { freeWeights, values } = this.relaxation;
    let strongest = -1;
    let most = Number.NEGATIVE_INFINITY;
    for (let slot = 0; slot < freeWeights.length; slot += 1) {
      const candidate = this.assignment.chosen[slot];
      const worth = freeWeights[slot] * values[candidate] - this.costs[candidate];
      if (this.status[candidate] !== MAY || worth <= most) continue;
      most = worth;
      strongest = candidate;
    }
    return strongest;
  }

  /**
   * Adds the similarities to `rank` to `sums` of the candidates, and those to the first
   * `fixedCount` fixed ranks to the first pair sum.
   */
  private addSimilarity(rank: number, fixedCount: number, sums: Float64Array): void {
    const { candidates, layout } = this.relaxation;
    if (!layout.similar) return;
    const count = candidates.length;
    const row = this.rows.hold(rank, count + fixedCount);
    for (let index = 0; index < count; index += 1) sums[index] += row[index];
    for (let at = count; at < count + fixedCount; at += 1) this.pairSums[0] += row[at];
    this.rows.release(rank);
  }
}

/** Candidates, then fixed ranks. */
function columnsOf({ candidates, fixed }: Relaxation): Int32Array {
  const columns = new Int32Array(candidates.length + fixed.length);
  columns.set(candidates);
  columns.set(fixed, candidates.length);
  return columns;
}
