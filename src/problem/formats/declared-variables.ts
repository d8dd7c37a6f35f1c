/**
 * Variables that a file names in passing and declares later, as LP and MPS do: known by name from
 * their first mention, of a type and bounds once everything has been read.
 */
import type { ProblemAssembly } from "../model/assembly.ts";
import { VARTYPE } from "../model/quadratic-problem.ts";
import type { Position, Scanner } from "./scanner.ts";

/** Bounds of at least this size are no bounds, as CPLEX has it. */
const INFINITE = 1e20;

/** What is known of one variable so far. */
interface Declaration {
  readonly name: string;
  readonly mentioned: Position;
  type: "continuous" | "integer" | "binary";
  lower: number | undefined;
  upper: number | undefined;
}

/** The variables of one file, in order of first mention. */
export class DeclaredVariables {
  readonly #assembly: ProblemAssembly;
  readonly #scanner: Scanner;
  readonly #indexes = new Map<string, number>();
  readonly #declarations: Declaration[] = [];

  constructor(assembly: ProblemAssembly, scanner: Scanner) {
    this.#assembly = assembly;
    this.#scanner = scanner;
  }

  /** The index of `name`, which is added if this is its first mention. */
  mention(name: string, mentioned = this.#scanner.token): number {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    const index = this.#assembly.addVariable(name);
    this.#indexes.set(name, index);
    const declaration: Declaration = {
      name,
      mentioned,
      type: "continuous",
      lower: undefined,
      upper: undefined,
    };
    this.#declarations.push(declaration);
    return index;
  }

  /** The index of `name`, or `undefined` if it was never mentioned. */
  find(name: string): number | undefined {
    return this.#indexes.get(name);
  }

  /** Says what values a variable takes. */
  declare(index: number, type: "integer" | "binary"): void {
    this.#declarations[index].type = type;
  }

  /** Whether a bound of a variable was set. */
  isBounded(index: number): boolean {
    const { lower, upper } = this.#declarations[index];
    return lower !== undefined || upper !== undefined;
  }

  /** Bounds a variable from below; replaces what was set before. */
  boundBelow(index: number, lower: number): void {
    this.#declarations[index].lower = lower <= -INFINITE ? Number.NEGATIVE_INFINITY : lower;
  }

  /** Bounds a variable from above; replaces what was set before. */
  boundAbove(index: number, upper: number): void {
    this.#declarations[index].upper = upper >= INFINITE ? Number.POSITIVE_INFINITY : upper;
  }

  /** Settles every variable: unbounded ones begin at 0. Empty domains are flaws. */
  settle(): void {
    for (const [index, declaration] of this.#declarations.entries()) {
      const { name, mentioned, type } = declaration;
      if (type === "continuous") {
        this.#scanner.refuse(
          `variable ${name}: expected to be declared binary or integer, got a continuous one`,
          mentioned,
        );
      }
      const isBinary = type === "binary";
      const lower = Math.ceil(declaration.lower ?? 0);
      const upper = Math.floor(declaration.upper ?? (isBinary ? 1 : Number.POSITIVE_INFINITY));
      if (lower > upper || (isBinary && (lower < 0 || upper > 1))) {
        const expected = isBinary ? "bounds within 0 and 1" : "a lower bound up to the upper";
        const got = `${lower} and ${upper}`;
        this.#scanner.flaw(`variable ${name}: expected ${expected}, got ${got}`, mentioned);
      } else {
        this.#assembly.restrict(index, VARTYPE.integer, lower, upper);
      }
    }
  }
}
