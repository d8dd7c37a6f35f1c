/**
 * The suite of the gate model, run by `tandem bench circuit`.
 */
import { answerFigure } from "../../src/cli/bench/figure-program.ts";
import { measureConformance } from "./conformance.ts";
import { measureQaoa, measureThreads } from "./qaoa.ts";
import { measureRandom } from "./random.ts";
import { measureRouting } from "./routing.ts";
import { measureCircuits, measureGate, measureShots, measureSmall } from "./speed.ts";

await answerFigure(
  {
    conformance: measureConformance,
    random: measureRandom,
    qaoa: measureQaoa,
    threads: measureThreads,
    circuits: measureCircuits,
    gate: measureGate,
    small: measureSmall,
    shots: measureShots,
    routing: measureRouting,
  },
  process.argv.slice(2),
  (text) => process.stdout.write(text),
);
