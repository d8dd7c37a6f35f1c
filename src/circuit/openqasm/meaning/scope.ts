/**
 * Names and what they stand for, scope in scope. From within gates and subroutines only constants,
 * gates and subroutines of the outside are visible (specification, "Scoping of variables").
 */
import { unreachable } from "#foundation";
import type { ArrayView, Evaluate } from "../../machine/code.ts";
import type { GateDefinition } from "../gate-expansion.ts";
import { type Position, Rejection } from "../source.ts";
import type { NumberList } from "../values/number-list.ts";
import type { Scalar, ValueType } from "../values/value-type.ts";
import type { Subroutine } from "./subroutine-shape.ts";

/** A variable with one value. */
export interface VariableSymbol {
  readonly kind: "variable";
  readonly type: ValueType;
  readonly cell: number;
  /** The value of a constant, which needs no cell. */
  readonly constant: Scalar | undefined;
}

/** An array, or a subroutine's view of one. */
export interface ArraySymbol {
  readonly kind: "array";
  readonly element: ValueType;
  /** The lengths, where the program fixes them. */
  readonly lengths: readonly number[] | undefined;
  readonly rank: number;
  readonly view: Evaluate<ArrayView>;
  readonly mutable: boolean;
}

/** What a name can stand for. */
export type Meaning =
  | VariableSymbol
  | ArraySymbol
  | { readonly kind: "bits"; readonly list: NumberList; readonly mutable: boolean }
  | { readonly kind: "qubits"; readonly list: NumberList }
  | { readonly kind: "gate"; readonly definition: GateDefinition; readonly fromLibrary: boolean }
  | { readonly kind: "subroutine"; readonly subroutine: Subroutine }
  | { readonly kind: "extern"; readonly result: ValueType | undefined }
  /** Of timing type, which a simulator has no values of. */
  | { readonly kind: "timing" }
  /** Declared by a statement that was rejected: its uses are not reported again. */
  | { readonly kind: "broken" };

interface Scope {
  readonly names: Map<string, Meaning>;
  /** Whether this is the outermost scope of a gate or subroutine. */
  readonly isBody: boolean;
}

/** The scopes around the statement at hand, the global one first. */
export class Scopes {
  readonly #scopes: Scope[] = [{ names: new Map(), isBody: false }];

  /** Whether the statement at hand is in no block, gate or subroutine. */
  get isGlobal(): boolean {
    return this.#scopes.length === 1;
  }

  /** Runs `inside` in a new innermost scope; `isBody` for gates and subroutines. */
  within<T>(isBody: boolean, inside: () => T): T {
    this.#scopes.push({ names: new Map(), isBody });
    try {
      return inside();
    } finally {
      this.#scopes.pop();
    }
  }

  /** Gives `name` a meaning in the innermost scope, where it must be new. */
  declare(at: Position, name: string, meaning: Meaning): void {
    const { names } = this.#scopes[this.#scopes.length - 1];
    const known = names.get(name);
    if (known !== undefined && known.kind !== "broken") {
      throw new Rejection(at, `expected a new name, got ${name}, which is declared already`);
    }
    names.set(name, meaning);
  }

  /** Gives a name of the innermost scope another meaning. */
  replace(name: string, meaning: Meaning): void {
    this.#scopes[this.#scopes.length - 1].names.set(name, meaning);
  }

  /** Takes back a library gate, so that a program may define its own. */
  forgetLibraryGate(name: string): void {
    const meaning = this.#scopes[0].names.get(name);
    if (meaning?.kind === "gate" && meaning.fromLibrary) this.#scopes[0].names.delete(name);
  }

  /** What `name` stands for here, if anything. */
  find(name: string): Meaning | undefined {
    let outside = false;
    for (const { names, isBody } of this.#scopes.toReversed()) {
      const meaning = names.get(name);
      if (meaning !== undefined && (!outside || isVisibleInside(meaning))) return meaning;
      outside ||= isBody;
    }
    return undefined;
  }
}

function isVisibleInside(meaning: Meaning): boolean {
  switch (meaning.kind) {
    case "gate":
    case "subroutine":
    case "extern":
    case "timing":
    case "broken":
      return true;
    case "variable":
      return meaning.constant !== undefined;
    case "array":
    case "bits":
    case "qubits":
      return false;
    default:
      return unreachable(meaning);
  }
}
