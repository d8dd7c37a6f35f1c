/**
 * Staircases: how lines of a crossbar become the chains of a clique. Step by step a range of rows
 * grows and a range of columns shrinks. A horizontal line that joins at step s has to cross the
 * columns still there, a vertical line that leaves after step e the rows so far; any two of them
 * with s <= e make a chain, and any two such chains cross. Generalises the triangles of V. Choi
 * (Quantum Information Processing 10, 2011) after K. Boothby, A. D. King and A. Roy (ibid. 15,
 * 2016).
 */
import { type Crossbar, covers, type Line, pieceAt } from "./crossbar.ts";

/** Which row joins and which column leaves at each step; both ranges stay without holes. */
export interface Staircase {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** One chain in the making. */
export interface Elbow {
  readonly horizontal: Line;
  readonly vertical: Line;
}

/** What an elbow has to cross: its own corner and, one way or the other, all other elbows. */
export interface Reach {
  readonly columnMin: number;
  readonly columnMax: number;
  readonly rowMin: number;
  readonly rowMax: number;
}

/**
 * As many elbows as the working lines allow, in an order for {@link reachesOf}; `undefined`, as
 * soon as that is plain, if they are fewer than `wanted`.
 */
export function elbowsOf(
  crossbar: Crossbar,
  { rows, columns }: Staircase,
  wanted: number,
): Elbow[] | undefined {
  const waiting: Line[] = [];
  const elbows: Elbow[] = [];
  const columnsLeft = hullsFrom(columns);
  let [rowMin, rowMax] = [Infinity, -Infinity];
  let rowsToSpare = lineCount(crossbar.horizontal, rows) - wanted;
  let columnsToSpare = lineCount(crossbar.vertical, columns) - wanted;
  for (let step = 0; step < rows.length; step += 1) {
    rowMin = Math.min(rowMin, rows[step]);
    rowMax = Math.max(rowMax, rows[step]);
    for (const line of crossbar.horizontal[rows[step]]) {
      if (covers(line, columnsLeft.least[step], columnsLeft.greatest[step])) waiting.push(line);
      else rowsToSpare -= 1;
    }
    for (const vertical of crossbar.vertical[columns[step]]) {
      const horizontal = covers(vertical, rowMin, rowMax) ? waiting.pop() : undefined;
      if (horizontal === undefined) columnsToSpare -= 1;
      else elbows.push({ horizontal, vertical });
    }
    if (rowsToSpare < 0 || columnsToSpare < 0) return undefined;
  }
  return elbows;
}

function lineCount(lines: readonly (readonly Line[])[], places: readonly number[]): number {
  return places.reduce((sum, place) => sum + lines[place].length, 0);
}

/** What each elbow has to cross when these are all: columns of later ones, rows of earlier ones. */
export function reachesOf(elbows: readonly Elbow[]): Reach[] {
  const columns = hullsFrom(elbows.map(({ vertical }) => vertical.place));
  let [rowMin, rowMax] = [Infinity, -Infinity];
  return elbows.map(({ horizontal }, index) => {
    rowMin = Math.min(rowMin, horizontal.place);
    rowMax = Math.max(rowMax, horizontal.place);
    const [columnMin, columnMax] = [columns.least[index], columns.greatest[index]];
    return { columnMin, columnMax, rowMin, rowMax };
  });
}

/** How many qubits an elbow of that reach takes. */
export function elbowLength({ horizontal, vertical }: Elbow, reach: Reach): number {
  const across = pieceAt(horizontal, reach.columnMax) - pieceAt(horizontal, reach.columnMin);
  const along = pieceAt(vertical, reach.rowMax) - pieceAt(vertical, reach.rowMin);
  return across + along + 2;
}

/** The qubits of an elbow of that reach. */
export function elbowQubits({ horizontal, vertical }: Elbow, reach: Reach): number[] {
  const { columnMin, columnMax, rowMin, rowMax } = reach;
  return [
    ...horizontal.qubits.slice(pieceAt(horizontal, columnMin), pieceAt(horizontal, columnMax) + 1),
    ...vertical.qubits.slice(pieceAt(vertical, rowMin), pieceAt(vertical, rowMax) + 1),
  ];
}

/** The least and the greatest of `places` from each index on. */
function hullsFrom(places: readonly number[]) {
  const least = [...places];
  const greatest = [...places];
  for (let index = places.length - 2; index >= 0; index -= 1) {
    least[index] = Math.min(least[index], least[index + 1]);
    greatest[index] = Math.max(greatest[index], greatest[index + 1]);
  }
  return { least, greatest };
}
