/**
 * Small problems cut from large ones, in the formats of the shipped families: the first items, with
 * capacities and counts in proportion. Circuits and annealers have no room for the whole.
 */

/** Writes a problem of about `size` things; the whole is given as text. */
export type Cut = (text: string, size: number) => string;

/** How each family is cut, and to what: one size for circuits, one for annealers. */
export const CUTS: Readonly<Record<string, readonly [cut: Cut, small: number, medium: number]>> =
  Object.freeze({
    "maxcut-gset": [graphCut, 14, 60],
    "bqp-beasley": [matrixCut, 14, 50],
    "bqp-gka": [matrixCut, 14, 50],
    "bqp-anonymous-1000": [matrixCut, 14, 50],
    "max-diversity": [diversityCut, 12, 40],
    "quadratic-knapsack": [pairKnapsackCut, 8, 30],
    "multidim-knapsack": [knapsacksCut, 6, 20],
    "generalized-assignment": [assignmentCut, 5, 10],
    qap: [placementCut, 4, 6],
    tsp: [tourOf, 4, 6],
  });

/** A tour of all cities, as a placement of cities around a circle. */
export function tourOf(text: string, size = Number.POSITIVE_INFINITY): string {
  const [, section = ""] = text.split("NODE_COORD_SECTION");
  const cities = section
    .trim()
    .split("\n")
    .map((line) => numbersIn(line))
    .filter((cells) => cells.length === 3)
    .slice(0, size);
  const count = cities.length;
  const circle = cities.map((_, from) =>
    cities.map((_city, to) => (to === (from + 1) % count ? 1 : 0)),
  );
  const distances = cities.map(([, x, y]) =>
    cities.map(([, otherX, otherY]) => Math.round(Math.hypot(x - otherX, y - otherY))),
  );
  return placement(circle, distances);
}

/** The nodes met first, breadth first. */
function graphCut(text: string, size: number): string {
  const [, , ...cells] = numbersIn(text);
  const edges = rowsOf(cells, 3);
  const met = [edges[0][0]];
  for (const node of met) {
    for (const [one, other] of edges) {
      if (node !== one && node !== other) continue;
      const next = node === one ? other : one;
      if (!met.includes(next)) met.push(next);
    }
    if (met.length >= size) break;
  }
  const kept = met.slice(0, size);
  const own = edges.filter(([one, other]) => kept.includes(one) && kept.includes(other));
  const lines = own.map(([one, other, weight]) => {
    return [kept.indexOf(one) + 1, kept.indexOf(other) + 1, weight].join(" ");
  });
  return `${kept.length} ${own.length}\n${lines.join("\n")}\n`;
}

function matrixCut(text: string, size: number): string {
  const [, , ...cells] = numbersIn(text);
  const own = rowsOf(cells, 3).filter(([one, other]) => one <= size && other <= size);
  return `${size} ${own.length}\n${own.map((row) => row.join(" ")).join("\n")}\n`;
}

function diversityCut(text: string, size: number): string {
  const [count, chosen, ...cells] = numbersIn(text);
  const own = rowsOf(cells, 3).filter(([one, other]) => one < size && other < size);
  const few = Math.max(2, Math.round((chosen * size) / count));
  return `${size} ${few}\n${own.map((row) => row.join(" ")).join("\n")}\n`;
}

function pairKnapsackCut(text: string, size: number): string {
  const [name] = text.trim().split(/\s/, 1);
  const [count, ...cells] = numbersIn(text.slice(text.indexOf(name) + name.length));
  const linear = cells.slice(0, size);
  let at = count;
  const rows = linear.slice(1).map((_, row) => {
    const own = cells.slice(at, at + size - 1 - row);
    at += count - 1 - row;
    return own;
  });
  const [, capacity, ...weights] = cells.slice(count + (count * (count - 1)) / 2);
  const own = weights.slice(0, size);
  const limit = Math.floor((capacity * total(own)) / total(weights.slice(0, count)));
  const lines = [[size], linear, ...rows].map((row) => row.join(" "));
  return `${name}\n${lines.join("\n")}\n\n0\n${limit}\n${own.join(" ")}\n`;
}

/** The first problem of a file of several. */
function knapsacksCut(text: string, size: number): string {
  const [, count, rows, , ...cells] = numbersIn(text);
  const weights = rowsOf(cells.slice(count, count * (rows + 1)), count);
  const limits = cells.slice(count * (rows + 1), count * (rows + 1) + rows);
  const own = weights.map((row) => row.slice(0, size));
  const scaled = limits.map((limit, row) => {
    return Math.floor((limit * total(own[row])) / total(weights[row]));
  });
  const lines = [[1], [size, rows, 0], cells.slice(0, size), ...own, scaled];
  return `${lines.map((row) => row.join(" ")).join("\n")}\n`;
}

/** So many tasks, half as many agents; capacities by the rule of classes C and D. */
function assignmentCut(text: string, size: number): string {
  const [agents, tasks, ...cells] = numbersIn(text);
  const few = Math.min(agents, Math.floor(size / 2));
  const cut = (from: number) =>
    rowsOf(cells.slice(from, from + few * tasks), tasks).map((row) => row.slice(0, size));
  const [costs, uses] = [cut(0), cut(agents * tasks)];
  const capacities = uses.map((row) => Math.ceil((0.8 * total(row)) / few) + Math.max(...row));
  const lines = [[few, size], ...costs, ...uses, capacities].map((row) => row.join(" "));
  return `${lines.join("\n")}\n`;
}

function placementCut(text: string, size: number): string {
  const [header, ...lines] = text.trim().split("\n");
  const [count] = numbersIn(header);
  const cells = numbersIn(lines.join("\n"));
  const matrix = (from: number) =>
    rowsOf(cells.slice(from, from + count * count), count)
      .slice(0, size)
      .map((row) => row.slice(0, size));
  return placement(matrix(0), matrix(count * count));
}

function placement(flows: readonly (readonly number[])[], distances: typeof flows): string {
  const block = (rows: typeof flows) => rows.map((row) => row.join(" ")).join("\n");
  return `${flows.length}\n\n${block(flows)}\n\n${block(distances)}\n`;
}

function numbersIn(text: string): readonly number[] {
  const cells = text.trim().split(/\s+/);
  const end = cells.findIndex((cell) => !Number.isFinite(Number(cell)));
  return (end < 0 ? cells : cells.slice(0, end)).map(Number);
}

function rowsOf(cells: readonly number[], width: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.floor(cells.length / width) }, (_, row) =>
    cells.slice(row * width, (row + 1) * width),
  );
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
