/**
 * Which gates of the table a list of operations uses.
 */
import type { Operation } from "../../circuit.ts";
import { mapBodies } from "../../transform.ts";

/** The names of the gates in `operations`, bodies included, in the order in which they are met. */
export function gatesIn(operations: readonly Operation[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (operation: Operation): Operation => {
    if (operation.kind === "gate") names.add(operation.gate);
    return mapBodies(operation, visit);
  };
  for (const operation of operations) visit(operation);
  return names;
}
