/** Linear assignment by shortest augmenting paths; the dual prices prove the answer. */
import { linearAssignment as kernel } from "#kernels";
import { type LinearAssignment, recogniseLinearAssignment } from "#problem";
import { structureSolver } from "../structure-solver.ts";

/** Proves in cubic time. */
export const linearAssignment = structureSolver({
  name: "linear-assignment",
  version: 2,
  what: "a linear assignment",
  recognise: recogniseLinearAssignment,
  method: "Jonker-Volgenant shortest augmenting paths, dual prices",
  solve: (found, run) => {
    const { costs, rows, columns } = found;
    // More rows that have to take a column than there are columns: no assignment is complete.
    if (rows > columns) return { end: "infeasible", bound: Number.POSITIVE_INFINITY };
    const { status, columnOf, bound } = kernel(costs, rows, columns, run.budget);
    if (status === "optimal") run.offer(chosenBy(found, columnOf));
    return { end: status, bound };
  },
});

function chosenBy({ form, pairOf, columns }: LinearAssignment, columnOf: Int32Array): Uint8Array {
  const chosen = new Uint8Array(form.columnCount);
  for (const [row, column] of columnOf.entries()) {
    const pair = pairOf[row * columns + column];
    if (pair >= 0) chosen[pair] = 1;
  }
  return chosen;
}
