/**
 * The words OpenQASM keeps for itself, per version: they cannot name anything.
 */

/** Gate modifiers of OpenQASM 3. */
export const MODIFIER_WORDS = ["inv", "pow", "ctrl", "negctrl"] as const;

/** Words that begin a scalar type of OpenQASM 3. */
export const SCALAR_TYPE_WORDS = [
  "bit",
  "int",
  "uint",
  "float",
  "angle",
  "bool",
  "complex",
  "duration",
  "stretch",
] as const;

const RESERVED_3 = [
  ...["OPENQASM", "include", "defcalgrammar", "def", "cal", "defcal", "gate", "extern", "box"],
  ...["let", "break", "continue", "if", "else", "end", "return", "for", "while", "in", "switch"],
  ...["case", "default", "nop", "pragma", "input", "output", "const", "readonly", "mutable"],
  ...["qreg", "qubit", "creg", "array", "void", "gphase", "durationof", "delay", "reset"],
  ...["measure", "barrier", "true", "false"],
  ...SCALAR_TYPE_WORDS,
  ...MODIFIER_WORDS,
];

const RESERVED_2 = [
  ...["OPENQASM", "include", "qreg", "creg", "gate", "opaque", "measure", "reset", "barrier"],
  ...["if", "pi", "sin", "cos", "tan", "exp", "ln", "sqrt"],
];

/** The reserved words of each version. */
export const reservedWords: Readonly<Record<2 | 3, ReadonlySet<string>>> = {
  2: new Set(RESERVED_2),
  3: new Set(RESERVED_3),
};
