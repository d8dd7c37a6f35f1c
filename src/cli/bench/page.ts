/**
 * The page of a suite, `docs/bench/<suite>.md`: written from the results beside it, so that a
 * figure can be measured again without the others.
 */
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type FigureResult, figureResultSchema, type Reading } from "./reading.ts";
import type { Suite } from "./suites.ts";

const resultsSchema = z.array(figureResultSchema);

/** Takes `fresh` results into those of `suite` in `folder`, and writes the page anew. */
export function keepResults(suite: Suite, fresh: readonly FigureResult[], folder: string): void {
  const kept = new Map(readResults(suite, folder).map((result) => [result.figure, result]));
  for (const result of fresh) kept.set(result.figure, result);
  const results = suite.figures.flatMap(({ id }) => kept.get(id) ?? []);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(resultsPath(suite, folder), `${JSON.stringify(results, undefined, 2)}\n`);
  fs.writeFileSync(path.join(folder, `${suite.name}.md`), pageText(suite, results));
}

/** The results kept so far, none if the suite was never measured. */
function readResults(suite: Suite, folder: string): readonly FigureResult[] {
  const file = resultsPath(suite, folder);
  if (!fs.existsSync(file)) return [];
  return resultsSchema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
}

function resultsPath({ name }: Suite, folder: string): string {
  return path.join(folder, `${name}.json`);
}

function pageText(suite: Suite, results: readonly FigureResult[]): string {
  const sections = suite.figures.flatMap(({ id, title }) => {
    const result = results.find(({ figure }) => figure === id);
    return result === undefined ? [] : [section(title, result)];
  });
  return [
    `# Benchmark: ${suite.name}\n`,
    `What \`npx tandem bench ${suite.name}\` measured of ${suite.summary}. The command writes this`,
    "page; each figure names the part of it that measures that figure again.\n",
    ...sections,
  ].join("\n");
}

function section(title: string, { readings, command, date, machine, cpuSeconds }: FigureResult) {
  const rows = readings.map(
    (reading) =>
      `| ${reading.what} | ${reading.goal || "-"} | ${reading.reached} | ${reading.spread} | ` +
      `${verdict(reading)} |`,
  );
  return [
    `## ${title}\n`,
    "| what | goal | reached | spread | |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    `\`${command}\` on ${date}: ${machine}; ${cpuSeconds.toFixed(1)} CPU-s.\n`,
  ].join("\n");
}

/** How a reading stands to its goal. */
export function verdict({ goal, isMet }: Reading): string {
  if (isMet === null) return goal === "" ? "" : "not compared";
  return isMet ? "met" : "missed";
}
