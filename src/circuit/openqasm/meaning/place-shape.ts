/**
 * The kinds of places that names and indexed names lead to.
 */
import type { Evaluate, Memory } from "../../machine/code.ts";
import type { ArrayPlace } from "../values/array-place.ts";
import type { NumberList } from "../values/number-list.ts";
import type { Scalar, ValueType } from "../values/value-type.ts";

/** A place with one value. */
export interface ScalarPlace {
  readonly kind: "scalar";
  readonly type: ValueType;
  readonly constant: Scalar | undefined;
  readonly read: Evaluate<Scalar>;
  /** Writes a value of the type; absent where nothing may be written. */
  readonly write: ((memory: Memory, value: Scalar) => void) | undefined;
}

/** Somewhere qubits or values are. */
export type Place =
  | ScalarPlace
  | ArrayPlace
  | { readonly kind: "bits"; readonly list: NumberList; readonly mutable: boolean }
  | { readonly kind: "qubits"; readonly list: NumberList };
