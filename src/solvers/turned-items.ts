/** Items of a packing and columns of a normal form, of which some are turned round. */
import { columnsOfSample, type NormalForm, type Sample } from "#problem";

/** A packing whose items are columns; where turned, packed means 0. */
interface TurnedItems {
  readonly form: NormalForm;
  readonly isTurned: Uint8Array;
}

/** Columns from items, or items from columns. */
export function turnedRound(isTurned: Uint8Array, packed: ArrayLike<number>): Uint8Array {
  return isTurned.map((turned, item) => turned ^ packed[item]);
}

/** The items packed in a sample, if it agrees with what the problem's rows alone decide. */
export function packedBy(
  { form, isTurned }: TurnedItems,
  sample: Sample | undefined,
): Uint8Array | undefined {
  const columns = sample && columnsOfSample(form, sample);
  return columns && turnedRound(isTurned, columns);
}

/** Cost, by the normal form, of packing nothing. */
export function turnedCost({ form, isTurned }: TurnedItems): number {
  const { costs, pairs } = form;
  let cost = costs.reduce((sum, each, column) => sum + isTurned[column] * each, 0);
  for (let pair = 0; pair < pairs.count; pair += 1) {
    if (isTurned[pairs.firsts[pair]] === 1 && isTurned[pairs.seconds[pair]] === 1) {
      cost += pairs.biases[pair];
    }
  }
  return cost;
}
