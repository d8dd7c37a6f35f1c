/**
 * Min-sum variable elimination (U. Bertelè, F. Brioschi, "Nonserial dynamic programming", 1972; R.
 * Dechter's bucket elimination, 1999): the variables are taken out one by one, each leaving behind
 * a table of what it and all that hung on it cost at best, by the values of its neighbours. Time
 * and memory go with the greatest number of combinations of a variable and its neighbours.
 */

/** A term of the objective: what each combination of the variables of `scope` costs. */
export interface Factor {
  /** Variables, each once. */
  readonly scope: Int32Array;
  /** By combination of digits, that of the first variable of the scope changing fastest. */
  readonly costs: Float64Array;
}

/** How an elimination ended. */
export interface EliminationResult {
  /** No combination costs less; infinite where all of them break something. */
  readonly bound: number;
  /** A best digit per variable; absent when stopped early, or when everything costs infinity. */
  readonly digits: Int32Array | undefined;
}

/** What was decided for an eliminated variable: its best digit by the digits of its neighbours. */
interface Choice {
  readonly variable: number;
  readonly neighbours: Int32Array;
  readonly digits: Uint8Array;
}

/** One factor while a bag is walked through: where it is read, and how digits move that place. */
interface Cursor {
  readonly costs: Float64Array;
  readonly strides: Int32Array;
  readonly ownStride: number;
  place: number;
}

/**
 * Eliminates the variables of `order`; variable v takes digits 0 to `counts[v]` - 1, at most 256 of
 * them. Every variable of a scope is in the order. `spend` is told of combinations looked at, and
 * ends the run by answering true.
 */
export function eliminate(
  counts: Int32Array,
  factors: readonly Factor[],
  order: Int32Array,
  spend: (work: number) => boolean,
): EliminationResult {
  const ranks = new Int32Array(counts.length).fill(-1);
  for (const [rank, variable] of order.entries()) ranks[variable] = rank;
  const buckets: Factor[][] = Array.from(order, () => []);
  let constant = 0;
  const file = (factor: Factor) => {
    if (factor.scope.length === 0) constant += factor.costs[0];
    else buckets[Math.min(...factor.scope.map((variable) => ranks[variable]))].push(factor);
  };
  for (const factor of factors) file(factor);
  const choices: Choice[] = [];
  for (const [rank, variable] of order.entries()) {
    const bag = openBag(variable, buckets[rank], counts);
    buckets[rank] = [];
    const { message, digits, isStopped } = walkBag(bag, spend);
    if (isStopped) {
      const open = [bag.factors, ...buckets].flat().map(({ costs }) => leastOf(costs));
      return { bound: open.reduce((sum, cost) => sum + cost, constant), digits: undefined };
    }
    choices.push({ variable, neighbours: bag.neighbours, digits });
    file({ scope: bag.neighbours, costs: message });
  }
  const isPossible = constant < Infinity;
  return { bound: constant, digits: isPossible ? followed(choices, counts) : undefined };
}

interface Bag {
  readonly factors: readonly Factor[];
  readonly neighbours: Int32Array;
  readonly neighbourCounts: Int32Array;
  readonly valueCount: number;
  readonly cursors: readonly Cursor[];
}

function openBag(variable: number, factors: readonly Factor[], counts: Int32Array): Bag {
  const members = new Set(factors.flatMap(({ scope }) => [...scope]));
  members.delete(variable);
  const neighbours = Int32Array.from(members).sort();
  const neighbourCounts = neighbours.map((neighbour) => counts[neighbour]);
  const cursors = factors.map(({ scope, costs }): Cursor => {
    const strides = new Int32Array(neighbours.length);
    let ownStride = 0;
    let stride = 1;
    for (const member of scope) {
      if (member === variable) ownStride = stride;
      else strides[neighbours.indexOf(member)] = stride;
      stride *= counts[member];
    }
    return { costs, strides, ownStride, place: 0 };
  });
  return { factors, neighbours, neighbourCounts, valueCount: counts[variable], cursors };
}

/** The best digit and its cost for each combination of the neighbours. */
function walkBag({ neighbourCounts, valueCount, cursors }: Bag, spend: (work: number) => boolean) {
  const combinations = neighbourCounts.reduce((product, count) => product * count, 1);
  const message = new Float64Array(combinations);
  const digits = new Uint8Array(combinations);
  const odometer = new Int32Array(neighbourCounts.length);
  const workPerStep = (cursors.length + 1) * valueCount;
  const stepsPerReport = Math.max(1, Math.ceil(20_000 / workPerStep));
  for (let step = 0; step < combinations; step += 1) {
    let least = Infinity;
    for (let digit = 0; digit < valueCount; digit += 1) {
      let cost = 0;
      for (const { costs, place, ownStride } of cursors) cost += costs[place + digit * ownStride];
      if (cost >= least) continue;
      least = cost;
      digits[step] = digit;
    }
    message[step] = least;
    if ((step + 1) % stepsPerReport === 0 && spend(stepsPerReport * workPerStep)) {
      return { message, digits, isStopped: true };
    }
    turn(odometer, neighbourCounts, cursors);
  }
  const isStopped = spend((combinations % stepsPerReport) * workPerStep);
  return { message, digits, isStopped };
}

/** Goes to the next combination, and moves the cursors along. */
function turn(odometer: Int32Array, counts: Int32Array, cursors: readonly Cursor[]): void {
  for (let wheel = 0; wheel < odometer.length; wheel += 1) {
    const isCarry = odometer[wheel] === counts[wheel] - 1;
    const by = isCarry ? -odometer[wheel] : 1;
    odometer[wheel] += by;
    for (const cursor of cursors) cursor.place += by * cursor.strides[wheel];
    if (!isCarry) return;
  }
}

/** The choices made good, from the last variable eliminated to the first. */
function followed(choices: readonly Choice[], counts: Int32Array): Int32Array {
  const chosen = new Int32Array(counts.length);
  for (const { variable, neighbours, digits } of choices.toReversed()) {
    let place = 0;
    let stride = 1;
    for (const neighbour of neighbours) {
      place += chosen[neighbour] * stride;
      stride *= counts[neighbour];
    }
    chosen[variable] = digits[place];
  }
  return chosen;
}

function leastOf(costs: Float64Array): number {
  let least = Infinity;
  for (const cost of costs) least = Math.min(least, cost);
  return least;
}
