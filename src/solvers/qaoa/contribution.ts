/**
 * What a run has to say of itself: what the circuit measured, what mending made of it, and what
 * the same mending made of samples no circuit had a hand in.
 */
import { counted } from "#foundation";
import { betterOf, type QuadraticProblem, type Sample } from "#problem";
import type { QaoaCircuit } from "./circuit.ts";
import type { FinalState } from "./layers.ts";
import { type Mended, UNMEASURED } from "./mended.ts";
import type { Site } from "./sites.ts";

/** What was measured, and what it is compared with. */
export interface Findings {
  readonly circuit: Mended;
  /** As many states drawn uniformly; absent where the budget ended before. */
  readonly uniform: Mended | undefined;
  /** The incumbent the circuit began near. */
  readonly start: Mended | undefined;
}

/** The circuit, where it ran and from what, in words. */
export function describe(
  sites: readonly Site[],
  circuit: QaoaCircuit,
  incumbent: Sample | undefined,
): string {
  const { layers, mixer, schedule, epsilon } = circuit;
  const groups = sites.filter(({ ones }) => ones !== undefined).length;
  const angles = schedule === "ramp" ? "a linear ramp" : `${schedule} angles`;
  const where = `${counted(groups, "group")} and ${counted(sites.length - groups, "qubit")}`;
  const from = incumbent === undefined ? "" : `, from an incumbent (epsilon ${epsilon})`;
  return `QAOA of ${counted(layers, "layer")}, ${mixer} mixer, ${angles}, on ${where}${from}`;
}

/** What a run found that ended before it measured. */
export const NOTHING: Findings = Object.freeze({
  ...{ circuit: UNMEASURED, uniform: undefined, start: undefined },
});

/** What was found, in words. */
export function found(
  sense: QuadraticProblem["sense"],
  final: Pick<FinalState, "meanEnergy"> | undefined,
  { circuit, uniform, start }: Findings,
): string {
  if (final === undefined) return "the budget ended before a measurement";
  const mean = `mean energy ${Number(final.meanEnergy.toPrecision(6))}`;
  const { shots, feasibleShots, measured, mended } = circuit;
  const own =
    `${mean}; ${feasibleShots} of ${counted(shots, "measurement")} feasible; ` +
    `best as measured ${measured ?? "none"}, mended ${mended ?? "none"}`;
  const begun =
    start === undefined
      ? ""
      : `; the start ${start.measured ?? "infeasible"}, mended ${start.mended ?? "none"}`;
  if (uniform === undefined) return `${own}${begun}; the budget ended before a comparison`;
  const draws = counted(uniform.shots, "uniform draw");
  const drawn = `; ${draws}, mended alike, ${uniform.mended ?? "none"}`;
  const without = betterOf(sense, uniform.mended, betterOf(sense, start?.measured, start?.mended));
  const isBeyond = mended !== undefined && betterOf(sense, without, mended) !== without;
  const verdict = isBeyond ? "the circuit found what these did not" : "the circuit added nothing";
  return `${own}${begun}${drawn}: ${verdict}`;
}
