/** Rows of the fault register, good and bad. */
import { checkRule } from "../rule-cases.ts";
import { faults } from "./faults.ts";

const row = (code: string, title: string, remedy: string) =>
  `{ code: "${code}", title: "${title}", remedy: "${remedy}" }`;
const TITLE = "The store is closed.";
const REMEDY = "Open it again.";
const RAISE = "throw new Fault(ROWS.closed, {});";

checkRule(faults, [
  {
    remark: "sound, raised and shown; a long sentence may be put together",
    files: {
      "src/r/faults.ts":
        'const ROWS = faultRows({ closed: { code: "store-closed", ' +
        `title: "The store" + " is closed.", remedy: "${REMEDY}" } });`,
      "src/r/a.ts": RAISE,
      "src/r/a.test.ts": 'expect(code).toBe("store-closed");',
    },
    found: [],
  },
  {
    remark: "code, title and remedy out of form",
    files: {
      "src/r/faults.ts": `const ROWS = faultRows({\nclosed: ${row("storeClosed", "a", "b")} });`,
      "src/r/a.ts": RAISE,
      "src/r/a.test.ts": "ROWS.closed;",
    },
    found: Array(3).fill("src/r/faults.ts:2 storeClosed"),
  },
  {
    remark: "one code twice",
    files: {
      "src/r/faults.ts": `const ROWS = faultRows({ closed: ${row("closed", TITLE, REMEDY)} });`,
      "src/s/faults.ts": `const OURS = faultRows({ closed: ${row("closed", TITLE, REMEDY)} });`,
      "src/r/a.ts": `${RAISE}\nthrow new Fault(OURS.closed, {});`,
      "src/r/a.test.ts": '"closed";',
    },
    found: ["src/s/faults.ts:1 closed"],
  },
  {
    remark: "raised by nobody, shown by nobody",
    files: {
      "src/r/faults.ts": `const ROWS = faultRows({ closed: ${row("closed", TITLE, REMEDY)} });`,
    },
    found: ["src/r/faults.ts:1 closed", "src/r/faults.ts:1 closed"],
  },
]);
