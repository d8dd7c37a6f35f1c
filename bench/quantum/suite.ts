/**
 * The suite of the quantum and quantum-inspired solvers, run by `tandem bench quantum`.
 */
import { answerFigure } from "../../src/cli/bench/figure-program.ts";
import { measureContribution } from "./contribution.ts";
import { measureDense } from "./dense.ts";
import { measureGrid, measureRandomGraphs } from "./embedding.ts";
import { measureFixtures } from "./fixtures.ts";
import { measureKernels } from "./kernels.ts";
import { measurePrograms } from "./programs.ts";
import { measureGroups, measureSubspace } from "./qaoa.ts";
import { measureRecursive } from "./recursive.ts";
import { measureTemplates } from "./templates.ts";
import { measureTopologies } from "./topologies.ts";
import { measureTwin } from "./twin.ts";
import { measureVariants } from "./variants.ts";
import { measureVqe } from "./vqe.ts";

await answerFigure(
  {
    dense: measureDense,
    subspace: measureSubspace,
    groups: measureGroups,
    variants: measureVariants,
    recursive: measureRecursive,
    vqe: measureVqe,
    contribution: measureContribution,
    programs: measurePrograms,
    topologies: measureTopologies,
    templates: measureTemplates,
    embedding: measureRandomGraphs,
    grid: measureGrid,
    fixtures: measureFixtures,
    kernels: measureKernels,
    twin: measureTwin,
  },
  process.argv.slice(2),
  (text) => process.stdout.write(text),
);
