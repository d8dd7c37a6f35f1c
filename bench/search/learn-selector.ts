/**
 * Learns which search to take for which problem: runs every member of the portfolio by itself for
 * a CPU second on the shipped problems and on those made up, and keeps what each lost to the best.
 *
 *     npx node bench/search/learn-selector.ts [--add | --kept]
 *     npx biome check --write src/runtime
 *
 * `--add` measures only what is not among the measurements that are kept beside the code, for
 * members and problems that are new; `--kept` learns from these alone. Writes
 * `bench/search/selector/measurements.csv` and `src/runtime/selector/lessons.json`. Some ten
 * minutes of processor time for all.
 */
import { writeFileSync } from "node:fs";
import { generatedInstances, shippedInstances } from "./selector/instances.ts";
import { learn, lessonsText } from "./selector/learn.ts";
import {
  keepMeasurements,
  keptMeasurements,
  type Measurement,
  measure,
} from "./selector/measurements.ts";

const LESSONS = new URL("../../src/runtime/selector/lessons.json", import.meta.url);

if (!process.argv.includes("--kept")) {
  const known = process.argv.includes("--add") ? keptMeasurements() : [];
  const instances = [...shippedInstances(), ...generatedInstances()];
  const names = new Set(instances.map(({ name }) => name));
  // What was measured on problems that are absent here.
  const measurements: Measurement[] = known.filter(({ problem }) => !names.has(problem));
  for (const instance of instances) {
    const own = await measure(instance, known);
    measurements.push(...own);
    const fresh = own.slice(known.filter(({ problem }) => problem === instance.name).length);
    const told = fresh.map(({ solver, objectives }) => `${solver} ${objectives.join("/")}`);
    process.stderr.write(`  ${instance.family} ${instance.name}: ${told.join(", ")}\n`);
  }
  keepMeasurements(measurements);
}
writeFileSync(LESSONS, lessonsText(learn(keptMeasurements())));
