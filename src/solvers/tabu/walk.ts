/**
 * The walk of the tabu search: single steps, and restarts from the best order once the walk has
 * stalled.
 */
import { type RandomStream, shuffle } from "#foundation";
import { exchangeGain } from "#problem";
import { adopt, descendInTurn, fill, resize, type Search } from "../local-search.ts";
import { TOLERANCE } from "../search-run.ts";

/** Steps without a new best merit before a restart, for L positions. */
const patience = (length: number) => 3 + (length >> 2);

/** So many restarts, and so many times those it took to find the best, are enough. */
const RESTARTS_MIN = 8;
const PERSISTENCE = 4;

/** A walk from order to order. */
export class TabuWalk {
  private readonly search: Search;
  private readonly random: RandomStream;
  /** The step up to which an item may neither come nor go. */
  private readonly tabuUntil: Int32Array;
  private now = 1;
  private meritBest = Number.NEGATIVE_INFINITY;
  private improvedAt = 1;
  private restarts = 0;
  /** The best objective of the run so far, and how many restarts it took. */
  private objectiveSeen = Number.NEGATIVE_INFINITY;
  private restartsAtBest = 0;

  constructor(search: Search, random: RandomStream) {
    this.search = search;
    this.random = random;
    this.tabuUntil = new Int32Array(search.layout.itemCount);
    this.meritBest = search.state.merit;
  }

  /**
   * Whether the walk has gone on for long enough without finding anything. Never while orders are
   * short of items, or where an order is more than descending values: there better ones still turn
   * up after very long.
   */
  get exhausted(): boolean {
    const { layout, run } = this.search;
    if (layout.ordered || run.bestLength < layout.lengthMax) return false;
    return this.restarts > RESTARTS_MIN + PERSISTENCE * this.restartsAtBest;
  }

  /** Takes the best admissible move, or restarts. */
  step(): void {
    const { state, run, scan } = this.search;
    this.receive();
    if (this.now - this.improvedAt > patience(state.length)) this.restart();
    this.chooseMove();
    if (run.stopped) return;
    if (scan.position < 0) {
      this.restart();
    } else {
      this.makeMove();
    }
    if (run.bestObjective !== this.objectiveSeen) {
      this.objectiveSeen = run.bestObjective;
      this.restartsAtBest = this.restarts;
    }
    run.spend(0);
  }

  /** Goes on from another solver's sample where that is better. */
  private receive(): void {
    const sample = this.search.run.takeReceived();
    if (sample !== undefined && adopt(this.search, sample)) this.begin();
  }

  /**
   * Finds the best admissible move: a longer order first, otherwise the best replacement or
   * improving move.
   */
  private chooseMove(): void {
    const { layout, state, scan, run, free } = this.search;
    const { meritFeasible, hardPrice } = layout;
    const feasible = state.hardCount === 0;
    const merit = state.merit + TOLERANCE * hardPrice;
    scan.reset(meritFeasible);
    if (feasible && state.length < layout.lengthMax) {
      scan.open(state.length);
      scan.scan(free, 0, Number.POSITIVE_INFINITY);
      if (run.spend(scan.takeWork()) || scan.position >= 0) return;
    }
    if (!feasible) scan.reset(Number.NEGATIVE_INFINITY);
    // Half of the positions, a different half each time: nearly as good a move for half the work.
    const first = this.random.below(Math.max(1, state.length));
    const count = Math.min(state.length, 1 + (state.length >> 1));
    for (let at = 0; at < count; at += 1) {
      const position = (first + at) % state.length;
      scan.open(position);
      scan.scan(this.tabuUntil, this.now, this.meritBest);
      if (layout.ordered) {
        scan.scanReinsertion(merit);
        scan.scanExchanges(position, merit);
      }
      if (run.spend(scan.takeWork())) return;
    }
  }

