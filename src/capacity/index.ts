/**
 * Capacity: what decisions share and use up - agents' places, stock, seats. Reserved, committed,
 * released, expired; never more than there is. Knows nothing of how anything is decided.
 */
export type {
  Capacity,
  CapacityStore,
  CapacityTotal,
  Draw,
  Reservation,
  Reserved,
} from "./ports.ts";
