/**
 * The ledger of all shipped families, as a page of the docs.
 *
 *     nice -n 19 npx node bench/quantum/ledger.ts [page] [budget, CPU-ms] [seeds]
 *
 * Of each family: the two smallest files and the one in the middle, by bytes, and two cuts of the
 * latter, one of a circuit's size and one of an annealer's.
 */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { hasShipped, listedBest, shippedNames, shippedPath } from "../exact/shipped.ts";
import { CUTS, tourOf } from "./ledger-cuts.ts";

const COMMAND_LINE = new URL("../../src/cli/main.ts", import.meta.url).pathname;
const FAMILIES = readdirSync(shippedPath("", "")).filter((name) => !name.includes("."));
/** Listed values of these are of the problem turned round. */
const NEGATED = ["bqp-beasley", "bqp-anonymous-1000"];
/** Of a file of thirty problems the first is taken. */
const FIRSTS: Readonly<Record<string, string>> = {
  "mknapcb1.txt": "5.100-00",
  "mknapcb5.txt": "10.250-00",
  "mknapcb7.txt": "30.100-00",
};
/** Tours are cut from one plane file, which is also tried whole. */
const PLANE_TOURS = ["berlin52.tsp"];
const SOLUTION = ".sol";
/** How the files were chosen, for the page. */
const RULE =
  "The files, by `npx node bench/quantum/ledger.ts`: of each family the two smallest and the one " +
  "in the middle, by bytes; of files of several problems the first; and two cuts of the middle " +
  "one, called after their size, one for circuits and one for annealers: the first items, with " +
  "capacities and counts in proportion. Tours of plane files are stated as placements of cities " +
  "around a circle. Orienteering and vehicle routing are not stated as quadratic problems here.";

interface Chosen {
  readonly path: string;
  readonly name: string;
  readonly best?: number | undefined;
}

/** What is chosen of a family; cuts are written into `folder`. */
function chosenOf(family: string, folder: string): readonly Chosen[] {
  const names = family === "tsp" ? PLANE_TOURS : shippedNames(family);
  const bySize = names
    .filter((name) => !name.endsWith(SOLUTION))
    .map((name) => ({ name, bytes: statSync(shippedPath(family, name)).size }))
    .toSorted((one, other) => one.bytes - other.bytes)
    .map(({ name }) => name);
  const middle = bySize[bySize.length >> 1];
  const whole = [...new Set([...bySize.slice(0, 2), middle])].map((name): Chosen => {
    const sign = NEGATED.includes(family) ? -1 : 1;
    const best = sign * (listedBest(name, FIRSTS[name]) ?? Number.NaN);
    if (family !== "tsp") return { path: shippedPath(family, name), name, best };
    return { ...written(folder, `${name}.qap`, tourOf(textOf(family, name))), best };
  });
  const row = CUTS[family];
  if (row === undefined) return whole;
  const [cut, ...sizes] = row;
  const cuts = sizes.map((size) => {
    const suffix = family === "tsp" ? ".qap" : "";
    const name = `${size}-of-${middle.replace(/\.gz$/, "")}${suffix}`;
    return written(folder, name, cut(textOf(family, middle), size));
  });
  return [...cuts, ...whole];
}

function written(folder: string, name: string, text: string): Chosen {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { path, name };
}

function textOf(family: string, name: string): string {
  const bytes = readFileSync(shippedPath(family, name));
  return (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

if (!hasShipped()) throw new Error("the instances are not there");
const [page = "docs/study/quantum-ledger.md", budgetMs = "300", seeds = "4"] =
  process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "ledger-"));
try {
  const chosen = FAMILIES.flatMap((family) => {
    const folder = join(scratch, family);
    mkdirSync(folder);
    return chosenOf(family, folder).map((one) => ({ family, ...one }));
  });
  const bests = chosen.filter(({ best }) => best !== undefined && !Number.isNaN(best));
  const list = join(scratch, "best.csv");
  writeFileSync(list, bests.map(({ name, best }) => `${name},${best}\n`).join(""));
  const families = chosen.flatMap(({ family, path }) => ["--family", `${family}=${path}`]);
  const limits = ["--budget-ms", budgetMs, "--seeds", seeds, "--best", list, "--page", page];
  execFileSync(process.execPath, [COMMAND_LINE, "study", "quantum", ...families, ...limits], {
    stdio: "inherit",
  });
  appendFileSync(page, `\n${RULE}\n`);
} finally {
  rmSync(scratch, { recursive: true });
}
