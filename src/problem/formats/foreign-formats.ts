/**
 * Files often brought that are in none of the formats: known by their first bytes, so that a
 * refusal can say what they are.
 */

/** One such format. */
interface ForeignFormat {
  /** What it is called, with an article. */
  readonly title: string;
  /** Whether the first bytes are in it. */
  readonly isIt: (head: string) => boolean;
}

/** Keywords as TSPLIB 95 (Reinelt) and CVRPLIB write them, before the first section. */
const TSPLIB_KEY = /^[ \t]*(?:TYPE|DIMENSION|EDGE_WEIGHT_TYPE|CAPACITY)[ \t]*:/m;

const FOREIGN_FORMATS: readonly ForeignFormat[] = [
  { title: "a file of nothing", isIt: (head) => head.trim() === "" },
  {
    title: "a TSPLIB file of tours or vehicle routes",
    isIt: (head) => /^\s*[A-Z_]+[ \t]*:/.test(head) && TSPLIB_KEY.test(head),
  },
  {
    title: "a Solomon file of vehicle routes with time windows",
    isIt: (head) => /^[^\n]*\n\s*VEHICLE\s+NUMBER\s+CAPACITY\b/.test(head),
  },
  {
    title: "a DIMACS file of a formula",
    isIt: (head) => /^(?:c\b.*\r?\n)*p w?cnf /.test(head),
  },
  {
    title: "a DIMACS file of a graph",
    isIt: (head) => /^(?:c\b.*\r?\n)*p (?:edge|col|sp|max|min|asn) /.test(head),
  },
  {
    title: "an OpenQASM program, which tandem simulate and tandem circuit read",
    isIt: (head) => /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*OPENQASM\b/.test(head),
  },
];

/** What the file that begins with `head` is; `undefined` if nothing is known of it. */
export function foreignTitle(head: string): string | undefined {
  return FOREIGN_FORMATS.find(({ isIt }) => isIt(head))?.title;
}
