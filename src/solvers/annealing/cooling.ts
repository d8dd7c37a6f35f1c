/**
 * The descents of the annealing: proposals, acceptance, and a temperature range measured on the
 * problem itself.
 */
import type { RandomStream } from "#foundation";
import { exp } from "#kernels";
import { exchangeGain } from "#problem";
import { adopt, resize, type Search } from "../local-search.ts";

/** Proposals of the first descent, per position; each later descent takes so many times more. */
const PROPOSALS_PER_POSITION = 150;
const GROWTH = 1.5;
/** The first temperature passes a typical worsening this often in e; the last one, this often. */
const HEAT_FIRST = 0.6;
const HEAT_LAST = 0.01;
/** Temperatures of one descent. */
const LEVELS = 32;
const SAMPLES = 40;
/** Replacements tried at one opened position. */
const TRIES = 4;

/** Repeats descents, each from where the last ended or from the best order. */
export class Cooling {
  private readonly search: Search;
  private readonly random: RandomStream;
  private descents = 0;
  private proposals: number;

  constructor(search: Search, random: RandomStream) {
    this.search = search;
    this.random = random;
    this.proposals = PROPOSALS_PER_POSITION * Math.max(2, search.layout.lengthMax);
  }

  /** One descent from hot to cold. */
  descend(): void {
    const { run, state } = this.search;
    this.restart();
    const typical = this.measure();
    if (run.spend(this.search.scan.takeWork())) return;
    const levelProposals = Math.ceil(this.proposals / LEVELS);
    for (let level = 0; level < LEVELS && !run.stopped; level += 1) {
      const share = level / (LEVELS - 1);
      const heat = HEAT_FIRST * (1 - share) * (1 - share) + HEAT_LAST;
      this.receive();
      for (let done = 0; done < levelProposals; done += TRIES) {
        if (state.length > 1 && this.search.layout.ordered && this.random.below(4) === 0) {
          this.proposeExchange(heat * typical);
        }
        this.proposeReplacements(heat * typical);
        if (run.spend(this.search.scan.takeWork())) return;
      }
    }
    this.proposals = Math.ceil(this.proposals * GROWTH);
    this.descents += 1;
  }

  /**
   * Begins at the best order, or one item beyond it; while nothing is feasible, at one length after
   * another.
   */
  private restart(): void {
    const { layout, state, run } = this.search;
    if (run.bestLength < 0) {
      resize(this.search, this.random, layout.lengthMax - (this.descents % layout.lengthMax));
      return;
    }
    run.restore(state);
    const longer = state.length < layout.lengthMax && this.descents % 3 === 2;
    if (longer) resize(this.search, this.random, state.length + 1);
  }

  private receive(): void {
    const sample = this.search.run.takeReceived();
    if (sample !== undefined) adopt(this.search, sample);
  }

  /** The mean loss of random worsening replacements that break no further hard rule. */
  private measure(): number {
    const { state, scan, layout } = this.search;
    let losses = 0;
    let sum = 0;
    for (let sample = 0; sample < SAMPLES && state.length > 0; sample += 1) {
      const rank = this.drawRank();
      if (state.chosen[rank] === 1) continue;
      scan.open(this.random.below(state.length));
      scan.consider(rank);
      const loss = state.merit - scan.merit;
      if (loss <= 0 || loss > layout.hardPrice / 2) continue;
      losses += 1;
      sum += loss;
    }
    return losses === 0 ? 0 : sum / losses;
  }

  private proposeReplacements(temperature: number): void {
    const { state, scan, run } = this.search;
    if (state.length === 0) return;
    scan.open(this.random.below(state.length));
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const rank = this.drawRank();
      if (state.chosen[rank] === 1) continue;
      scan.consider(rank);
      if (!this.accepts(scan.merit, temperature)) continue;
      scan.apply();
      run.offer(state);
      return;
    }
  }

  private proposeExchange(temperature: number): void {
    const { state, run } = this.search;
    const first = this.random.below(state.length);
    const second = this.random.below(state.length);
    if (first === second) return;
    if (!this.accepts(state.merit + exchangeGain(state, first, second), temperature)) return;
    state.exchange(first, second);
    run.offer(state);
  }

  /**
   * The rule of N. Metropolis et al. (1953); an order that keeps every hard rule is not left for
   * one that does not.
   */
  private accepts(merit: number, temperature: number): boolean {
    const { state, layout } = this.search;
    if (merit <= layout.meritFeasible && state.hardCount === 0) return false;
    const gain = merit - state.merit;
    if (gain >= 0) return true;
    return temperature > 0 && this.random.unit() < exp(gain / temperature);
  }

  /** Items that rules ask for, and the best by value. */
  private drawRank(): number {
    const { itemCount, leadCount, lengthMax } = this.search.layout;
    return this.random.below(Math.min(itemCount, leadCount + 6 * lengthMax + 24));
  }
}
