/**
 * The simplex method of J. Nelder and R. Mead (The Computer Journal 7, 1965): values alone, no
 * gradients. For a few variables and functions without noise.
 */
import { Evaluations, type MinimiseLimits, type Minimum } from "./minimum.ts";

/** Simplices whose values differ by less than this, relative to them, are done. */
const SPREAD_MIN = 1e-14;

interface Vertex {
  readonly point: Float64Array;
  readonly value: number;
}

/** Minimises `f` from `start`, the first simplex having edges of `step`. */
export function nelderMead(
  f: (point: Float64Array) => number,
  start: Float64Array,
  { step, ...limits }: MinimiseLimits & { readonly step: number },
): Minimum {
  const evaluations = new Evaluations(limits);
  const vertex = (point: Float64Array): Vertex => {
    return { point, value: evaluations.take(point, f(point)) };
  };
  let simplex = [vertex(start.slice())];
  for (let axis = 0; axis < start.length && evaluations.mayGoOn; axis += 1) {
    simplex.push(vertex(start.map((x, at) => (at === axis ? x + step : x))));
  }
  if (simplex.length <= start.length || start.length === 0) return evaluations.minimum(start);
  while (evaluations.mayGoOn) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0], simplex[simplex.length - 1]];
    if (worst.value - best.value <= SPREAD_MIN * (1 + Math.abs(best.value))) break;
    const others = simplex.slice(0, -1);
    const centre = start.map((_, at) => others.reduce((sum, { point }) => sum + point[at], 0));
    const beyond = (factor: number) =>
      vertex(centre.map((sum, at) => mixed(sum / others.length, worst.point[at], factor)));
    const next = stepped(beyond, others, worst, evaluations);
    if (next !== undefined) simplex = [...others, next];
    else simplex = shrunk(simplex, vertex, evaluations);
  }
  return evaluations.minimum(start);
}

/** The vertex that replaces the worst; `undefined` where the simplex has to shrink. */
function stepped(
  beyond: (factor: number) => Vertex,
  others: readonly Vertex[],
  worst: Vertex,
  evaluations: Evaluations,
): Vertex | undefined {
  const reflected = beyond(1);
  if (reflected.value < others[0].value) {
    const expanded = evaluations.mayGoOn ? beyond(2) : reflected;
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < others[others.length - 1].value) return reflected;
  if (!evaluations.mayGoOn) return reflected.value < worst.value ? reflected : worst;
  const isOutside = reflected.value < worst.value;
  const contracted = beyond(isOutside ? 0.5 : -0.5);
  return contracted.value < (isOutside ? reflected : worst).value ? contracted : undefined;
}

function shrunk(
  [best, ...others]: readonly Vertex[],
  vertex: (point: Float64Array) => Vertex,
  evaluations: Evaluations,
): Vertex[] {
  return [
    best,
    ...others.map((one) => {
      if (!evaluations.mayGoOn) return one;
      return vertex(one.point.map((x, at) => (x + best.point[at]) / 2));
    }),
  ];
}

/** From `worst` through `centre` and on by `factor` times their distance. */
function mixed(centre: number, worst: number, factor: number): number {
  return centre + factor * (centre - worst);
}
