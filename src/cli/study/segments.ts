/**
 * `tandem study segments`: do quantum kernels, or segments found by annealing, come closer to
 * groups that are known?
 */
import type { Command } from "commander";
import { counted, Fault } from "#foundation";
import { positiveCount, wholeNumber, withOutput } from "../commands/place-options.ts";
import { cliFaults } from "../faults.ts";
import { type ExitCode, type OutputOptions, print, type Run, type Terminal } from "../terminal.ts";
import { readTable } from "./kernels/table.ts";
import { between, studyMeans } from "./progress.ts";
import { compareSegments, segmentsText } from "./segments/compare-segments.ts";

interface SegmentsOptions extends OutputOptions {
  readonly label?: string;
  readonly segments?: number;
  readonly rowsMin?: number;
  readonly rowsMax?: number;
  readonly seeds: number;
  readonly rows: number;
  readonly features: number;
  readonly seed: number;
}

const SEEDS_MAX = 1000;
const ROWS_MAX = 400;
const FEATURES_MAX = 11;

/** Adds the command to `study`. */
export function addStudySegments(study: Command, terminal: Terminal, run: Run): void {
  const command = study
    .command("segments")
    .summary("k-means, spectral and Ising clustering on classical and quantum kernels")
    .description(
      "Divides the rows of a table into segments without looking at their classes, by three " +
        "methods on three kernels, and says how near each comes to the classes. The annealed " +
        "segments keep limits on their size; the others do not know any.",
    )
    .argument("<table>", "CSV file with a header, numbers, and a column of classes (or .gz)")
    .option("--label <column>", "column of classes; the last if absent")
    .option("--segments <count>", "segments; as many as classes if absent", between(2, 20))
    .option("--rows-min <count>", "rows of a segment, at least", positiveCount)
    .option("--rows-max <count>", "rows of a segment, at most", positiveCount)
    .option("--seeds <count>", "repetitions, at least 2", between(2, SEEDS_MAX), 20)
    .option("--rows <count>", "rows drawn for each seed", between(20, ROWS_MAX), 100)
    .option("--features <count>", "principal components", between(1, FEATURES_MAX), 6)
    .option("--seed <number>", "seed of everything random", wholeNumber, 1)
    .action((file: string, options: SegmentsOptions) =>
      run(options, () => studySegments(terminal, file, options)),
    );
  withOutput(command, ["tandem study segments customers.csv --segments 8 --rows-max 20"]);
}

async function studySegments(
  terminal: Terminal,
  file: string,
  options: SegmentsOptions,
): Promise<ExitCode> {
  const table = await readTable(file, { label: options.label });
  const clusters = options.segments ?? table.classNames.length;
  const rows = Math.min(options.rows, table.rows.count);
  const { rowsMin = 0, rowsMax = rows } = options;
  if (rowsMin * clusters > rows || rowsMax * clusters < rows) {
    const limits = `${counted(clusters, "segment")} of ${rowsMin} to ${rowsMax} rows`;
    const detail = `expected room for ${counted(rows, "row")}, got ${limits}`;
    throw new Fault(cliFaults.usage, { detail });
  }
  const report = await compareSegments(table, { ...options, rows, clusters }, studyMeans(terminal));
  if (terminal.isInteractive) terminal.err("\r\x1b[K");
  if (report === undefined) {
    const detail = "expected two seeds to finish, got a request to stop before";
    throw new Fault(cliFaults.interrupted, { detail });
  }
  print(terminal, options, report, segmentsText(report));
  return report.isPartial ? 1 : 0;
}
