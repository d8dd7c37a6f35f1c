/**
 * Circuits drawn as SVG. The picture takes its colour from the text around it (`currentColor`) and
 * carries a title and a description for those who cannot see it.
 */
import { counted, unreachable } from "#foundation";
import type { Circuit } from "../circuit.ts";
import { statisticsOf } from "../statistics.ts";
import { type Item, layoutOf, type Mark, type Wire } from "./layout.ts";

/** Distances in pixels. */
const ROW = 40;
const GAP = 14;
const BOX_HEIGHT = 28;
const CHARACTER = 7.2;
const MARGIN = 12;

/** `circuit` as one `<svg>` element. The same circuit gives the same text. */
export function drawSvg(circuit: Circuit): string {
  const { wires, columns } = layoutOf(circuit);
  const widths = columns.map((column) => Math.max(...column.map(itemWidth)));
  const labelWidth = Math.max(0, ...wires.map((wire) => wire.label.length)) * CHARACTER;
  const left = MARGIN + labelWidth + GAP;
  const starts = widths.map((_, index) =>
    widths.slice(0, index).reduce((sum, width) => sum + width + GAP, left + GAP),
  );
  const right = widths.reduce((sum, width) => sum + width + GAP, left + GAP);
  const parts = [
    ...wires.flatMap((wire, index) => wireParts(wire, index, left, right)),
    ...columns.flatMap((column, index) =>
      column.map((item) => itemPart(item, starts[index] + widths[index] / 2, wires.length)),
    ),
  ];
  const { qubits, clbits, operations, depth } = statisticsOf(circuit);
  const height = 2 * MARGIN + Math.max(1, wires.length) * ROW;
  const wireText = `${counted(qubits, "qubit")}, ${counted(clbits, "classical bit")}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${pixels(right + MARGIN)}"` +
      ` height="${pixels(height)}" fill="none" stroke="currentColor"` +
      ` font-family="monospace" font-size="12" text-anchor="middle">`,
    "<title>Quantum circuit</title>",
    `<desc>${wireText}, ${counted(operations, "operation")}, depth ${depth}</desc>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function yOf(wire: number): number {
  return MARGIN + wire * ROW + ROW / 2;
}

function wireParts(wire: Wire, index: number, left: number, right: number): readonly string[] {
  const y = yOf(index);
  const label = text(wire.label, left - GAP, y, "end");
  if (wire.kind === "qubit") return [label, line(left, y, right, y)];
  return [label, line(left, y - 1.5, right, y - 1.5), line(left, y + 1.5, right, y + 1.5)];
}

function itemWidth(item: Item): number {
  if (item.kind === "sign") return item.text.length * CHARACTER + 8;
  return Math.max(...item.marks.map((mark) => Math.max(20, mark.text.length * CHARACTER + 12)));
}

function itemPart(item: Item, x: number, wireCount: number): string {
  if (item.kind === "sign") {
    const [top, bottom] = [MARGIN, MARGIN + wireCount * ROW];
    const dashes = ` stroke-dasharray="3 3"`;
    return `<g>${line(x, top + 4, x, bottom, dashes)}${text(item.text, x, top)}</g>`;
  }
  const ys = item.marks.map((mark) => yOf(mark.wire));
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const offsets = item.classical ? [-1.5, 1.5] : [0];
  const isBarrier = item.marks.every((mark) => mark.shape === "barrier");
  const joints =
    top === bottom || isBarrier ? [] : offsets.map((dx) => line(x + dx, top, x + dx, bottom));
  const marks = item.marks.map((mark) => markPart(mark, x));
  return `<g>${[...joints, ...marks].join("")}</g>`;
}

function markPart(mark: Mark, x: number): string {
  const y = yOf(mark.wire);
  switch (mark.shape) {
    case "box": {
      const width = Math.max(20, mark.text.length * CHARACTER + 12);
      const corner = `x="${pixels(x - width / 2)}" y="${pixels(y - BOX_HEIGHT / 2)}"`;
      const size = `width="${pixels(width)}" height="${BOX_HEIGHT}"`;
      return `<rect ${corner} ${size} fill="Canvas"/>${text(mark.text, x, y)}`;
    }
    case "control":
      return circle(x, y, 4, ` fill="currentColor"`);
    case "open-control":
      return circle(x, y, 4, ` fill="Canvas"`);
    case "plus":
      return [
        circle(x, y, 10, ` fill="Canvas"`),
        line(x - 10, y, x + 10, y),
        line(x, y - 10, x, y + 10),
      ].join("");
    case "cross":
      return `${line(x - 6, y - 6, x + 6, y + 6)}${line(x - 6, y + 6, x + 6, y - 6)}`;
    case "barrier":
      return line(x, y - ROW / 2, x, y + ROW / 2, ` stroke-dasharray="2 3" stroke-width="3"`);
    default:
      return unreachable(mark.shape);
  }
}

function line(x1: number, y1: number, x2: number, y2: number, extra = ""): string {
  return `<path d="M${pixels(x1)} ${pixels(y1)}L${pixels(x2)} ${pixels(y2)}"${extra}/>`;
}

function circle(x: number, y: number, radius: number, extra: string): string {
  return `<circle cx="${pixels(x)}" cy="${pixels(y)}" r="${radius}"${extra}/>`;
}

function text(content: string, x: number, y: number, anchor?: "end"): string {
  const escaped = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const place = `x="${pixels(x)}" y="${pixels(y + 4)}"`;
  const side = anchor === undefined ? "" : ` text-anchor="${anchor}"`;
  return `<text ${place}${side} stroke="none" fill="currentColor">${escaped}</text>`;
}

function pixels(value: number): string {
  return String(Math.round(value * 10) / 10);
}
