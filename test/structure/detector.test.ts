/** The detector on a slice of the labelled corpus; the whole is measured by measure-detector.ts. */
import { describe, expect, test } from "vitest";
import { detectStructure } from "#problem";
import { generatedCorpus, type Labelled, shippedCorpus } from "./corpus.ts";

const SHIPPED_MAX = 40;

async function mistakesIn(corpus: readonly Labelled[]): Promise<string[]> {
  const mistakes: string[] = [];
  for (const { name, kind, read } of corpus) {
    const found = detectStructure(await read()).kind;
    if (found !== kind) mistakes.push(`${name}: ${kind} taken for ${found}`);
  }
  return mistakes;
}

describe("the detector", () => {
  test("is right about generated problems, near misses included", async () => {
    expect(await mistakesIn(generatedCorpus(3))).toEqual([]);
  });

  // The shipped instances lie beside the checkout and are not part of it.
  test.skipIf(shippedCorpus().length === 0)("is right about shipped problems", async () => {
    const all = shippedCorpus();
    const step = Math.ceil(all.length / SHIPPED_MAX);
    expect(await mistakesIn(all.filter((_, index) => index % step === 0))).toEqual([]);
  });
});
