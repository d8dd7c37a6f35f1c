/** Figure 6: files read, written and read again, whole and damaged. */
import { quadraticDigest, readProblem, readProblemFile, writeProblem } from "#problem";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { damageSample, ROUNDS, SAMPLE_FILES } from "../../test/problem/damaged-files.ts";
import { hasShipped, shippedNames, shippedPath } from "./shipped.ts";

const FAMILIES = Object.freeze([
  "maxcut-gset",
  "bqp-beasley",
  "bqp-anonymous-1000",
  "bqp-gka",
  "quadratic-knapsack",
  "multidim-knapsack",
  "generalized-assignment",
  "qap",
  "max-diversity",
]);

/** Figure 6. */
export async function measureFormats({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const rounds = isQuick ? 1 : ROUNDS;
  const outcomes = { read: 0, refused: 0 };
  const failures: string[] = [];
  for (const name of SAMPLE_FILES) {
    try {
      const { read, refused } = await damageSample(name, rounds);
      outcomes.read += read;
      outcomes.refused += refused;
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  }
  for (const failure of failures) process.stderr.write(`  ${failure}\n`);
  const total = outcomes.read + outcomes.refused;
  return [
    ...(hasShipped() ? [await roundTrips(isQuick)] : []),
    {
      what: "damaged files refused with their place, or read as what they say",
      goal: "all of 2,000",
      reached: `${total}: ${outcomes.refused} refused, ${outcomes.read} read`,
      spread:
        failures.length === 0
          ? `${SAMPLE_FILES.length} samples of all formats`
          : `${failures.length} samples with another end`,
      isMet: isQuick ? null : failures.length === 0 && total >= 2000,
    },
  ];
}

async function roundTrips(isQuick: boolean): Promise<Reading> {
  let count = 0;
  const different: string[] = [];
  for (const family of isQuick ? FAMILIES.slice(4, 6) : FAMILIES) {
    for (const name of shippedNames(family)) {
      const file = await readProblemFile(shippedPath(family, name));
      const { format } = file;
      const again = await readProblem(writeProblem(file, format.name), { format: format.name });
      if (quadraticDigest(again.problem) !== quadraticDigest(file.problem)) different.push(name);
      count += 1;
    }
  }
  return {
    what: "shipped files written and read again as the same problem",
    goal: "all",
    reached: `${count - different.length} of ${count}`,
    spread: different.length === 0 ? `${FAMILIES.length} formats` : `not: ${different.join(", ")}`,
    isMet: different.length === 0,
  };
}
