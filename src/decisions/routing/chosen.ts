/**
 * Between samples and who has which place: the first values of a sample are the options, what
 * follows are tallies of them.
 */
import type { Sample } from "#problem";
import type { Options } from "./options.ts";
import { placeRows } from "./place-rows.ts";
import type { RoutingQuestion } from "./question.ts";

/** The option each contact has; -1 for none. */
export type Chosen = Int32Array;

/** What a sample chooses. */
export function chosenBy({ starts }: Options, { values }: Sample): Chosen {
  const chosen = new Int32Array(starts.length - 1).fill(-1);
  for (let contact = 0; contact < chosen.length; contact += 1) {
    for (let at = starts[contact]; at < starts[contact + 1]; at += 1) {
      if (values[at] === 1) chosen[contact] = at;
    }
  }
  return chosen;
}

/** The sample that chooses so. */
export function sampleOf(question: RoutingQuestion, options: Options, chosen: Chosen): Sample {
  const { tallyOf, tallyMaxima } = placeRows(question, options);
  const values = new Int32Array(options.placeOf.length + tallyMaxima.length);
  for (const option of chosen) {
    if (option < 0) continue;
    values[option] = 1;
    const tally = tallyOf[options.placeOf[option]];
    if (tally >= 0) values[options.placeOf.length + tally] += 1;
  }
  return { values };
}
