/** Threads that are started past the guard. */
import { checkRule } from "../rule-cases.ts";
import { guardedThreads } from "./guarded-threads.ts";

checkRule(guardedThreads, [
  {
    remark: "in any room, under either name",
    files: { "src/runtime/a.ts": "new Worker(url);\nnew threads.Worker(url, {});" },
    found: ["src/runtime/a.ts:1 Worker", "src/runtime/a.ts:2 threads.Worker"],
  },
  {
    remark: "startThread, where it is defined, and in tests",
    files: {
      "src/runtime/a.ts": "startThread(url);",
      "src/foundation/engine/import-wrappers.ts": "new Worker(url);",
      "test/faults/a.ts": "new Worker(url);",
    },
    found: [],
  },
]);
