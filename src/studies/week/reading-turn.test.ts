/**
 * Between reading the experiment and the case of a week, others of the process have a turn.
 */
import { expect, test, vi } from "vitest";
import { runCentreWeek } from "./run-centre-week.ts";

const seen = vi.hoisted(() => ({ turns: 0, turnsAtCase: 0 }));

vi.mock("#experiments", async (original) => {
  const experiments = await original<typeof import("#experiments")>();
  return {
    ...experiments,
    readExperiment: (...given: Parameters<typeof experiments.readExperiment>) => {
      setImmediate(() => {
        seen.turns += 1;
      });
      return experiments.readExperiment(...given);
    },
    readCase: (...given: Parameters<typeof experiments.readCase>) => {
      seen.turnsAtCase = seen.turns;
      return experiments.readCase(...given);
    },
  };
});

test("a turn of the loop lies between the two", async () => {
  const answer = { contacts: [] };
  await runCentreWeek(
    { days: 2, seed: 3 },
    {
      decide: async () => ({ decisionId: "d", answer, rung: "proved", solver: "nobody" }),
      look: async () => {},
    },
  );
  expect(seen.turnsAtCase).toBe(1);
});
