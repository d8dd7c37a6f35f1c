/**
 * Replays of decisions made while threads stall, hang and are ended, a third of them cut off by
 * their deadline. The replays run on a new pipeline over the same store, as after a restart.
 *
 *     npx node test/pipeline/replay-under-faults.ts --decisions 2000
 */
import { parseArgs } from "node:util";
import { Fault } from "#foundation";
import type { Pipeline } from "#pipeline";
import type { Disturbance } from "#runtime";
import { openMemoryStore } from "#store";
import { rankingRequest } from "../generators/ranking-requests.ts";
import { ASKER, withPipeline } from "./platform.ts";

/** What was decided and what replaying it showed. */
export interface FaultReport {
  readonly decided: number;
  /** Ended with a typed refusal instead of an answer, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Answered with what was there when time ran out: rung `incumbent`, or `rule`. */
  readonly endedByDeadline: number;
  /** Decisions in which some thread did not stop in time: it stalled, or hung and was ended. */
  readonly withAbandonedThread: number;
  readonly identical: number;
  readonly different: readonly string[];
}

/**
 * Stalls long enough to run past the reserve now and then, and hangs that only ending the thread
 * can cure.
 */
const DISTURBANCE: Disturbance = { seed: 11, stallShare: 0.02, stallMsMax: 8, hangShare: 0.01 };

/** Works until it is stopped. */
const ENDLESS = {
  name: "endless",
  version: 1,
  type: "ranking",
  contract: {
    tier: "realtime",
    deadlineMs: 80,
    deadlineMsMax: 80,
    reserveMs: 40,
    ifUnrecorded: "refuse",
  },
  plan: {
    lanes: [[{ solver: "tabu", workLimit: 1e12 }], [{ solver: "annealing", workLimit: 1e12 }]],
    exchange: true,
    gapMax: 0,
  },
};

/** Decides under disturbance until `count` requests have an answer, then replays each. */
export async function replayUnderFaults(count: number, seed: number): Promise<FaultReport> {
  const store = openMemoryStore();
  const ids: string[] = [];
  const refused: Record<string, number> = {};
  const pool = { disturbance: DISTURBANCE, graceMs: 10 };
  await withPipeline({ store, seed, pool }, async (pipeline) => {
    await pipeline.addPolicy(ASKER, ENDLESS);
    for (let index = 0; ids.length < count; index += 1) {
      // Every third is too large for a proof before its deadline.
      const isCutOff = index % 3 === 0;
      const sizes = isCutOff ? { candidateCount: 60, positionCount: 8 } : {};
      const options = isCutOff ? { policy: "endless@1" } : { deadlineMs: 200 };
      const request = rankingRequest(seed * 1_000_003 + index, sizes);
      await pipeline.ready(); // Waits for the threads that replace hung ones.
      const outcome = await decideOrRefuse(pipeline, { ...request, options });
      if (outcome.id !== undefined) ids.push(outcome.id);
      else refused[outcome.code] = (refused[outcome.code] ?? 0) + 1;
    }
  });
  const tally = { endedByDeadline: 0, withAbandonedThread: 0, identical: 0 };
  const different: string[] = [];
  await withPipeline({ store, seed: seed + 1 }, async (pipeline) => {
    for (const id of ids) {
      const { verdict, differences } = await pipeline.replay(ASKER, id);
      if (verdict === "identical") tally.identical += 1;
      else different.push(`${id}: ${differences.join("; ")}`);
      const { rung, ends } = await traceOf(pipeline, id);
      if (rung === "incumbent" || rung === "rule") tally.endedByDeadline += 1;
      if (ends.includes("abandoned")) tally.withAbandonedThread += 1;
    }
  });
  return { decided: ids.length, refused, ...tally, different };
}

async function decideOrRefuse(pipeline: Pipeline, body: unknown) {
  try {
    const { decisionId } = await pipeline.decide(ASKER, "ranking", body);
    return { id: decisionId, code: "" };
  } catch (error) {
    if (error instanceof Fault) return { id: undefined, code: error.row.code };
    throw error;
  }
}

async function traceOf(pipeline: Pipeline, id: string) {
  const { reply, record } = await pipeline.decision(ASKER, id);
  const { decided } = JSON.parse(JSON.stringify(record));
  const ends: string[] = decided.attempts.map(({ end }: { end: string }) => end);
  return { rung: reply.quality.rung, ends };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      decisions: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
    },
  });
  const report = await replayUnderFaults(Number(values.decisions), Number(values.seed));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = report.identical === report.decided && report.decided > 0 ? 0 : 1;
}
