/**
 * `tandem learn`: small models from files of examples.
 */
import fs from "node:fs";
import type { Command } from "commander";
import { counted, Fault, sha256Hex } from "#foundation";
import { encodeIntentModel, intentFaults, learnIntents } from "#learning";
import { wholeNumber, withOutput } from "../commands/place-options.ts";
import { type CsvRecord, csvRecords } from "../csv.ts";
import { DEMO_FAULTS } from "../demo/faults.ts";
import { cliFaults } from "../faults.ts";
import { unreadableFile } from "../input-file.ts";
import { type ExitCode, type OutputOptions, print, type Run, type Terminal } from "../terminal.ts";

interface LearnOptions extends OutputOptions {
  readonly out: string;
  readonly seed: number;
  readonly probabilityMin?: number;
}

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addLearn(program: Command, terminal: Terminal, run: Run): void {
  const learn = program
    .command("learn")
    .summary("learn small models from examples")
    .description("Learns small models from files of examples.");
  const command = learn
    .command("intents")
    .summary("learn what short texts are about")
    .description(
      "Learns from a CSV file with the header `text,intent` what short texts are about, and " +
        "writes the model. A text with no intent has none of them, and helps to abstain. Same " +
        "file and seed, same model.",
    )
    .argument("<examples>", "CSV file of texts and their intents")
    .requiredOption("--out <file>", "where to write the model")
    .option("--seed <number>", "seed of everything random", wholeNumber, 1)
    .option("--probability-min <number>", "abstain below this probability; 0.5", Number)
    .action((file: string, options: LearnOptions) =>
      run(options, () => learnFrom(terminal, file, options)),
    );
  withOutput(command, [
    "tandem learn intents examples/contact-centre/intents.csv --out intents.bin",
    "tandem serve --intents intents.bin",
  ]);
}

async function learnFrom(
  terminal: Terminal,
  file: string,
  options: LearnOptions,
): Promise<ExitCode> {
  const { out, seed, probabilityMin } = options;
  const rows = await rowsOf(file);
  const examples = rows.filter(({ intent }) => intent !== "");
  const outOfScope = rows.filter(({ intent }) => intent === "").map(({ text }) => text);
  const model = learnIntents({ examples, outOfScope, seed, probabilityMin });
  const bytes = encodeIntentModel(model);
  try {
    fs.writeFileSync(out, bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault(cliFaults.fileUnwritable, { detail: why }, error);
  }
  const learnt = {
    intents: model.intents,
    examples: examples.length,
    outOfScope: outOfScope.length,
    probabilityMin: model.probabilityMin,
    bytes: bytes.length,
    model: sha256Hex(bytes),
  };
  const text =
    `${counted(model.intents.length, "intent")} from ${counted(examples.length, "example")} and ` +
    `${counted(outOfScope.length, "text")} with none of them: ${out}, ${bytes.length} bytes\n`;
  print(terminal, options, learnt, text);
  return 0;
}

interface Row {
  readonly text: string;
  readonly intent: string;
}

/** @throws Fault `file-unreadable`, or `intent-training-unusable` for what is no such table. */
async function rowsOf(file: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  try {
    const chunks = fs.createReadStream(file, { encoding: "utf8" });
    for await (const record of csvRecords(chunks, file)) {
      const row = rowOf(record, file);
      if (record.line > 1) rows.push(row);
    }
  } catch (error) {
    if (error instanceof Fault && error.row.code === DEMO_FAULTS.malformedFile.code) {
      throw new Fault(intentFaults.unusable, { detail: error.message }, error);
    }
    if (error instanceof Fault) throw error;
    throw unreadableFile(file, error);
  }
  return rows;
}

function rowOf({ line, fields }: CsvRecord, file: string): Row {
  const [text, intent] = fields;
  const isHeader = line === 1;
  if (isHeader ? `${fields}` === "text,intent" : fields.length === 2) return { text, intent };
  const expected = isHeader ? "the header text,intent" : "a text and its intent";
  const got = isHeader ? JSON.stringify(`${fields}`.slice(0, 40)) : `${fields.length} fields`;
  const detail = `${file}, line ${line}: expected ${expected}, got ${got}`;
  throw new Fault(intentFaults.unusable, { detail });
}
