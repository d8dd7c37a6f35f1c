/**
 * Rows of the gate table for one qubit and fewer, together.
 */
import { fixedGates } from "./fixed-gates.ts";
import type { GateRow } from "./gate-row.ts";
import { rotationGates } from "./rotation-gates.ts";

/** All gates of at most one qubit. */
export const oneQubitGates: readonly GateRow[] = [...rotationGates, ...fixedGates];
