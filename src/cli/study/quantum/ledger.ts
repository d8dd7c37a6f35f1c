/**
 * The ledger: every file a row, whatever became of it, then families, then whether verdicts could
 * have been told beforehand. What `--json` prints and the page shows.
 */
import { Fault } from "#foundation";
import { cliFaults } from "../../faults.ts";
import type { StudyMeans } from "../progress.ts";
import { CAMPS, type Camp } from "./camps.ts";
import { type Entry, type EntryOptions, studyProblem, type Verdict } from "./entry.ts";
import { type Forecast, forecastOf } from "./forecast.ts";
import { contentOf, type ProblemFile } from "./problem-files.ts";

/** A file's row. */
export type LedgerRow = { readonly family: string; readonly file: string } & (
  | { readonly kind: "unread"; readonly reason: string }
  | { readonly kind: "studied"; readonly entry: Entry }
);

/** Best, quartiles and worst; `null` where there was no answer. */
export type Distribution = readonly (number | null)[];

/** A camp on a family. */
export interface FamilyCamp {
  readonly camp: Camp;
  /** Those that were strongest on some problem. */
  readonly champions: readonly string[];
  /** Problems it ran on, of those read. */
  readonly run: number;
  readonly read: number;
  /** Gaps of all its runs; `null` where it had none. */
  readonly gaps: Distribution | null;
  /** Beside the classical camp; `null` for that itself. */
  readonly outcomes: Readonly<Record<Verdict["outcome"], number>> | null;
  readonly hardware: "not run";
}

/** What a study found. */
export interface Ledger extends EntryOptions {
  readonly study: "quantum";
  readonly isPartial: boolean;
  readonly rows: readonly LedgerRow[];
  readonly families: readonly { readonly family: string; readonly camps: readonly FamilyCamp[] }[];
  /** `null` with fewer than two families. */
  readonly forecast: Forecast | null;
}

const SHARES: readonly number[] = [0, 0.25, 0.5, 0.75, 1];

/**
 * Studies the files one after the other, until told to stop.
 *
 * @throws Fault `interrupted` when that is before the first is done.
 */
export async function keepLedger(
  files: readonly ProblemFile[],
  bests: ReadonlyMap<string, number>,
  options: EntryOptions,
  means: StudyMeans,
): Promise<Ledger> {
  const rows: LedgerRow[] = [];
  for (const [at, file] of files.entries()) {
    const { family, name } = file;
    const content = await contentOf(file);
    if (content.kind === "unread") {
      rows.push({ family, file: name, ...content });
      continue;
    }
    const goOn = (what: string) => means.goOn(`${at + 1} of ${files.length}, ${name}: ${what}`);
    const own = { cpuMs: means.cpuMs, goOn };
    const entry = await studyProblem(content.problem, bests.get(name), options, own);
    if (entry === undefined) break;
    rows.push({ family, file: name, kind: "studied", entry });
  }
  if (rows.length === 0) {
    const detail = "expected one problem to be finished, got a request to stop before";
    throw new Fault(cliFaults.interrupted, { detail });
  }
  return ledgerOf(rows, options, rows.length < files.length);
}

function ledgerOf(
  rows: readonly LedgerRow[],
  { budgetMs, seeds, seed }: EntryOptions,
  isPartial: boolean,
): Ledger {
  const families = [...new Set(rows.map(({ family }) => family))].map((family) => {
    const entries = entriesOf(rows.filter((row) => row.family === family));
    return { family, camps: CAMPS.map((camp) => familyCamp(camp, entries)) };
  });
  const cases = rows.flatMap((row) =>
    entriesOf([row]).flatMap(({ features, verdicts }) =>
      verdicts.flatMap(({ challenger, outcome }) => {
        return outcome === "not-run" ? [] : [{ family: row.family, challenger, features, outcome }];
      }),
    ),
  );
  const study = "quantum" as const;
  return { study, budgetMs, seeds, seed, isPartial, rows, families, forecast: forecastOf(cases) };
}

function entriesOf(rows: readonly LedgerRow[]): readonly Entry[] {
  return rows.flatMap((row) => (row.kind === "studied" ? [row.entry] : []));
}

function familyCamp(camp: Camp, entries: readonly Entry[]): FamilyCamp {
  const own = entries.flatMap(({ camps }) => camps.filter((one) => one.camp === camp));
  const run = own.filter(({ champion }) => champion !== null);
  const outcomes = { win: 0, tie: 0, loss: 0, "not-run": 0 };
  for (const { challenger, outcome } of entries.flatMap(({ verdicts }) => verdicts)) {
    if (challenger === camp) outcomes[outcome] += 1;
  }
  const gaps = run.flatMap((one) => one.gaps);
  return {
    camp,
    champions: [...new Set(run.flatMap(({ champion }) => champion ?? []))],
    run: run.length,
    read: entries.length,
    gaps: gaps.length === 0 ? null : distributionOf(gaps),
    outcomes: camp === "classical" ? null : outcomes,
    hardware: "not run",
  };
}

/** By nearest rank, for runs without an answer have no number. */
function distributionOf(gaps: readonly (number | null)[]): Distribution {
  const ascending = gaps.toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity) || 0);
  return SHARES.map((share) => ascending[Math.round(share * (ascending.length - 1))]);
}
