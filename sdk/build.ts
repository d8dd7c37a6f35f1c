/**
 * Builds the published JavaScript client: one module of plain JavaScript with its source map, and
 * declarations that stand alone. `npm run build:sdk` writes them to `sdk/javascript/dist`; another
 * folder may be named: `node sdk/build.ts <folder>`.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { isolatedDeclarationSync } from "rolldown/experimental";
import type { z } from "zod";
import { catalogue } from "#decisions";
import {
  capacityList,
  capacityTotals,
  decisionSummary,
  decisionView,
  itemEntries,
  itemSetReceipt,
  outcomeReceipts,
  outcomeReport,
  policyRequest,
  policyView,
  problem,
  replayReport,
  reservationRequest,
} from "#wire";
import { declared, type Side, typeText } from "./declarations.ts";

const ROOT = join(import.meta.dirname, "..");

/** What the client's sources take from the wire, by name. */
const WIRE: readonly (readonly [name: string, schema: z.ZodType, side: Side])[] = [
  ["CapacityTotals", capacityTotals, "input"],
  ["CapacityView", capacityList.shape.resources.unwrap().element, "output"],
  ["DecisionReply", decisionView.shape.reply, "output"],
  ["DecisionSummary", decisionSummary, "output"],
  ["DecisionView", decisionView, "output"],
  ["ItemEntries", itemEntries, "output"],
  ["ItemSetReceipt", itemSetReceipt, "output"],
  ["OutcomeReceipt", outcomeReceipts.shape.results.unwrap().element, "output"],
  ["OutcomeReport", outcomeReport, "input"],
  ["PolicyRequest", policyRequest, "input"],
  ["PolicyView", policyView, "output"],
  ["Problem", problem, "output"],
  ["ReplayReport", replayReport, "output"],
  ["ReservationRequest", reservationRequest, "input"],
];

const JSON_TYPE = `/** Any JSON value. */
export type Json =
  | null | boolean | number | string
  | readonly Json[]
  | { readonly [name: string]: Json | undefined };
`;

/** Writes module, source map and declarations into `folder`, which is emptied first. */
export async function buildClient(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await writeModule(folder);
  writeDeclarations(folder);
}

async function writeModule(folder: string): Promise<void> {
  const bundle = await rolldown({
    input: join(ROOT, "src/sdk/index.ts"),
    platform: "neutral",
    external: [],
    transform: { target: "es2022" },
  });
  try {
    await bundle.write({ dir: folder, format: "esm", sourcemap: true });
  } finally {
    await bundle.close();
  }
}

/** Declarations of the client's own files, each by itself; the wire's are written from schemas. */
function writeDeclarations(folder: string): void {
  const sources = join(ROOT, "src/sdk");
  for (const name of readdirSync(sources)) {
    if (name.endsWith(".test.ts")) continue;
    const { code, errors } = isolatedDeclarationSync(
      name,
      readFileSync(join(sources, name), "utf8"),
    );
    if (errors.length > 0) throw new Error(`${name}: ${errors.map((one) => one.message).join()}`);
    const standing = code.replaceAll('"#wire"', '"./wire.js"').replaceAll('.ts";', '.js";');
    writeFileSync(join(folder, name.replace(/\.ts$/, ".d.ts")), standing);
  }
  writeFileSync(join(folder, "wire.d.ts"), wireDeclarations());
  writeFileSync(join(folder, "decision-types.d.ts"), typeDeclarations());
}

function wireDeclarations(): string {
  return [
    'import type { Json } from "./decision-types.js";\n',
    ...WIRE.map(([name, schema, side]) => declared(name, schema, side)),
  ].join("\n");
}

function typeDeclarations(): string {
  const types = catalogue.map(({ id, title, summary, requestSchema, answerSchema }) => {
    const request = typeText(requestSchema, "input", "    ");
    const answer = typeText(answerSchema, "output", "    ");
    return (
      `  /** ${title}. ${summary} */\n` +
      `  readonly ${JSON.stringify(id)}: {\n` +
      `    readonly request: ${request};\n    readonly answer: ${answer};\n  };\n`
    );
  });
  return (
    `${JSON_TYPE}\n/** A JSON object. */\n` +
    "export interface JsonObject { readonly [name: string]: Json | undefined }\n\n" +
    `/** Decision types by id. */\nexport interface DecisionTypes {\n${types.join("")}}\n`
  );
}

if (import.meta.main)
  await buildClient(process.argv[2] ?? join(import.meta.dirname, "javascript/dist"));