  private makeMove(): void {
    const { layout, state, scan, run } = this.search;
    this.now += 1;
    if (scan.partner < 0 && scan.position < state.length) {
      const out = state.order[scan.position];
      if (out !== scan.rank) this.bar(out, scan.rank);
    }
    scan.apply();
    run.offer(state);
    if (state.merit <= this.meritBest + TOLERANCE * layout.hardPrice) return;
    this.meritBest = state.merit;
    this.improvedAt = this.now;
  }

  /**
   * Keeps what went out for about as many steps as there are positions, and what came in for fewer.
   */
  private bar(out: number, came: number): void {
    const { length } = this.search.state;
    this.tabuUntil[out] = this.now + 3 + length + this.random.below(length + 3);
    this.tabuUntil[came] = this.now + 1 + this.random.below(1 + (length >> 1));
  }

  private begin(): void {
    this.meritBest = this.search.state.merit;
    this.improvedAt = this.now;
  }

  private restart(): void {
    const { layout, state, run } = this.search;
    this.restarts += 1;
    this.now += 2 * state.length + 8;
    if (run.bestLength < 0) {
      resize(
        this.search,
        this.random,
        layout.lengthMax - ((this.restarts >> 2) % layout.lengthMax),
      );
    } else {
      run.restore(state);
      const grow = state.length < layout.lengthMax && this.restarts % 3 === 0;
      if (grow) resize(this.search, this.random, state.length + 1);
    }
    if (run.bestLength > 0 && this.restarts % 4 === 2) this.scatter();
    else if (run.bestLength > 0 && this.restarts % 4 !== 0) this.rebuild();
    else this.kick();
    descendInTurn(this.search);
    this.begin();
  }

  /** Begins anew with random items, brought in one by one: each may need a row of similarities. */
  private scatter(): void {
    const { layout, state, scan, run } = this.search;
    const { length } = state;
    const ranks = Int32Array.from({ length: layout.itemCount }, (_, rank) => rank);
    shuffle(ranks, this.random);
    state.clear();
    for (let position = 0; position < length; position += 1) {
      state.change(position, ranks[position], position);
      if (run.spend(scan.takeWork())) return;
    }
    if (!layout.ordered) state.sortByValue();
  }

  /** Takes out a random half of the order, and fills up with what goes best with the rest. */
  private rebuild(): void {
    const { state } = this.search;
    for (let left = (state.length + 1) >> 1; left > 0; left -= 1) {
      const position = this.random.below(state.length);
      this.tabuUntil[state.order[position]] = this.now + 1 + this.random.below(4);
      state.change(position, -1, 0);
    }
    fill(this.search, this.tabuUntil, this.now);
  }

  /**
   * Replaces some random items by random others of high value; where one is chosen already, two
   * change places.
   */
  private kick(): void {
    const { layout, state, scan } = this.search;
    const window = Math.min(layout.itemCount, layout.leadCount + 3 * state.length + 16);
    // Now and then rules may break, and are mended by the walk: feasible orders need not be
    // connected.
    const keeping = state.hardCount === 0 && this.restarts % 4 !== 0;
    const floor = keeping ? layout.meritFeasible : Number.NEGATIVE_INFINITY;
    const kicks = state.length === 0 ? 0 : 1 + this.random.below(1 + (state.length >> 1));
    for (let kick = 0; kick < kicks; kick += 1) {
      const position = this.random.below(state.length);
      const rank = this.random.below(window);
      if (state.chosen[rank] === 1) {
        this.kickExchange(position, floor);
        continue;
      }
      scan.open(position);
      scan.consider(rank);
      if (scan.merit <= floor) continue;
      this.bar(state.order[position], rank);
      scan.apply();
    }
  }

  private kickExchange(first: number, floor: number): void {
    const { layout, state } = this.search;
    const second = this.random.below(state.length);
    if (!layout.ordered || second === first) return;
    if (state.merit + exchangeGain(state, first, second) > floor) state.exchange(first, second);
  }
}
