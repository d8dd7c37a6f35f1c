/**
 * How well intents are told: `npx node bench/intent-classifier.ts [--data FOLDER]`.
 *
 * BANKING77: every fifth example of each intent is held out, the rest learnt from; then 10 and 30
 * examples an intent. CLINC150: learnt from its training part and its out-of-scope examples, judged
 * on its validation part and the out-of-scope examples of that. Accuracy, what abstaining costs and
 * saves, out-of-scope recall, CPU time. FOLDER holds `banking77` and `clinc150` as published.
 */
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import {
  classifyIntent,
  encodeIntentModel,
  type IntentExample,
  type IntentModel,
  learnIntents,
} from "#learning";
import { csvRecords } from "../src/cli/csv.ts";

const HELD_OUT_EVERY = 5;

const flag = process.argv.indexOf("--data");
const folder = flag < 0 ? join(import.meta.dirname, "../../shared/data") : process.argv[flag + 1];
if (!existsSync(join(folder, "banking77"))) {
  process.stderr.write(`expected the data sets banking77 and clinc150 in ${folder}; see --data\n`);
  process.exit(2);
}

const banking = await examplesOf(join(folder, "banking77", "train.csv.gz"));
const places = new Map<string, number>();
const numbered = banking.map((example) => {
  const place = (places.get(example.intent) ?? 0) + 1;
  places.set(example.intent, place);
  return { example, place };
});
const isHeldOut = (place: number) => place % HELD_OUT_EVERY === 0;
const heldOut = numbered.filter(({ place }) => isHeldOut(place)).map(({ example }) => example);
for (const perIntent of [10, 30, Number.POSITIVE_INFINITY]) {
  const learnt = numbered
    .filter(
      ({ place }) => !isHeldOut(place) && place - Math.floor(place / HELD_OUT_EVERY) <= perIntent,
    )
    .map(({ example }) => example);
  judge(`BANKING77, ${learnt.length} examples`, learnt, [], heldOut);
}

const clinc = (name: string) => examplesOf(join(folder, "clinc150", `${name}.csv.gz`));
const outOfScope = (await clinc("oos_train")).map(({ text }) => text);
const strangers = await clinc("oos_val");
judge("CLINC150, all", await clinc("train"), outOfScope, [...(await clinc("val")), ...strangers]);

function judge(
  name: string,
  examples: readonly IntentExample[],
  strange: readonly string[],
  trials: readonly IntentExample[],
): void {
  const learning = process.cpuUsage();
  const model = learnIntents({ examples, outOfScope: strange, seed: 1 });
  const learningSeconds = secondsSince(learning);
  const judging = process.cpuUsage();
  const verdicts = trials.map((trial) => ({
    ...trial,
    verdict: classifyIntent(model, trial.text),
  }));
  const perText = (secondsSince(judging) / trials.length) * 1e3;
  const known = verdicts.filter(({ intent }) => model.intents.includes(intent));
  const unknown = verdicts.filter(({ intent }) => !model.intents.includes(intent));
  const accuracy = share(known, ({ verdict, intent }) => verdict.intent === intent);
  print(`${name}: ${trials.length} judged`);
  print(`  accuracy without abstaining  ${percent(accuracy)}`);
  for (const probabilityMin of [0.3, 0.5, 0.7, 0.9]) tellAbstention(known, unknown, probabilityMin);
  const predicted = known.reduce((sum, { verdict }) => sum + verdict.probability, 0) / known.length;
  print(`  mean probability it gave     ${percent(predicted)}`);
  const cost = `${learningSeconds.toFixed(1)} CPU-s, ${perText.toFixed(3)} CPU-ms a text`;
  print(`  learnt in ${cost}, ${sizeOf(model)}`);
}

type Judged = IntentExample & { readonly verdict: ReturnType<typeof classifyIntent> };

function tellAbstention(known: readonly Judged[], unknown: readonly Judged[], least: number): void {
  const answered = known.filter(({ verdict }) => verdict.probability >= least);
  const right = share(answered, ({ verdict, intent }) => verdict.intent === intent);
  const recall = share(unknown, ({ verdict }) => verdict.probability < least);
  const kept = answered.filter(({ verdict, intent }) => verdict.intent === intent).length;
  const strange = unknown.length === 0 ? "" : `, out-of-scope recall ${percent(recall)}`;
  print(
    `  at least ${least}: answers ${percent(answered.length / known.length)}, ` +
      `of these right ${percent(right)}, of all right ${percent(kept / known.length)}${strange}`,
  );
}

async function examplesOf(path: string): Promise<IntentExample[]> {
  const examples: IntentExample[] = [];
  const text = createReadStream(path).pipe(createGunzip()).setEncoding("utf8");
  for await (const { line, fields } of csvRecords(text, path)) {
    if (line > 1) examples.push({ text: fields[0], intent: fields[1] });
  }
  return examples;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length / items.length;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function sizeOf(model: IntentModel): string {
  return `${(encodeIntentModel(model).length / 1e6).toFixed(2)} MB`;
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
