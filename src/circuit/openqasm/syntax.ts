/**
 * The syntax tree of OpenQASM: closed unions of frozen values, each with the place where it begins.
 * Names follow the reference grammar (qasm3Parser.g4). OpenQASM 2 is read into the same tree.
 */
import type { Position } from "./source.ts";

/** Operators of two operands. `++` joins registers and arrays. */
export type BinaryOperator =
  | "**"
  | "*"
  | "/"
  | "%"
  | "+"
  | "-"
  | "<<"
  | ">>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "=="
  | "!="
  | "&"
  | "^"
  | "|"
  | "&&"
  | "||"
  | "++";

/** Operators of one operand. */
export type UnaryOperator = "~" | "!" | "-";

/** A value, or something that names qubits. */
export type Expression =
  | { readonly kind: "integer"; readonly at: Position; readonly value: bigint }
  | { readonly kind: "float"; readonly at: Position; readonly value: number }
  | { readonly kind: "imaginary"; readonly at: Position; readonly value: number }
  | { readonly kind: "boolean"; readonly at: Position; readonly value: boolean }
  /** The characters 0 and 1, most significant first. */
  | { readonly kind: "bits"; readonly at: Position; readonly value: string }
  | { readonly kind: "timing"; readonly at: Position; readonly text: string }
  | { readonly kind: "name"; readonly at: Position; readonly name: string }
  | { readonly kind: "hardware-qubit"; readonly at: Position; readonly index: number }
  | {
      readonly kind: "unary";
      readonly at: Position;
      readonly operator: UnaryOperator;
      readonly operand: Expression;
    }
  | {
      readonly kind: "binary";
      readonly at: Position;
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "index";
      readonly at: Position;
      readonly subject: Expression;
      readonly indices: readonly Index[];
    }
  | {
      readonly kind: "call";
      readonly at: Position;
      readonly name: string;
      readonly callArguments: readonly Expression[];
    }
  | {
      readonly kind: "cast";
      readonly at: Position;
      readonly type: TypeSyntax;
      readonly operand: Expression;
    }
  | { readonly kind: "durationof"; readonly at: Position };

/** One entry between square brackets. */
export type Index =
  | { readonly kind: "single"; readonly at: Position; readonly value: Expression }
  | Range
  | { readonly kind: "set"; readonly at: Position; readonly values: readonly Expression[] };

/** `start : step : stop`, both ends included; what is left out is `undefined`. */
export interface Range {
  readonly kind: "range";
  readonly at: Position;
  readonly start: Expression | undefined;
  readonly step: Expression | undefined;
  readonly stop: Expression | undefined;
}

/** A type as written; `size` is the designator in brackets. */
export type TypeSyntax =
  | {
      readonly kind: "scalar";
      readonly at: Position;
      readonly name:
        | "bit"
        | "int"
        | "uint"
        | "float"
        | "angle"
        | "bool"
        | "complex"
        | "duration"
        | "stretch";
      readonly size: Expression | undefined;
    }
  | { readonly kind: "qubit"; readonly at: Position; readonly size: Expression | undefined }
  | {
      readonly kind: "array";
      readonly at: Position;
      readonly element: TypeSyntax;
      readonly lengths: readonly Expression[];
      /**
       * For parameters: how the caller's array may be used, and its rank where lengths are left
       * open.
       */
      readonly access: "readonly" | "mutable" | undefined;
      readonly rank: Expression | undefined;
    };

/** What an array is initialised with. */
export interface ArrayLiteral {
  readonly kind: "array-literal";
  readonly at: Position;
  readonly items: readonly (Expression | ArrayLiteral)[];
}

/** `measure` of an operand, where a value is allowed to come from one. */
export interface Measure {
  readonly kind: "measure";
  readonly at: Position;
  readonly operand: Expression;
}

/** `name(arguments) operands`: a gate, or a subroutine that is given its qubits like a gate. */
export interface GateCall {
  readonly kind: "gate-call";
  readonly at: Position;
  readonly modifiers: readonly Modifier[];
  readonly name: string;
  readonly callArguments: readonly Expression[];
  readonly operands: readonly Expression[];
}

