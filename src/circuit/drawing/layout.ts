/**
 * Where the parts of a circuit's drawing stand: wires from top to bottom, columns from left to
 * right. Text and SVG are two ways of drawing the same layout.
 */
import { unreachable } from "#foundation";
import type { Circuit, Operation } from "../circuit.ts";
import { bitsOf, qubitsOf } from "../circuit.ts";
import { gateLabel, type WireLabels, wireLabels } from "../labels.ts";

/** Something on one wire. */
export interface Mark {
  readonly wire: number;
  readonly shape: "box" | "control" | "open-control" | "plus" | "cross" | "barrier";
  /** What a box says; empty for other shapes. */
  readonly text: string;
}

/**
 * One operation: its marks and the line that joins them; or a sign over all wires for control flow.
 */
export type Item =
  | {
      readonly kind: "operation";
      readonly marks: readonly Mark[];
      /** Whether the line carries a classical bit. */
      readonly classical: boolean;
    }
  | { readonly kind: "sign"; readonly text: string };

/** A wire with its label. */
export interface Wire {
  readonly kind: "qubit" | "bit";
  readonly label: string;
}

/** A whole drawing. */
export interface Layout {
  readonly wires: readonly Wire[];
  /** Items of a column do not overlap. */
  readonly columns: readonly (readonly Item[])[];
}

/** The layout of `circuit`: each operation as far left as the operations before it allow. */
export function layoutOf(circuit: Circuit): Layout {
  const labels = wireLabels(circuit);
  const wires = [
    ...labels.qubits.map((label): Wire => ({ kind: "qubit", label })),
    ...labels.bits.map((label): Wire => ({ kind: "bit", label })),
  ];
  const grid = new Grid(wires.length);
  place(circuit.operations, grid, labels);
  return { wires, columns: grid.columns };
}

class Grid {
  readonly columns: Item[][] = [];
  readonly #next: number[];

  constructor(wireCount: number) {
    this.#next = new Array<number>(wireCount).fill(0);
  }

  /** Puts `item` in the first column that is free between its outermost wires. */
  put(item: Item): void {
    const wires =
      item.kind === "sign" ? [0, this.#next.length - 1] : item.marks.map((mark) => mark.wire);
    const [from, to] = [Math.min(...wires), Math.max(...wires)];
    const free = this.#next.slice(Math.max(0, from), to + 1);
    const column = item.kind === "sign" ? this.columns.length : Math.max(0, ...free);
    while (this.columns.length <= column) this.columns.push([]);
    this.columns[column].push(item);
    this.#next.fill(column + 1, Math.max(0, from), to + 1);
  }
}

function place(operations: readonly Operation[], grid: Grid, labels: WireLabels): void {
  const { condition } = labels;
  for (const operation of operations) {
    switch (operation.kind) {
      case "if":
        grid.put({ kind: "sign", text: `if ${condition(operation.condition)} {` });
        place(operation.whenTrue, grid, labels);
        if (operation.whenFalse.length > 0) {
          grid.put({ kind: "sign", text: "} else {" });
          place(operation.whenFalse, grid, labels);
        }
        grid.put({ kind: "sign", text: "}" });
        break;
      case "repeat":
      case "while": {
        const head = operation.kind === "repeat" ? operation.times : condition(operation.condition);
        grid.put({ kind: "sign", text: `${operation.kind} ${head} {` });
        place(operation.body, grid, labels);
        grid.put({ kind: "sign", text: "}" });
        break;
      }
      case "gate":
      case "unitary":
      case "measure":
      case "reset":
      case "barrier":
      case "assign": {
        const marks = marksOf(operation, labels);
        const text = operation.kind === "gate" ? gateLabel(operation) : operation.kind;
        // A bare global phase is on no wire.
        if (marks.length === 0) grid.put({ kind: "sign", text });
        else grid.put({ kind: "operation", marks, classical: operation.kind === "measure" });
        break;
      }
      default:
        unreachable(operation);
    }
  }
}

type Simple = Exclude<Operation, { kind: "if" | "repeat" | "while" }>;

function marksOf(operation: Simple, labels: WireLabels): readonly Mark[] {
  const bitWire = (bit: number) => labels.qubits.length + bit;
  switch (operation.kind) {
    case "gate":
    case "unitary":
      return gateMarks(operation);
    case "measure":
      return [
        { wire: operation.qubit, shape: "box", text: "M" },
        { wire: bitWire(operation.bit), shape: "control", text: "" },
      ];
    case "reset":
      return [{ wire: operation.qubit, shape: "box", text: "|0>" }];
    case "barrier":
      return qubitsOf(operation).map((wire) => ({ wire, shape: "barrier", text: "" }));
    case "assign": {
      const text = `= ${labels.condition(operation.value)}`;
      const read = bitsOf(operation).filter((bit) => bit !== operation.bit);
      return [
        { wire: bitWire(operation.bit), shape: "box", text },
        ...read.map((bit): Mark => ({ wire: bitWire(bit), shape: "control", text: "" })),
      ];
    }
    default:
      return unreachable(operation);
  }
}

function gateMarks(operation: Extract<Operation, { kind: "gate" | "unitary" }>): readonly Mark[] {
  const controls = operation.controls.map(
    ({ qubit, value }): Mark => ({
      wire: qubit,
      shape: value === 1 ? "control" : "open-control",
      text: "",
    }),
  );
  const text = gateLabel(operation);
  const known = operation.kind === "gate" && operation.power === 1 ? operation.gate : "";
  const { targets } = operation;
  return [
    ...controls,
    ...targets.map((wire, place) => targetMark(known, text, wire, place, targets)),
  ];
}

/** Well-known gates have shapes of their own. */
function targetMark(
  gate: string,
  text: string,
  wire: number,
  place: number,
  targets: readonly number[],
): Mark {
  const isLast = place === targets.length - 1;
  if (["cx", "ccx", "c3x", "c4x"].includes(gate)) {
    return { wire, shape: isLast ? "plus" : "control", text: "" };
  }
  if (gate === "cz" || gate === "ccz") return { wire, shape: "control", text: "" };
  if (gate === "swap") return { wire, shape: "cross", text: "" };
  if (gate === "cswap") return { wire, shape: place === 0 ? "control" : "cross", text: "" };
  // Which target is which matters for a box that spans several.
  return { wire, shape: "box", text: targets.length > 1 ? `${text}:${place}` : text };
}
