/**
 * Who competes: every solver of the catalogue that finds answers, in one of three camps.
 */
import type { QuadraticProblem, Solver } from "#problem";
import { solverCatalogue } from "#solvers";

/** The camps; the first is the one that the others are held against. */
export const CAMPS = Object.freeze(["classical", "inspired", "quantum"] as const);

/** One camp. */
export type Camp = (typeof CAMPS)[number];

/** Those that challenge the first. */
export type Challenger = Exclude<Camp, "classical">;

/** Classical methods made after quantum ones. Thermal annealing of spins is not among them. */
const INSPIRED: readonly string[] = ["simulated-bifurcation", "path-integral-annealing"];

/** Circuits and annealers, simulated; all but `recursive-qaoa` mend what they measured. */
const QUANTUM: readonly string[] = ["qaoa", "qaoa-warm", "recursive-qaoa", "vqe", "annealer-twin"];

/** Models that are built for comparison; the page says that they took no part. */
const LEFT_OUT: readonly string[] = ["highs-linearised", "cp-sat"];

/** A camp's members that take a problem, and why the others do not. */
export interface Lineup {
  readonly able: readonly Solver[];
  readonly refusals: readonly { readonly solver: string; readonly reason: string }[];
}

/** Who of `camp` takes `problem`. */
export function lineupOf(camp: Camp, problem: QuadraticProblem): Lineup {
  const asked = membersOf(camp).map((solver) => ({ solver, support: solver.supports(problem) }));
  return {
    able: asked.filter(({ support }) => support.kind === "yes").map(({ solver }) => solver),
    refusals: asked.flatMap(({ solver, support }) => {
      return support.kind === "yes" ? [] : [{ solver: solver.name, reason: support.reason }];
    }),
  };
}

function membersOf(camp: Camp): readonly Solver[] {
  const quadratic = solverCatalogue.filter(({ problemKind }) => problemKind === "quadratic");
  if (camp !== "classical") {
    const names = camp === "quantum" ? QUANTUM : INSPIRED;
    return quadratic.filter(({ name }) => names.includes(name));
  }
  const others = [...INSPIRED, ...QUANTUM, ...LEFT_OUT];
  return quadratic.filter(
    ({ name, guarantee }) => guarantee !== "bounded" && !others.includes(name),
  );
}
