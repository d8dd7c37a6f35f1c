/**
 * A final state measured: what the measurements are worth, and what the same effort makes of chance
 * and of the incumbent.
 */
import type { RandomStream } from "#foundation";
import type { Samples } from "#kernels";
import type { Sample } from "#problem";
import type { Findings } from "./contribution.ts";
import { type Mending, mend } from "./mended.ts";

/** Measurements of the final state. */
const SHOTS = 256;

/** What can be measured. */
export interface Measurable {
  readonly stateCount: number;
  /** The sample a basis state stands for. */
  lift(state: number): Sample;
  sample(shots: number, stream: RandomStream): Samples;
}

/** Measures and mends; then as many uniform draws, and the incumbent if there is one. */
export function measuredFindings(
  measurable: Measurable,
  incumbent: Sample | undefined,
  mending: Mending,
): Findings {
  const { stream, tick } = mending;
  const { outcomes, counts } = measurable.sample(SHOTS, stream);
  const measurements = Array.from(outcomes, (state, at) => ({ state, count: counts[at] }));
  const circuit = mend(samplesOf(measurements, measurable), mending);
  if (tick(0)) return { circuit, uniform: undefined, start: undefined };
  const start = incumbent && mend([{ sample: incumbent, count: 1 }], mending);
  const uniform = mend(samplesOf(uniformDraws(measurable, stream), measurable), mending);
  return { circuit, uniform: uniform.shots < SHOTS ? undefined : uniform, start };
}

function* samplesOf(
  draws: Iterable<{ readonly state: number; readonly count: number }>,
  measurable: Measurable,
) {
  for (const { state, count } of draws) yield { sample: measurable.lift(state), count };
}

/** As many states as are measured, each with the same chance, each once with its count. */
function uniformDraws({ stateCount }: Measurable, stream: RandomStream) {
  const counts = new Map<number, number>();
  for (let shot = 0; shot < SHOTS; shot += 1) {
    const state = stream.below(stateCount);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return Array.from(counts, ([state, count]) => ({ state, count }));
}
