/**
 * `tandem roi`: an experiment read, and what it is worth in money.
 */
import { type Command, InvalidArgumentError } from "commander";
import {
  type CaseReading,
  changeText,
  FINDING_WORDS,
  kpiNamed,
  type MoneyRange,
  moneyText,
  type ReadExperiment,
  readBusinessCase,
  readCase,
  readExperiment,
  shareText,
} from "#experiments";
import { counted, randomStream } from "#foundation";
import { inputJson } from "../input-file.ts";
import { type ExitCode, type OutputOptions, print, type Run, type Terminal } from "../terminal.ts";
import { wholeNumber, withOutput } from "./place-options.ts";

interface RoiOptions extends OutputOptions {
  readonly experiment?: string;
  readonly draws: number;
  readonly seed: number;
}

const DRAWS = 10_000;
/** More say nothing new, and would hold up an interrupt. */
const DRAWS_MAX = 100_000;

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addRoi(program: Command, terminal: Terminal, run: Run): void {
  const command = program
    .command("roi")
    .summary("what an uplift is worth, with its uncertainty")
    .description(
      "Draws a business case many times: money with its interval, payback, the chance to pass a " +
        "gate, and what more testing is worth. With an experiment, its reading comes first and " +
        "its effect is the uplift. Same files and seed, same answer.",
    )
    .argument("<case>", "business case as JSON, - for standard input; docs/experiments.md has it")
    .option("--experiment <file>", "experiment as JSON, whose effect is the uplift")
    .option("--draws <number>", "how often to draw", wholeAboveZero, DRAWS)
    .option("--seed <number>", "seed of everything random", wholeNumber, 1)
    .action((file: string, options: RoiOptions) =>
      run(options, () => readMoney(terminal, file, options)),
    );
  withOutput(command, ["tandem roi case.json", "tandem roi case.json --experiment routing.json"]);
}

async function readMoney(terminal: Terminal, file: string, options: RoiOptions): Promise<ExitCode> {
  const random = randomStream(options.seed, "roi");
  const stated = await inputJson(terminal, file);
  const experiment =
    options.experiment === undefined
      ? undefined
      : readExperiment(await inputJson(terminal, options.experiment));
  const found = readBusinessCase(stated, experiment?.improvement);
  const reading = readCase(found, options.draws, random.fork("case"));
  const contactsLeftOut =
    experiment?.kind === "switchback" ? { contactsLeftOut: experiment.contactsLeftOut } : {};
  const document = { experiment: experiment?.reading ?? null, ...contactsLeftOut, case: reading };
  const text = `${experiment === undefined ? "" : experimentText(experiment)}${caseText(reading)}`;
  print(terminal, options, document, text);
  return 0;
}

function experimentText(experiment: ReadExperiment): string {
  if (experiment.kind === "split") {
    const { reading } = experiment;
    const { single, finding, metric, units } = reading;
    const change =
      single === undefined
        ? "nothing to compare"
        : `${shareText(single.value)} (${shareText(single.lower)} to ${shareText(single.upper)})`;
    const found = finding === "unsound" ? "not readable" : FINDING_WORDS[finding];
    const size = `${units.control} and ${units.treatment} units`;
    return `${reading.experiment}, ${size}: ${metric} ${change}, ${found}\n\n`;
  }
  const { reading, contactsLeftOut } = experiment;
  const { slicesSeen, slicesPlanned, pairs, conclusion, guardrails, slicesAlone } = reading;
  const alone = slicesAlone === 0 ? "" : `, ${slicesAlone} without a partner`;
  const leftOut =
    contactsLeftOut === 0 ? "" : `, ${counted(contactsLeftOut, "contact")} outside what is counted`;
  const lines = [
    `${reading.experiment}: ${slicesSeen} of ${slicesPlanned} slices, ` +
      `${counted(pairs, "pair")}${alone}${leftOut}`,
    conclusion.words,
    ...guardrails.map((figure) => {
      const { title } = kpiNamed(figure.kpi);
      return `  ${title}: ${changeText(figure)}, ${FINDING_WORDS[figure.finding]}`;
    }),
  ];
  return `${lines.join("\n")}\n\n`;
}

function caseText(reading: CaseReading): string {
  const { name, months, draws, net, benefits, costs, costsOf } = reading;
  const row = (title: string, range: MoneyRange) =>
    `  ${title.padEnd(12)}${moneyText(range.median).padStart(18)}   ` +
    `${moneyText(range.lower)} to ${moneyText(range.upper)}`;
  const lines = [
    `${name}: ${counted(months, "month")}, present value, ` +
      `${counted(draws, "draw")}; median, and 5 % to 95 %`,
    row("benefits", benefits),
    row("costs", costs),
    ...costsOf.map((cost) => `    ${cost.class.padEnd(10)}${moneyText(cost.mean).padStart(18)}`),
    row("net", net),
    "",
    ...reading.words,
  ];
  return `${lines.join("\n")}\n`;
}

function wholeAboveZero(text: string): number {
  const number = wholeNumber(text);
  if (number > 0 && number <= DRAWS_MAX) return number;
  throw new InvalidArgumentError(`expected a whole number from 1 to ${DRAWS_MAX}`);
}
