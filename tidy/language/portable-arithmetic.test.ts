/** Functions whose last digit is the engine's own. */
import { checkRule } from "../rule-cases.ts";
import { portableArithmetic } from "./portable-arithmetic.ts";

checkRule(portableArithmetic, [
  {
    remark: "in rooms whose numbers are replayed",
    files: { "src/solvers/a.ts": "Math.exp(x);\nconst y = x ** 2;\nMath.log2(3);" },
    found: ["src/solvers/a.ts:1 Math.exp", "src/solvers/a.ts:2 **", "src/solvers/a.ts:3 Math.log2"],
  },
  {
    remark: "what IEEE 754 makes exact, and powers written out",
    files: { "src/solvers/a.ts": "Math.sqrt(x) + Math.abs(x) * Math.floor(x) - 2 ** 32;" },
    found: [],
  },
  {
    remark: "where nothing is replayed",
    files: { "src/statistics/a.ts": "Math.exp(x);", "src/solvers/a.test.ts": "Math.exp(x);" },
    found: [],
  },
]);
