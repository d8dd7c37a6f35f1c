/**
 * What is known of a subroutine once its head has been read: where its code begins, and which cells
 * its parameters and its result are in.
 */
import type { NumberList } from "../values/number-list.ts";
import type { ValueType } from "../values/value-type.ts";

/** One parameter and where its argument is put. */
export type Parameter =
  | { readonly kind: "scalar"; readonly type: ValueType; readonly cell: number }
  | { readonly kind: "bits"; readonly list: NumberList }
  /** The cell holds the list of qubits. */
  | {
      readonly kind: "qubits";
      readonly cell: number;
      readonly size: number;
      readonly isSingle: boolean;
    }
  /** The cell holds the view of the caller's array. */
  | {
      readonly kind: "array";
      readonly element: ValueType;
      readonly lengths: readonly number[] | undefined;
      readonly rank: number;
      readonly mutable: boolean;
      readonly cell: number;
    };

/** Where a result is left. */
export type Result =
  | { readonly kind: "scalar"; readonly type: ValueType; readonly cell: number }
  | { readonly kind: "bits"; readonly list: NumberList };

/** A subroutine that can be called. */
export interface Subroutine {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly result: Result | undefined;
  readonly entry: number;
}
