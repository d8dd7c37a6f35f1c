/** The glossary's order. */
import { checkRule } from "../rule-cases.ts";
import { glossary } from "./glossary.ts";

checkRule(glossary, [
  {
    remark: "sorted, whatever the case",
    files: { "docs/glossary.md": "# Words\n\n- **attempt**: a run.\n- **BQM**: quadratic." },
    found: [],
  },
  {
    remark: "out of order, twice, without meaning",
    files: { "docs/glossary.md": "- **b**: two.\n- **a**: one.\n- **a**: uno.\n- **c**:" },
    found: ["docs/glossary.md:2 a", "docs/glossary.md:3 a", "docs/glossary.md:4 c"],
  },
]);
