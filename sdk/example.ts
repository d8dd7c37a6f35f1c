/**
 * The JavaScript client at work: two things for a homepage, decided within a second, and what
 * came of it. Run it beside a server: `node sdk/example.ts http://127.0.0.1:7070`.
 */
import { TandemClient, TandemError } from "#sdk";

const tandem = new TandemClient({ baseUrl: process.argv[2] ?? "http://127.0.0.1:7070" });
try {
  const reply = await tandem.decide(
    "ranking",
    {
      candidates: [
        { id: "lantern", score: 0.042, group: ["lighting"] },
        { id: "tealight", score: 0.04, group: ["lighting"] },
        { id: "planter", score: 0.031, group: ["garden"] },
      ],
      k: 2,
      rules: { maxPerGroup: { lighting: 1 } },
    },
    { deadlineMs: 1000 },
  );
  const { decisionId, answer, quality } = reply;
  process.stdout.write(`${quality.rung}: ${JSON.stringify(answer)}\n`);
  const order = { outcomeId: `order-of-${decisionId}`, decisionId, kind: "order" };
  const [receipt] = await tandem.reportOutcomes([{ ...order, at: new Date().toISOString() }]);
  process.stdout.write(`${receipt?.result}\n`);
  const { verdict } = await tandem.replay(decisionId);
  process.stdout.write(`${verdict}\n`);
} catch (error) {
  if (!(error instanceof TandemError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}
