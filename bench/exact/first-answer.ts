/**
 * Figure 8: how soon after a service says it is ready the first exact answer is there. Wall time,
 * as whoever waits sees it, in a fresh process each time: once for a mixed-integer programme given
 * to the solver threads, once for a decision asked of `tandem serve` over HTTP.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { FigureOptions } from "../../src/cli/bench/figure-program.ts";
import type { Reading } from "../../src/cli/bench/reading.ts";
import { startPlatform } from "../serve/served-process.ts";
import { registeredRequests } from "../serve/workload.ts";
import { median, range, shown } from "./statistics.ts";

const ROUNDS = 5;
const GOAL_MS = 500;
const GIVE_UP_MS = 10_000;
/** Before a request is repeated: a service that refuses for want of time is not to be hurried. */
const PAUSE_MS = 20;
const PROGRAMME = new URL("./first-programme.ts", import.meta.url).pathname;

/** Figure 8. */
export async function measureFirstAnswer({ isQuick }: FigureOptions): Promise<readonly Reading[]> {
  const rounds = Array.from({ length: isQuick ? 1 : ROUNDS }, (_, round) => round);
  const programmes = rounds.map(() => {
    const output = execFileSync(process.execPath, [PROGRAMME], { encoding: "utf8" });
    const { status, solver, waitedMs }: FirstAnswer = JSON.parse(output);
    if (status !== "optimal") throw new Error(`${solver}: ${status}`);
    return waitedMs;
  });
  const decisions: number[] = [];
  for (const _ of rounds) decisions.push(await firstDecision());
  return [
    reading("a mixed-integer programme of 24 variables, by HiGHS on a solver thread", programmes),
    reading("a ranking decision over HTTP, proved best, after /readyz", decisions),
  ];
}

/** What the program beside this one prints. */
export interface FirstAnswer {
  readonly status: string;
  readonly solver: string;
  readonly waitedMs: number;
}

function reading(what: string, waits: readonly number[]): Reading {
  return {
    what,
    goal: "within 500 ms of being ready",
    reached: `${shown(median(waits))} ms`,
    spread: `${waits.length} processes, ${range(waits, "ms")}, load ${shown(loadavg()[0])}`,
    isMet: median(waits) <= GOAL_MS,
  };
}

/** A reply's quality, or the code of a refusal. */
interface Answer {
  readonly quality?: { readonly status: string };
  readonly code?: string;
}

/** The same request until its answer is proved best: one refused for lack of time waits on. */
async function firstDecision(): Promise<number> {
  const served = await startPlatform(mkdtempSync(path.join(tmpdir(), "tandem-bench-")), []);
  const [{ body }] = registeredRequests(1);
  try {
    while (!(await fetch(`${served.url}/readyz`)).ok) await setTimeout(PAUSE_MS);
    const begin = performance.now();
    for (;;) {
      const waitedMs = performance.now() - begin;
      if (waitedMs > GIVE_UP_MS) return waitedMs;
      const reply = await fetch(`${served.url}/v1/decisions/ranking`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      const answer: Answer = JSON.parse(await reply.text());
      const end = answer.quality?.status ?? answer.code;
      if (end === "optimal") return performance.now() - begin;
      process.stderr.write(`  asked again: ${reply.status} ${end}\n`);
      await setTimeout(PAUSE_MS);
    }
  } finally {
    await served.stop();
  }
}
