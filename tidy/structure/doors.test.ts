/** One door per room, and no index elsewhere. */
import { checkRule } from "../rule-cases.ts";
import { doors } from "./doors.ts";

checkRule(doors, [
  { remark: "the door of a room", files: { "src/problem/index.ts": "" }, found: [] },
  {
    remark: "a second door, a door of no room",
    files: { "src/problem/graph/index.ts": "", "src/index.ts": "", "test/index.ts": "" },
    found: ["src/index.ts:1 index", "src/problem/graph/index.ts:1 index", "test/index.ts:1 index"],
  },
]);
