/**
 * The detector on the whole corpus: `npx node test/structure/measure-detector.ts`. Prints what was
 * taken for what, and ends with 1 where less than 98 % is right, or where a polynomial structure is
 * claimed of a problem that has none.
 */
import { detectStructure, type StructureKind } from "#problem";
import { generatedCorpus, shippedCorpus } from "./corpus.ts";

const DRAWS = 10;
const RIGHT_SHARE_MIN = 0.98;
const POLYNOMIAL: readonly StructureKind[] = [
  "separable",
  "linear-assignment",
  "transportation",
  "min-cost-flow",
];

const table = new Map<string, number>();
const mistakes: string[] = [];
let falseClaims = 0;
let total = 0;
const before = process.cpuUsage();
let detectMicros = 0;
for (const { name, kind, read } of [...generatedCorpus(DRAWS), ...shippedCorpus()]) {
  const problem = await read();
  const started = process.cpuUsage();
  const found = detectStructure(problem).kind;
  const spent = process.cpuUsage(started);
  detectMicros += spent.user + spent.system;
  total += 1;
  const row = `${kind} taken for ${found}`;
  table.set(row, (table.get(row) ?? 0) + 1);
  if (found !== kind) mistakes.push(`${name}: ${row}`);
  if (POLYNOMIAL.includes(found) && !POLYNOMIAL.includes(kind)) falseClaims += 1;
}
const spent = process.cpuUsage(before);
for (const [row, count] of [...table].sort(([a], [b]) => a.localeCompare(b))) {
  process.stdout.write(`${String(count).padStart(5)}  ${row}\n`);
}
for (const mistake of mistakes) process.stdout.write(`wrong: ${mistake}\n`);
const right = total - mistakes.length;
const seconds = (micros: number) => (micros / 1e6).toFixed(1);
process.stdout.write(
  `${right} of ${total} right (${((100 * right) / total).toFixed(1)} %), ` +
    `${falseClaims} false claims of a polynomial structure; ` +
    `${seconds(detectMicros)} CPU-s detecting of ${seconds(spent.user + spent.system)}\n`,
);
process.exitCode = right >= RIGHT_SHARE_MIN * total && falseClaims === 0 ? 0 : 1;
