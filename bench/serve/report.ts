/** The bench's figures in words. */
import type { RunFigures, Spread } from "./figures.ts";

/** One run on a few lines. */
export function runText(title: string, run: RunFigures): string {
  const { serverMs, clientMs, sendLagMs, cpuMsPerAnswer, cpuMsPerRequest } = run;
  const lines = [
    `${title}: ${run.sent} sent, ${run.answered} answered (${tally(run.rungs)})`,
    `  CPU-ms per request ${cpuMsPerRequest.toFixed(2)}, per answer ${cpuMsPerAnswer.toFixed(2)}`,
    ...(serverMs === undefined ? [] : [`  server ${spreadText(serverMs)}`]),
    `  client from due time ${spreadText(clientMs)}; sent late by ${spreadText(sendLagMs)}`,
  ];
  const refused = tally(run.refused);
  if (refused !== "") lines.push(`  refused: ${refused}, ${spreadText(run.refusalMs)}`);
  const unclassified = tally(run.unclassified);
  if (unclassified !== "") lines.push(`  UNCLASSIFIED: ${unclassified}`);
  const { lateByServer, lateByClient } = run;
  if (lateByServer + lateByClient > 0) {
    lines.push(`  LATE: ${lateByServer} by the server's clock, ${lateByClient} by the client's`);
  }
  return lines.join("\n");
}

/** The verdict on an overload beside the capacity before it. */
export function overloadText(
  overload: RunFigures,
  capacity: RunFigures,
  recoveryMs: number,
): string {
  const share = (100 * overload.answersPerSecond) / capacity.answersPerSecond;
  const strays = Object.values(overload.unclassified).reduce((sum, count) => sum + count, 0);
  return (
    `overload: ${overload.answersPerSecond.toFixed(0)} answers a second, ${share.toFixed(0)} % ` +
    `of capacity; late ${overload.lateByServer} (server), ${overload.lateByClient} (client); ` +
    `unclassified ${strays}; last refusal ${recoveryMs.toFixed(0)} ms after its end`
  );
}

function spreadText({ p50, p99, max }: Spread): string {
  return `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms`;
}

function tally(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(", ");
}
