/**
 * The schedule of a state that fits into one tile: every bit is local, so nodes are dealt into
 * slots, each as early as its bits allow. Slot k is rotations and matrices first, then diagonals.
 */
import type { DiagonalNode, MatrixNode, PlanNode, RotationNode } from "./node.ts";
import type { Pass, ScheduleShape, Stage } from "./pass.ts";

/** What happens in one slot. */
interface Slot {
  readonly rotations: RotationNode[];
  readonly matrices: MatrixNode[];
  readonly diagonals: DiagonalNode[];
}

/** The passes for `nodes` on a single tile. */
export function scheduleOneTile(
  nodes: readonly PlanNode[],
  { bitCount, stagesMax }: ScheduleShape,
): readonly Pass[] {
  const stages = slotsOf(nodes, bitCount).flatMap(stagesOf);
  const shape = { columns: bitCount, rows: [] };
  const passes: Pass[] = [];
  for (let from = 0; from < stages.length; from += stagesMax) {
    passes.push({ shape, stages: stages.slice(from, from + stagesMax) });
  }
  return passes;
}

function slotsOf(nodes: readonly PlanNode[], bitCount: number): readonly Slot[] {
  const slots: Slot[] = [];
  const slotAt = (index: number): Slot => {
    while (slots.length <= index) slots.push({ rotations: [], matrices: [], diagonals: [] });
    return slots[index];
  };
  // Per bit, the slot of its last rotation or matrix, and the latest slot of its diagonals.
  const mixed = new Array<number>(bitCount).fill(0);
  const turned = new Array<number>(bitCount).fill(0);
  for (const node of nodes) {
    if (node.kind === "rotation" || node.kind === "matrix") {
      const at = 1 + Math.max(latest(mixed, node.mask), latest(turned, node.mask));
      raise(mixed, node.mask, at);
      if (node.kind === "rotation") slotAt(at).rotations.push(node);
      else slotAt(at).matrices.push(node);
    } else {
      const at = latest(mixed, node.mask);
      raise(turned, node.mask, at);
      slotAt(at).diagonals.push(node);
    }
  }
  return slots;
}

function latest(slots: readonly number[], mask: number): number {
  let most = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    most = Math.max(most, slots[31 - Math.clz32(rest & -rest)]);
  }
  return most;
}

function raise(slots: number[], mask: number, least: number): void {
  for (let rest = mask; rest !== 0; rest &= rest - 1) {
    const bit = 31 - Math.clz32(rest & -rest);
    slots[bit] = Math.max(slots[bit], least);
  }
}

function stagesOf({ rotations, matrices, diagonals }: Slot): readonly Stage[] {
  const stages: Stage[] = matrices.map((node) => ({ kind: "matrix", node }));
  if (rotations.length > 0) stages.push({ kind: "rotations", nodes: rotations });
  if (diagonals.length > 0) stages.push({ kind: "diagonal", nodes: diagonals });
  return stages;
}
