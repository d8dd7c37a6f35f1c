/**
 * The suite of searches, run by `tandem bench search`.
 */
import { answerFigure } from "../../src/cli/bench/figure-program.ts";
import { measureMaximumCut } from "./maximum-cut.ts";
import { measureQuality } from "./quality.ts";
import { measureSpinSpeed } from "./spin-speed.ts";

await answerFigure(
  { maxcut: measureMaximumCut, quality: measureQuality, speed: measureSpinSpeed },
  process.argv.slice(2),
  (text) => process.stdout.write(text),
);
