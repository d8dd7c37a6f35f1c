/**
 * The verdict in words. A win needs an interval that leaves out 0 after allowing for all the tables
 * that were asked; everything else is a tie, and says how sure it is.
 */
import type { Comparison } from "./comparison.ts";

/** Who won on one table. */
export interface Verdict {
  readonly winner: "classical" | "quantum" | "tie";
  /** Of quantum against classical, adjusted for the number of tables (Holm). */
  readonly p: number;
  /** Of their means, quantum less classical. */
  readonly difference: number;
  readonly words: readonly string[];
}

const P_MAX = 0.05;
/** Differences within this, 2 points of balanced accuracy, nobody would pay for. */
const SAME_WITHIN = 0.02;

/** The verdict from the comparisons of a report, in its order, and the adjusted p of the first. */
export function verdictOf(comparisons: readonly Comparison[], p: number): Verdict {
  const [quantum, , twins, entangled] = comparisons;
  const winner = p >= P_MAX ? "tie" : quantum.difference > 0 ? "quantum" : "classical";
  return {
    winner,
    p,
    difference: quantum.difference,
    words: [firstSentence(winner, quantum), twinSentence(twins), entangledSentence(entangled)],
  };
}

/** All verdicts together. */
export function overallWords(verdicts: readonly Verdict[]): readonly string[] {
  const count = (who: Verdict["winner"]) => verdicts.filter(({ winner }) => winner === who).length;
  const [classical, quantum, ties] = [count("classical"), count("quantum"), count("tie")];
  const tables = verdicts.length === 1 ? "1 table" : `${verdicts.length} tables`;
  const tally =
    `Of ${tables} the classical models won ${classical}, ` +
    `the quantum models ${quantum}, and ${ties} ${ties === 1 ? "is a tie" : "are ties"}.`;
  const reason =
    quantum === 0
      ? "Nothing here is a reason to use quantum kernels."
      : "Where quantum won, look at the quantum-inspired models first: they run anywhere.";
  const behind = verdicts.filter(({ difference }) => difference < 0).length;
  const lean = `The mean of quantum is below the classical one on ${behind} of ${tables}.`;
  return [tally, lean, reason];
}

function firstSentence(winner: Verdict["winner"], found: Comparison): string {
  const { lower, upper } = found;
  const range = `95 % interval ${points(lower)} to ${points(upper)}`;
  switch (winner) {
    case "quantum":
      return `Quantum won by ${points(found.difference)} points of balanced accuracy (${range}).`;
    case "classical":
      return `Classical won: quantum is at ${points(found.difference)} points (${range}).`;
    default:
      return `A tie: quantum at ${points(found.difference)} points (${range}); ${sureness(found)}.`;
  }
}

function sureness({ lower, upper }: Comparison): string {
  if (lower > -SAME_WITHIN && upper < SAME_WITHIN) return "they are the same to within 2 points";
  if (lower <= 0 && upper >= 0) return "this many rows cannot tell them apart";
  return "with so many tables asked, one of them looks like this by chance";
}

function twinSentence(found: Comparison): string {
  const { difference, lower, upper } = found;
  const range = `${points(lower)} to ${points(upper)}`;
  if (lower > 0)
    return `It is ahead of the quantum-inspired models by ${points(difference)} (${range}).`;
  if (upper < 0) return `The quantum-inspired models beat it by ${points(-difference)} (${range}).`;
  return `From the quantum-inspired models, which need no circuit, it cannot be told (${range}).`;
}

function entangledSentence({ difference, lower, upper }: Comparison): string {
  const range = `${points(difference)} points, ${points(lower)} to ${points(upper)}`;
  if (lower > 0) return `Entangling gates helped (${range}).`;
  if (upper < 0) return `Entangling gates did harm (${range}).`;
  return `Leaving the entangling gates out changed nothing that shows (${range}).`;
}

/** A difference in points, signed. */
function points(share: number): string {
  const rounded = Number((100 * share).toFixed(1));
  return rounded > 0 ? `+${rounded}` : `${rounded === 0 ? 0 : rounded}`;
}
