/**
 * The catalogue: every decision type the platform can answer, one line each.
 */
import type { DecisionType } from "./decision-type.ts";
import { ranking } from "./ranking/definition.ts";

/** All decision types. */
export const catalogue: readonly DecisionType[] = Object.freeze([ranking]);

/** The type of this id, or `undefined`. */
export function typeNamed(id: string): DecisionType | undefined {
  return catalogue.find((type) => type.id === id);
}
