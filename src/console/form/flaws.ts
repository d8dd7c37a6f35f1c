/**
 * The flaws of a refused request, each at the field it speaks of.
 */
import type { Problem } from "#wire";

/** One wrong place, as the server names it. */
export type Flaw = Problem["flaws"][number];

/** The messages at exactly `pointer`. */
export function flawsAt(flaws: readonly Flaw[], pointer: string): readonly string[] {
  return flaws.filter((flaw) => flaw.pointer === pointer).map(({ message }) => message);
}

/** The messages at `pointer` and everywhere inside it, for a field that shows its inside as one. */
export function flawsWithin(flaws: readonly Flaw[], pointer: string): readonly string[] {
  return flaws
    .filter((flaw) => flaw.pointer === pointer || flaw.pointer.startsWith(`${pointer}/`))
    .map((flaw) => {
      const inside = flaw.pointer.slice(pointer.length + 1);
      return inside === "" ? flaw.message : `${inside}: ${flaw.message}`;
    });
}

/** `pointer` and the places around it, from the inside out: where a reader can be led. */
export function placesAround(pointer: string): readonly string[] {
  const steps = pointer.split("/");
  return steps.map((_, index) => steps.slice(0, steps.length - index).join("/"));
}
