/**
 * Bases: the gates that a kind of device has of its own.
 */

/** How a one-qubit unitary is written: the gates there are. */
export type OneQubitBasis =
  /** rz, sx, x. */
  | "rz-sx"
  /** rz, rx by quarter and half turns only. */
  | "rz-rx"
  /** gpi and gpi2: half and quarter turns about an axis on the equator. */
  | "gpi"
  /** The U of OpenQASM. */
  | "u";

/** The gate that joins two qubits: of fixed angle, or any angle up to a quarter turn. */
export type Entangler = "cx" | "cz" | "ecr" | "rzz" | "ms";

/** One basis. */
export interface Basis {
  readonly name: string;
  /** Whose devices have it, in a few words. */
  readonly sentence: string;
  readonly oneQubit: OneQubitBasis;
  readonly entangler: Entangler;
}

/** The bases there are. */
export const bases: readonly Basis[] = Object.freeze([
  {
    name: "ibm-cz",
    sentence: "IBM Heron: rz, sx, x and cz.",
    oneQubit: "rz-sx",
    entangler: "cz",
  },
  {
    name: "ibm-ecr",
    sentence: "IBM Eagle: rz, sx, x and ecr.",
    oneQubit: "rz-sx",
    entangler: "ecr",
  },
  {
    name: "ibm-cx",
    sentence: "IBM Falcon: rz, sx, x and cx.",
    oneQubit: "rz-sx",
    entangler: "cx",
  },
  {
    name: "ibm-rzz",
    sentence: "IBM Heron with fractional gates: rz, sx, x and rzz of at most a quarter turn.",
    oneQubit: "rz-sx",
    entangler: "rzz",
  },
  {
    name: "ionq-ms",
    sentence: "IonQ Aria: gpi, gpi2 and ms.",
    oneQubit: "gpi",
    entangler: "ms",
  },
  {
    name: "ionq-zz",
    sentence: "IonQ Forte: gpi, gpi2 and zz, which is rzz.",
    oneQubit: "gpi",
    entangler: "rzz",
  },
  {
    name: "rigetti",
    sentence: "Rigetti through Braket: rz, rx by quarter turns, and cz.",
    oneQubit: "rz-rx",
    entangler: "cz",
  },
  {
    name: "u-cx",
    sentence: "Any one-qubit gate, and cx: for other transpilers.",
    oneQubit: "u",
    entangler: "cx",
  },
]);
