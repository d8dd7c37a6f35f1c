/**
 * The state of a translation: the code so far, the cells handed out, the scopes, the complaints.
 * The files around it are functions on this state, one per subject of the language.
 */
import type {
  BitAssignment,
  Cell,
  CellRange,
  InputSlot,
  Instruction,
  Memory,
  OutputRegister,
} from "../../machine/code.ts";
import type { Place } from "../meaning/place-shape.ts";
import { Scopes } from "../meaning/scope.ts";
import type { Subroutine } from "../meaning/subroutine-shape.ts";
import { DIAGNOSTICS_MAX, type Diagnostic, type Position, Rejection } from "../source.ts";
import type { Expression, Statement } from "../syntax.ts";
import type { Typed } from "../values/typed.ts";

/** Cells a program may have in all. */
const CELLS_MAX = 2 ** 20;

/** Qubits a program may declare; no engine comes near. */
const QUBITS_MAX = 2 ** 20;

/** Where `break` and `continue` of a loop go; the jumps are completed when the loop is. */
export interface LoopJumps {
  readonly breaks: number[];
  readonly continues: number[];
}

/** Reads a file that a program includes; `undefined` if there is none. */
export type ReadInclude = (path: string) => string | undefined;

/**
 * The three subjects that lead to each other without end: expressions hold calls, calls hold
 * arguments, arguments hold expressions. They reach each other through the translator.
 */
export interface Grammar {
  /** Emits the code of one statement. */
  readonly statement: (t: Translator, statement: Statement) => void;
  /** The value of an expression; emits the calls it holds. */
  readonly value: (t: Translator, expression: Expression) => Typed;
  /** Emits a call; the place of its result, if the subroutine has one. */
  readonly call: (
    t: Translator,
    at: Position,
    subroutine: Subroutine,
    callArguments: readonly Expression[],
  ) => Place | undefined;
}

/** See the file's paragraph. */
export class Translator {
  readonly version: 2 | 3;
  readonly readInclude: ReadInclude;
  readonly scopes = new Scopes();
  readonly instructions: Instruction[] = [];
  readonly initialCells: Cell[] = [];
  readonly inputs: InputSlot[] = [];
  readonly outputs: (OutputRegister & { readonly declared: boolean })[] = [];
  readonly qubitRegisters: { readonly name: string; readonly qubits: readonly number[] }[] = [];
  readonly bitCells: number[] = [];
  readonly subroutineCells: CellRange[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** The loops around the statement at hand, within the subroutine at hand. */
  loops: LoopJumps[] = [];
  /** What `defcal` has given another meaning: names of gates, `measure`, `reset`. */
  readonly calibrated = new Set<string>();
  /** The subroutine whose body is translated. */
  subroutine: Subroutine | undefined;
  /** How many branches and loops are around the statement at hand. */
  controlDepth = 0;
  /** Files included in each other around the statement at hand. */
  includeDepth = 0;
  /** Characters of included text so far. */
  includedLength = 0;
  readonly #grammar: Grammar;
  readonly #hardwareQubits: ReadonlyMap<number, number>;
  #qubitCount: number;

  constructor(
    version: 2 | 3,
    readInclude: ReadInclude,
    hardwareQubits: readonly number[],
    grammar: Grammar,
  ) {
    this.version = version;
    this.readInclude = readInclude;
    this.#grammar = grammar;
    this.#hardwareQubits = new Map(hardwareQubits.map((label, qubit) => [label, qubit]));
    this.#qubitCount = hardwareQubits.length;
    for (const [label, qubit] of this.#hardwareQubits) {
      this.qubitRegisters.push({ name: `$${label}`, qubits: [qubit] });
    }
  }

  /** Qubits declared so far. */
  get qubitCount(): number {
    return this.#qubitCount;
  }

  /** The value of `expression`; emits the calls it holds. */
  value(expression: Expression): Typed {
    return this.#grammar.value(this, expression);
  }

  /** Emits a call; the place of its result, if the subroutine has one. */
  call(
    at: Position,
    subroutine: Subroutine,
    callArguments: readonly Expression[],
  ): Place | undefined {
    return this.#grammar.call(this, at, subroutine, callArguments);
  }

  /** Where the next instruction will stand. */
  get place(): number {
    return this.instructions.length;
  }

  /** Appends an instruction and returns its place. */
  emit(instruction: Instruction): number {
    return this.instructions.push(instruction) - 1;
  }

  /**
   * Appends a change of cells; `assigns` says so if it is a bit that gets the truth of a condition.
   */
  store(run: (memory: Memory) => void, assigns?: BitAssignment): void {
    this.emit({ kind: "store", run, assigns });
  }

  /** Reserves a place for a jump or branch that is completed later. */
  reserve(): number {
    return this.emit({ kind: "halt" });
  }

  /** Hands out `count` neighbouring cells that begin as `initial`; returns the first. */
  allocate(at: Position, count: number, initial: Cell): number {
    const first = this.initialCells.length;
    if (first + count > CELLS_MAX) {
      throw new Rejection(at, `expected at most ${CELLS_MAX} values in all variables, got more`);
    }
    for (let index = 0; index < count; index += 1) this.initialCells.push(initial);
    return first;
  }

  /** Hands out `count` neighbouring cells for bits. */
  allocateBits(at: Position, count: number): readonly number[] {
    const first = this.allocate(at, count, 0);
    const cells = Array.from({ length: count }, (_, index) => first + index);
    this.bitCells.push(...cells);
    return cells;
  }

  /** Hands out `count` qubits under `name`. */
  allocateQubits(at: Position, name: string, count: number): readonly number[] {
    if (this.#qubitCount + count > QUBITS_MAX) {
      throw new Rejection(at, `expected at most ${QUBITS_MAX} qubits, got more`);
    }
    const qubits = Array.from({ length: count }, (_, index) => this.#qubitCount + index);
    this.#qubitCount += count;
    this.qubitRegisters.push({ name, qubits });
    return qubits;
  }

  /** The qubit that stands for the physical qubit `label`. */
  hardwareQubit(at: Position, label: number): number {
    const qubit = this.#hardwareQubits.get(label);
    if (qubit === undefined) throw new Rejection(at, `expected a qubit, got $${label}`);
    return qubit;
  }

  /**
   * Translates statements one by one; what one of them gets wrong is kept and the next is tried.
   */
  statements(statements: readonly Statement[]): void {
    for (const statement of statements) {
      try {
        this.#grammar.statement(this, statement);
      } catch (thrown) {
        this.#keep(thrown, statement);
      }
    }
  }

  /**
   * Runs `inside` as the body of a branch or loop: a scope of its own, entered more than once or
   * not at all.
   */
  block(inside: () => void): void {
    this.controlDepth += 1;
    try {
      this.scopes.within(false, inside);
    } finally {
      this.controlDepth -= 1;
    }
  }

  #keep(thrown: unknown, statement: Statement): void {
    if (!(thrown instanceof Rejection)) throw thrown;
    if (this.diagnostics.length < DIAGNOSTICS_MAX && thrown.diagnostic.message !== "") {
      this.diagnostics.push(thrown.diagnostic);
    }
    if (!("name" in statement)) return;
    // The name is known to be meant, so later uses of it are not errors of their own.
    if (statement.kind !== "gate-call" && this.scopes.find(statement.name) === undefined) {
      this.scopes.declare(statement.at, statement.name, { kind: "broken" });
    }
  }
}

/** Gives up on a statement without another complaint: the cause has been reported. */
export function silently(at: Position): Rejection {
  return new Rejection(at, "");
}
