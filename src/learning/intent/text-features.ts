/**
 * Text as numbers: words, pairs of neighbouring words and pieces of words, each hashed to one of a
 * fixed number of places (feature hashing: K. Weinberger et al., ICML 2009). No vocabulary to keep,
 * and words never seen before still share pieces with words that were.
 */

/** Places that are not 0, ascending, and their values. */
export interface SparseRow {
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/** Characters of a text that count; the rest of a longer one is not read. */
const LENGTH_MAX = 2_000;
/** Lengths of the pieces a word is cut into, its edges marked. */
const PIECE_LENGTHS = [3, 4] as const;
/** Pieces overlap, so each counts less than a word. */
const PIECE_WEIGHT = 0.5;

/** Words of letters, digits and apostrophes, in lower case and compatibility form. */
export function wordsOf(text: string): readonly string[] {
  const plain = text.slice(0, LENGTH_MAX).normalize("NFKC").toLowerCase();
  return plain.match(/[\p{L}\p{N}']+/gu) ?? [];
}

/** How often each feature of `text` occurs, weighted by its kind; `dimension` places. */
export function textFeatures(text: string, dimension: number): SparseRow {
  const counts = new Map<number, number>();
  const count = (feature: string, weight: number) => {
    const place = placeOf(feature, dimension);
    counts.set(place, (counts.get(place) ?? 0) + weight);
  };
  let before = "";
  for (const word of wordsOf(text)) {
    count(`w ${word}`, 1);
    if (before !== "") count(`b ${before} ${word}`, 1);
    before = word;
    const marked = `<${word}>`;
    for (const length of PIECE_LENGTHS) {
      for (let start = 0; start + length <= marked.length; start += 1) {
        count(`p ${marked.slice(start, start + length)}`, PIECE_WEIGHT);
      }
    }
  }
  const places = Int32Array.from(counts.keys()).sort();
  return { places, values: Float64Array.from(places, (place) => counts.get(place) ?? 0) };
}

/** FNV-1a over UTF-16 units, then two rounds of mixing so that low bits depend on every unit. */
function placeOf(feature: string, dimension: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < feature.length; index += 1) {
    hash = Math.imul(hash ^ feature.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) % dimension;
}
