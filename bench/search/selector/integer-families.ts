/**
 * Families with variables of more than two values, for learning which search to take: amounts to be
 * portioned out under rows, and lattice points near a given one, which have none.
 */
import type { RandomStream } from "#foundation";
import { COMPARISON, ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";

/**
 * Amounts with a number each would best be, dear by the square of what is missing, under capacities
 * over a third of them each and one sum that has to come out; pairs of neighbours hold together in
 * every other.
 */
export function portions(stream: RandomStream, number: number): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  const count = 30 + 50 * number;
  const most = [3, 10, 20, 50, 100][number];
  const planted = Array.from({ length: count }, () => stream.below(most + 1));
  for (let variable = 0; variable < count; variable += 1) {
    assembly.addVariable();
    assembly.restrict(variable, VARTYPE.integer, 0, most);
    const [weight, wanted] = [1 + stream.below(9), stream.below(most + 1)];
    assembly.addQuadratic(variable, variable, weight);
    assembly.addLinear(variable, -2 * weight * wanted);
    if (variable > 0 && number % 2 === 1) {
      assembly.addQuadratic(variable - 1, variable, stream.below(7) - 3);
    }
  }
  for (let row = 0; row < count / 10; row += 1) {
    const members = planted.map(() => (stream.below(3) === 0 ? 1 + stream.below(9) : 0));
    const used = members.reduce((sum, bias, variable) => sum + bias * planted[variable], 0);
    const index = assembly.addRow({ comparison: COMPARISON.atMost, rightSide: used });
    for (const [variable, bias] of members.entries()) {
      if (bias > 0) assembly.addRowLinear(index, variable, bias);
    }
  }
  const rightSide = planted.reduce((sum, amount) => sum + amount, 0);
  const whole = assembly.addRow({ comparison: COMPARISON.equal, rightSide });
  for (let variable = 0; variable < count; variable += 1) {
    assembly.addRowLinear(whole, variable, 1);
  }
  return assembly.finish();
}

/**
 * The squared distance of an integer combination of drawn vectors from a point that is near one,
 * less the point's own from the origin: shares of it are what can be compared.
 */
export function latticePoints(stream: RandomStream, number: number): QuadraticProblem {
  const assembly = new ProblemAssembly("minimise");
  const count = 20 + 30 * number;
  const most = [4, 8, 15, 30, 60][number];
  const vectors = Array.from({ length: count }, () => {
    return Array.from({ length: count }, () => stream.below(21) - 10);
  });
  const point = Array.from({ length: count }, (_, axis) => {
    const near = vectors.reduce((sum, vector) => sum + vector[axis] * stream.below(most), 0);
    return near + stream.below(11) - 5;
  });
  const product = (one: readonly number[], other: readonly number[]) =>
    one.reduce((sum, entry, axis) => sum + entry * other[axis], 0);
  for (let one = 0; one < count; one += 1) {
    assembly.addVariable();
    assembly.restrict(one, VARTYPE.integer, 0, most);
    assembly.addLinear(one, -2 * product(vectors[one], point));
    for (let other = 0; other <= one; other += 1) {
      const weight = (one === other ? 1 : 2) * product(vectors[one], vectors[other]);
      assembly.addQuadratic(other, one, weight);
    }
  }
  return assembly.finish();
}
