/**
 * Simulates the whole platform through many schedules of faults, each drawn from its own seed, and
 * says which promises were broken. A failure names the seed that repeats it exactly.
 *
 *     npx node test/simulation/simulate.ts --schedules 10000 --seed 1
 *     npx node test/simulation/simulate.ts --only 4711
 */
import { parseArgs } from "node:util";
import { runSchedule, type ScheduleReport } from "./run-schedule.ts";

/** What many schedules showed. */
export interface SimulationReport {
  readonly schedules: number;
  readonly sent: number;
  readonly answered: number;
  readonly unrecorded: number;
  /** Refusals by code. */
  readonly refused: Readonly<Record<string, number>>;
  readonly lost: number;
  readonly left: number;
  readonly replays: number;
  readonly restarts: number;
  readonly byRung: Readonly<Record<string, number>>;
  readonly virtualHours: number;
  /** Seeds of schedules in which a promise was broken, with what was broken. */
  readonly broken: readonly { readonly seed: number; readonly what: readonly string[] }[];
}

/** Runs `schedules` schedules of consecutive seeds. */
export async function simulate(
  schedules: number,
  seed: number,
  onSchedule: (report: SimulationReport) => void = () => {},
): Promise<SimulationReport> {
  const tally = { schedules: 0, sent: 0, answered: 0, unrecorded: 0, lost: 0, left: 0 };
  const more = { replays: 0, restarts: 0, virtualHours: 0 };
  const refused: Record<string, number> = {};
  const byRung: Record<string, number> = {};
  const broken: { seed: number; what: readonly string[] }[] = [];
  const report = () => ({ ...tally, ...more, refused, byRung, broken });
  for (let index = 0; index < schedules; index += 1) {
    const shown = await runSchedule(seed + index);
    tally.schedules += 1;
    more.replays += shown.ledger.replays.length;
    more.restarts += shown.ledger.restarts;
    more.virtualHours += shown.virtualMs / 3_600_000;
    for (const { ending } of shown.ledger.sendings) {
      tally.sent += 1;
      if (ending.kind === "refused") count(refused, ending.code);
      if (ending.kind === "lost" || ending.kind === "left") tally[ending.kind] += 1;
      if (ending.kind !== "answered") continue;
      tally[ending.reply.unrecorded ? "unrecorded" : "answered"] += 1;
      count(byRung, ending.reply.quality.rung);
    }
    if (shown.broken.length > 0) broken.push({ seed: shown.seed, what: shown.broken });
    onSchedule(report());
  }
  return report();
}

function count(tally: Record<string, number>, name: string): void {
  tally[name] = (tally[name] ?? 0) + 1;
}

function wordsFor({ seed, broken }: Pick<ScheduleReport, "seed" | "broken">): string {
  const again = `npx node test/simulation/simulate.ts --only ${seed}`;
  return `seed ${seed} broke ${broken.length}:\n  ${broken.join("\n  ")}\n  again: ${again}\n`;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      schedules: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      only: { type: "string" },
    },
  });
  const [from, many] =
    values.only === undefined ? [values.seed, values.schedules] : [values.only, 1];
  let told = 0;
  const report = await simulate(Number(many), Number(from), ({ schedules, broken }) => {
    for (const { seed, what } of broken.slice(told)) {
      process.stdout.write(wordsFor({ seed, broken: what }));
    }
    told = broken.length;
    if (process.stderr.isTTY || schedules % 500 === 0) {
      process.stderr.write(`\r${schedules} of ${many} schedules, ${broken.length} broken`);
    }
  });
  const { user, system } = process.cpuUsage();
  const cpuSeconds = Math.round((user + system) / 1e5) / 10;
  const seeds = report.broken.map(({ seed }) => seed);
  process.stdout.write(`\n${JSON.stringify({ ...report, broken: seeds, cpuSeconds }, null, 2)}\n`);
  process.exitCode = seeds.length === 0 && report.answered > 0 ? 0 : 1;
}