/** A gate modifier. */
export type Modifier =
  | { readonly kind: "inv"; readonly at: Position }
  | { readonly kind: "pow"; readonly at: Position; readonly exponent: Expression }
  | {
      readonly kind: "ctrl" | "negctrl";
      readonly at: Position;
      readonly count: Expression | undefined;
    };

/** What can stand on the right of `=`. */
export type RightSide = Expression | Measure | GateCall | ArrayLiteral;

/** A parameter of a subroutine. */
export interface ParameterSyntax {
  readonly at: Position;
  readonly type: TypeSyntax;
  readonly name: string;
}

/** One statement. */
export type Statement =
  | { readonly kind: "include"; readonly at: Position; readonly path: string }
  | {
      readonly kind: "declare";
      readonly at: Position;
      readonly role: "variable" | "const" | "input" | "output";
      readonly type: TypeSyntax;
      readonly name: string;
      readonly value: RightSide | undefined;
    }
  | {
      readonly kind: "alias";
      readonly at: Position;
      readonly name: string;
      readonly value: Expression;
    }
  | {
      readonly kind: "gate-definition";
      readonly at: Position;
      readonly name: string;
      readonly parameters: readonly string[];
      readonly qubits: readonly string[];
      /** `undefined` for an `opaque` gate of OpenQASM 2. */
      readonly body: readonly Statement[] | undefined;
    }
  | {
      readonly kind: "subroutine";
      readonly at: Position;
      readonly name: string;
      readonly parameters: readonly ParameterSyntax[];
      readonly result: TypeSyntax | undefined;
      readonly body: readonly Statement[];
    }
  /** A `defcal`: what it calibrates is no longer what the library says. */
  | { readonly kind: "calibration"; readonly at: Position; readonly target: string }
  | {
      readonly kind: "extern";
      readonly at: Position;
      readonly name: string;
      readonly result: TypeSyntax | undefined;
    }
  | GateCall
  | {
      readonly kind: "assign";
      readonly at: Position;
      readonly target: Expression;
      /** The operator of a compound assignment. */
      readonly operator: BinaryOperator | undefined;
      readonly value: RightSide;
    }
  | {
      readonly kind: "measure-statement";
      readonly at: Position;
      readonly operand: Expression;
      readonly target: Expression | undefined;
    }
  | { readonly kind: "reset"; readonly at: Position; readonly operand: Expression }
  | { readonly kind: "barrier"; readonly at: Position; readonly operands: readonly Expression[] }
  | { readonly kind: "expression"; readonly at: Position; readonly value: Expression }
  | { readonly kind: "block"; readonly at: Position; readonly body: readonly Statement[] }
  | {
      readonly kind: "if";
      readonly at: Position;
      readonly condition: Expression;
      readonly whenTrue: readonly Statement[];
      readonly whenFalse: readonly Statement[];
    }
  | {
      readonly kind: "for";
      readonly at: Position;
      readonly type: TypeSyntax;
      readonly name: string;
      readonly values: Index;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: "while";
      readonly at: Position;
      readonly condition: Expression;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: "switch";
      readonly at: Position;
      readonly subject: Expression;
      readonly cases: readonly SwitchCase[];
      readonly fallback: readonly Statement[] | undefined;
    }
  | { readonly kind: "return"; readonly at: Position; readonly value: RightSide | undefined }
  | { readonly kind: "break" | "continue" | "end" | "nop" | "pragma"; readonly at: Position }
  /**
   * A statement of timing or calibration: understood as far as its syntax, refused when it is
   * reached.
   */
  | { readonly kind: "timing"; readonly at: Position; readonly what: string };

/** One `case` of a switch. */
export interface SwitchCase {
  readonly at: Position;
  readonly values: readonly Expression[];
  readonly body: readonly Statement[];
}

/** A whole text. */
export interface SyntaxTree {
  readonly version: 2 | 3;
  readonly statements: readonly Statement[];
}
