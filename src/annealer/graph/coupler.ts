/** A coupler of an annealing processor. */

/** Two qubits by their linear labels. */
export type Coupler = readonly [first: number, second: number];
