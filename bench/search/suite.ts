/**
 * The suite of searches, run by `tandem bench search`.
 */
import { answerFigure } from "../../src/cli/bench/figure-program.ts";
import { measureBifurcation } from "./bifurcation.ts";
import { measureConstrained, measureShipped } from "./constrained/constrained.ts";
import { measureMending } from "./constrained/mending.ts";
import { measureDecomposition } from "./decomposition.ts";
import { measureDense, measureDiversity, measurePlacement } from "./dense.ts";
import { measureMaximumCut } from "./maximum-cut.ts";
import { measurePathIntegral } from "./path-integral.ts";
import { measureQuality } from "./quality.ts";
import { measureRankTwo } from "./rank-two.ts";
import { measureRegret } from "./regret.ts";
import { measureSpinSpeed } from "./spin-speed.ts";
import { measureStopping } from "./stopping.ts";
import { measureThreads } from "./threads.ts";
import { measureTicks } from "./ticks.ts";

await answerFigure(
  {
    maxcut: measureMaximumCut,
    quality: measureQuality,
    speed: measureSpinSpeed,
    dense: measureDense,
    diversity: measureDiversity,
    placement: measurePlacement,
    ticks: measureTicks,
    regret: measureRegret,
    threads: measureThreads,
    stopping: measureStopping,
    bifurcation: measureBifurcation,
    "path-integral": measurePathIntegral,
    "rank-two": measureRankTwo,
    decomposition: measureDecomposition,
    constrained: measureConstrained,
    "constrained-shipped": measureShipped,
    mending: measureMending,
  },
  process.argv.slice(2),
  (text) => process.stdout.write(text),
);
