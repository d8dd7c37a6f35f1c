/** Members of families, registered and forgotten. */
import { checkRule } from "../rule-cases.ts";
import { conformance } from "./conformance.ts";

const FAMILY = {
  "src/solvers/index.ts": 'export { solverCatalogue } from "./catalogue.ts";',
  "test/conformance/solvers.test.ts": 'import { solverCatalogue } from "#solvers";',
};

checkRule(conformance, [
  {
    remark: "every folder listed, and the suite runs over the list",
    files: {
      ...FAMILY,
      "src/solvers/catalogue.ts":
        'import { tabu } from "./tabu/tabu.ts";\nexport const solverCatalogue = [tabu];',
      "src/solvers/tabu/tabu.ts": "",
      "src/solvers/shape.ts": "",
    },
    found: [],
  },
  {
    remark: "a folder nobody listed",
    files: {
      ...FAMILY,
      "src/solvers/catalogue.ts": "export const solverCatalogue = [];",
      "src/solvers/tabu/tabu.ts": "",
    },
    found: ["src/solvers/catalogue.ts:1 tabu"],
  },
  {
    remark: "no suite",
    files: {
      "src/decisions/index.ts":
        'import { ranking } from "./ranking/ranking.ts";\nexport const catalogue = [ranking];',
      "src/decisions/ranking/ranking.ts": "",
    },
    found: ["test/conformance/decisions.test.ts:1 catalogue"],
  },
  {
    remark: "a way to open a store that the suite leaves out",
    files: {
      "src/store/index.ts": 'export { openEmbeddedStore, openPostgresStore } from "./open.ts";',
      "test/conformance/store.test.ts": "openEmbeddedStore();",
    },
    found: ["test/conformance/store.test.ts:1 openPostgresStore"],
  },
]);
