/**
 * Drawings and figures of circuits.
 */
import { expect, test } from "vitest";
import { circuitOf } from "../builder.ts";
import { bitIsSet } from "../conditions.ts";
import { statisticsOf } from "../statistics.ts";
import { drawSvg } from "./svg.ts";
import { drawText } from "./text.ts";

const sample = circuitOf((b) => {
  const q = b.qubits("q", 3);
  const [c] = b.bits("c", 1);
  b.h(q[0])
    .cx(q[0], q[2])
    .rx(Math.PI / 2, q[1])
    .barrier();
  b.gate("x", [q[1]], { controls: [{ qubit: q[0], value: 0 }] }).gate("swap", [q[1], q[2]]);
  b.measure(q[0], c).if(
    bitIsSet(c),
    (then) => then.z(q[1]),
    (otherwise) => otherwise.reset(q[2]),
  );
});

test("a circuit as text: wires, joints, signs of control flow", () => {
  expect(drawText(sample)).toBe(
    [
      "q[0]: ─[h]─●────────────░──○────[M]─if c[0] {─────} else {───────}─",
      "           │               │     ║      ┊            ┊           ┊",
      "q[1]: ─────┼─[rx(pi/2)]─░─[x]─×──╫──────┊─────[z]────┊───────────┊─",
      "           │                  │  ║      ┊            ┊           ┊",
      "q[2]: ─────⊕────────────░─────×──╫──────┊────────────┊─────[|0>]─┊─",
      "                                 ║      ┊            ┊           ┊",
      "c[0]: ═══════════════════════════●══════┊════════════┊═══════════┊═",
      "",
    ].join("\n"),
  );
});

test("a circuit without wires is an empty text and still a picture", () => {
  const empty = circuitOf(() => {});
  expect(drawText(empty)).toBe("");
  expect(drawSvg(empty)).toContain(
    "<desc>0 qubits, 0 classical bits, 0 operations, depth 0</desc>",
  );
});

test("a circuit as SVG: one element, every mark, nothing unescaped", () => {
  const svg = drawSvg(sample);
  expect(svg).toBe(drawSvg(sample));
  expect(svg.match(/<svg /g)).toHaveLength(1);
  for (const text of ["rx(pi/2)", "|0&gt;", "if c[0] {", "q[2]"])
    expect(svg).toContain(`>${text}<`);
  const tags = [...svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)];
  const open: string[] = [];
  for (const [, closing, name, alone] of tags) {
    if (closing === "/") expect(open.pop()).toBe(name);
    else if (alone === "") open.push(name);
  }
  expect(open).toEqual([]);
});

test("figures: counts by kind, depth along wires and bits, rounds of loops", () => {
  expect(statisticsOf(sample)).toEqual({
    qubits: 3,
    clbits: 1,
    operations: 8,
    counts: {
      barrier: 1,
      cx: 1,
      h: 1,
      if: 1,
      measure: 1,
      "negctrl @ x": 1,
      reset: 1,
      rx: 1,
      swap: 1,
      z: 1,
    },
    multiQubitGates: 3,
    depth: 5,
    multiQubitDepth: 3,
  });
  const looped = circuitOf((b) => {
    const [p, q] = b.qubits("q", 2);
    b.repeat(10, (body) => body.h(p).cx(p, q)).repeat(0, (body) => body.h(p));
  });
  expect(statisticsOf(looped)).toMatchObject({
    operations: 20,
    counts: { cx: 10, h: 10, repeat: 2 },
    depth: 20,
    multiQubitDepth: 10,
  });
});
