/**
 * The suite of the gate model, run by `tandem bench circuit`.
 */
import { answerFigure } from "../../src/cli/bench/figure-program.ts";
import { measureConformance } from "./conformance.ts";
import { measureRandom } from "./random.ts";
import { measureRouting } from "./routing.ts";

const write = (text: string) => process.stdout.write(text);
await answerFigure(
  { conformance: measureConformance, random: measureRandom, routing: measureRouting },
  process.argv.slice(2),
  write,
);
