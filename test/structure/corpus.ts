/**
 * The labelled corpus: problems of which it is known what they are. Generated ones are disguised
 * (test/structure/draft.ts); shipped ones come from ../shared where it is there.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { randomStream } from "#foundation";
import { type QuadraticProblem, readProblemFile, type StructureKind } from "#problem";
import { assemble, disguised } from "./draft.ts";
import { type Family, families } from "./families.ts";
import { nearMisses } from "./near-misses.ts";

const SHARED = join(import.meta.dirname, "../../../shared/instances");

/** One problem and what it is. */
export interface Labelled {
  readonly name: string;
  readonly kind: StructureKind;
  readonly read: () => Promise<QuadraticProblem>;
}

/** What the files of a folder are; problems without rows here are large and entangled. */
const folders: Readonly<Record<string, StructureKind>> = {
  "bqp-anonymous-1000": "general-quadratic",
  "bqp-beasley": "general-quadratic",
  "bqp-gka": "general-quadratic",
  "generalized-assignment": "generalised-assignment",
  "max-diversity": "select-k",
  "maxcut-gset": "general-quadratic",
  "multidim-knapsack": "multi-knapsack",
  qap: "quadratic-assignment",
  "quadratic-knapsack": "quadratic-knapsack",
};

/** 20 variables; and a sparse graph with an order of elimination that shows its width. */
const smallOnes: Readonly<Record<string, StructureKind>> = {
  "gka1b.sparse": "enumerable",
  "bqp50-1.sparse": "tree-like",
};

/** `count` problems of each family, from small to large, and of each near miss. */
export function generatedCorpus(count: number): readonly Labelled[] {
  const members = families.flatMap(([kind, family]) => draws(kind, kind, family, count));
  const misses = nearMisses.flatMap(({ remark, kind, draw }) => draws(remark, kind, draw, count));
  return [...members, ...misses];
}

function draws(remark: string, kind: StructureKind, family: Family, count: number): Labelled[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `${remark}, draw ${index}`,
    kind,
    read: () => {
      const stream = randomStream(index, "corpus", remark);
      return Promise.resolve(assemble(disguised(family(stream, 2 + 3 * index), stream)));
    },
  }));
}

/** The shipped problems; none where they are absent. */
export function shippedCorpus(): readonly Labelled[] {
  if (!existsSync(SHARED)) return [];
  return Object.entries(folders).flatMap(([folder, kind]) =>
    readdirSync(join(SHARED, folder)).flatMap((file) =>
      Array.from({ length: folder === "multidim-knapsack" ? 3 : 1 }, (_, index) => ({
        name: `${folder}/${file} ${index + 1}`,
        kind: smallOnes[file] ?? kind,
        read: async () => {
          const options = { problem: index + 1 };
          return (await readProblemFile(join(SHARED, folder, file), options)).problem;
        },
      })),
    ),
  );
}
