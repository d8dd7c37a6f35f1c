/** Figure 7: the structure detector on problems of which it is known what they are. */
import { detectStructure, type StructureKind } from "#problem";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { generatedCorpus, shippedCorpus } from "../../test/structure/corpus.ts";
import { cpuSeconds } from "./measured.ts";
import { shown } from "./statistics.ts";

const DRAWS = 25;
const CORPUS_MIN = 300;
const RIGHT_SHARE_MIN = 0.98;
/** Who is taken for one of these is given to a method that would be wrong for anything else. */
const POLYNOMIAL: readonly StructureKind[] = Object.freeze([
  "separable",
  "linear-assignment",
  "transportation",
  "min-cost-flow",
]);

/** Figure 7. */
export async function measureDetector({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  let total = 0;
  let falseClaims = 0;
  let detecting = 0;
  const mistakes: string[] = [];
  const kinds = new Set<StructureKind>();
  for (const { name, kind, read } of [
    ...generatedCorpus(isQuick ? 1 : DRAWS),
    ...shippedCorpus(),
  ]) {
    const problem = await read();
    const begin = cpuSeconds();
    const found = detectStructure(problem).kind;
    detecting += cpuSeconds() - begin;
    total += 1;
    kinds.add(kind);
    if (found !== kind) mistakes.push(`${name}: ${kind} taken for ${found}`);
    if (POLYNOMIAL.includes(found) && !POLYNOMIAL.includes(kind)) falseClaims += 1;
  }
  for (const mistake of mistakes) process.stderr.write(`  ${mistake}\n`);
  const right = total - mistakes.length;
  const share = `${((100 * right) / total).toFixed(1)} %`;
  return [
    {
      what: "structure named right, shuffled and renamed",
      goal: "at least 98 % of at least 300",
      reached: `${right} of ${total} (${share})`,
      spread: `${kinds.size} structures, ${shown((1000 * detecting) / total)} CPU-ms each`,
      isMet: isQuick ? null : total >= CORPUS_MIN && right >= RIGHT_SHARE_MIN * total,
    },
    {
      what: "false claims of a polynomial structure",
      goal: "none",
      reached: String(falseClaims),
      spread: `${total} problems, near misses among them`,
      isMet: falseClaims === 0,
    },
  ];
}
