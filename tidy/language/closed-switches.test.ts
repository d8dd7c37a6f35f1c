/** Switches over a kind, closed and open. */
import { checkRule } from "../rule-cases.ts";
import { closedSwitches } from "./closed-switches.ts";

const CASE = 'case "a": f();';

checkRule(closedSwitches, [
  {
    remark: "closed",
    files: { "src/r/a.ts": `switch (x.kind) { ${CASE} default: unreachable(x); }` },
    found: [],
  },
  {
    remark: "open, or with a default of its own",
    files: {
      "src/r/a.ts": `switch (x.kind) { ${CASE} }`,
      "src/r/b.ts": `\nswitch (kind) { ${CASE} default: g(); }`,
    },
    found: ["src/r/a.ts:1 switch", "src/r/b.ts:2 switch"],
  },
  {
    remark: "not over a kind",
    files: { "src/r/a.ts": `switch (typeof x) { ${CASE} default: g(); }` },
    found: [],
  },
]);
