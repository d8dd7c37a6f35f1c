/**
 * The suite of searches, run by `tandem bench search`.
 */
import { answerFigure } from "../../src/cli/bench/figure-program.ts";
import { measureBifurcation } from "./bifurcation.ts";
import { measureDense, measureDiversity, measurePlacement } from "./dense.ts";
import { measureMaximumCut } from "./maximum-cut.ts";
import { measureQuality } from "./quality.ts";
import { measureSpinSpeed } from "./spin-speed.ts";
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
    bifurcation: measureBifurcation,
  },
  process.argv.slice(2),
  (text) => process.stdout.write(text),
);
