/**
 * The whole pipeline on a PostgreSQL server, as `DATABASE_URL` brings it: what was decided before a
 * restart is there after it, and replays.
 */
import { describe, expect, test } from "vitest";
import { assemblePipeline } from "../../src/assemble.ts";
import { postgresMissing, startPostgres } from "../conformance/postgres-server.ts";
import { ASKER } from "./platform.ts";

const missing = postgresMissing();

// Skipped where no server binary is installed for the platform; the title says which.
describe.skipIf(missing !== undefined)(`on a PostgreSQL server (${missing ?? "at hand"})`, () => {
  test("decides, restarts and replays", async () => {
    const server = await startPostgres();
    try {
      const storage = { kind: "database", url: server.url() } as const;
      const before = await assemblePipeline({ storage });
      const request = {
        ...Object(before.types[0].example),
        options: { deadlineMs: 1000, seed: 3 },
      };
      const reply = await before.decide(ASKER, "ranking", request, { idempotencyKey: "once" });
      await before.close();
      const after = await assemblePipeline({ storage });
      const report = await after.replay(ASKER, reply.decisionId);
      const again = await after.decide(ASKER, "ranking", request, { idempotencyKey: "once" });
      await after.close();
      expect(report.verdict).toBe("identical");
      expect(again).toEqual(reply);
    } finally {
      await server.stop();
    }
  });
});
