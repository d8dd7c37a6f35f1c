/**
 * The catalogue: every decision type the platform can answer, one line each.
 */
import type { DecisionType } from "./decision-type.ts";
import { ranking } from "./ranking/definition.ts";
import { routing } from "./routing/definition.ts";

/** All decision types. */
export const catalogue: readonly DecisionType[] = Object.freeze([ranking, routing]);

/** The type of this id, or `undefined`. */
export function typeNamed(id: string): DecisionType | undefined {
  return catalogue.find((type) => type.id === id);
}
