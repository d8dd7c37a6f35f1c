/**
 * Circuits drawn as text, one line per wire with the joining lines between them.
 */
import { unreachable } from "#foundation";
import type { Circuit } from "../circuit.ts";
import { type Item, layoutOf, type Mark, type Wire } from "./layout.ts";

const LINE: Readonly<Record<Wire["kind"], string>> = { qubit: "─", bit: "═" };

/**
 * `circuit` as lines of text, each ended by a line feed. A circuit without wires is an empty text.
 */
export function drawText(circuit: Circuit): string {
  const { wires, columns } = layoutOf(circuit);
  if (wires.length === 0) return "";
  const labelWidth = Math.max(...wires.map((wire) => width(wire.label)));
  const rows = Array.from({ length: 2 * wires.length - 1 }, (_, row) => {
    const label = row % 2 === 0 ? `${wires[row / 2].label}: ` : "  ";
    return label.padStart(labelWidth + 2) + (row % 2 === 0 ? LINE[wires[row / 2].kind] : " ");
  });
  for (const column of columns) {
    const texts = columnTexts(column, wires);
    const columnWidth = Math.max(...texts.map(width));
    for (const [row, text] of texts.entries()) {
      const fill = row % 2 === 0 ? LINE[wires[row / 2].kind] : " ";
      rows[row] += centred(text, columnWidth, fill) + fill;
    }
  }
  return `${rows.map((row) => row.trimEnd()).join("\n")}\n`;
}

function columnTexts(column: readonly Item[], wires: readonly Wire[]): readonly string[] {
  const texts = new Array<string>(2 * wires.length - 1).fill("");
  for (const item of column) {
    if (item.kind === "sign") {
      texts.fill("┊");
      texts[0] = item.text;
      continue;
    }
    const places = item.marks.map((mark) => mark.wire);
    const isBarrier = item.marks.every((mark) => mark.shape === "barrier");
    for (let row = 2 * Math.min(...places) + 1; row < 2 * Math.max(...places); row += 1) {
      texts[row] = isBarrier ? "" : joint(row, item.classical, wires);
    }
    for (const mark of item.marks) texts[2 * mark.wire] = markText(mark);
  }
  return texts;
}

/** The joining line where it passes between wires or over one. */
function joint(row: number, classical: boolean, wires: readonly Wire[]): string {
  if (row % 2 === 1) return classical ? "║" : "│";
  if (classical) return wires[row / 2].kind === "bit" ? "╬" : "╫";
  return wires[row / 2].kind === "bit" ? "╪" : "┼";
}

function markText(mark: Mark): string {
  switch (mark.shape) {
    case "box":
      return `[${mark.text}]`;
    case "control":
      return "●";
    case "open-control":
      return "○";
    case "plus":
      return "⊕";
    case "cross":
      return "×";
    case "barrier":
      return "░";
    default:
      return unreachable(mark.shape);
  }
}

function centred(text: string, total: number, fill: string): string {
  const left = Math.floor((total - width(text)) / 2);
  return fill.repeat(left) + text + fill.repeat(total - width(text) - left);
}

function width(text: string): number {
  return [...text].length;
}
