/**
 * The suite of exact methods, run by `tandem bench exact`.
 */
import { answerFigure } from "../../src/cli/bench/figure-program.ts";
import { measureAssignment } from "./assignment.ts";
import { measureDetector } from "./detector.ts";
import { measureFirstAnswer } from "./first-answer.ts";
import { measureFormats } from "./formats.ts";
import { measureGap } from "./generalised-assignment.ts";
import { measureGaps, measureProofs } from "./multi-knapsack.ts";
import { measureQuadraticKnapsack } from "./quadratic-knapsack.ts";
import { measureSelection } from "./select-k.ts";
import { measureSmallQuadratic } from "./small-quadratic.ts";

const args = process.argv.slice(2);

// HiGHS, from its npm package, is the peer of every figure that has one; programs named besides
// solve the problems of one figure.
if (args.includes("--peer") && args[0] !== "assignment") {
  const named = args.filter((_, index) => args[index - 1] === "--peer").join(", ");
  process.stderr.write(
    `  ${args[0]}: takes no programs (HiGHS is built in), ${named} sits it out\n`,
  );
}

await answerFigure(
  {
    assignment: measureAssignment,
    gap: measureGap,
    "multi-knapsack": measureProofs,
    mknapcb5: measureGaps("mknapcb5.txt", "10.250"),
    mknapcb7: measureGaps("mknapcb7.txt", "30.100"),
    "quadratic-knapsack": measureQuadraticKnapsack,
    selection: measureSelection,
    formats: measureFormats,
    detector: measureDetector,
    "first-answer": measureFirstAnswer,
    "small-quadratic": measureSmallQuadratic,
  },
  args,
  (text) => process.stdout.write(text),
);
