/**
 * `tandem world`: simulate one of the worlds that answer back.
 */
import { type Command, InvalidArgumentError } from "commander";
import { Fault } from "#foundation";
import type { Centre } from "#worlds";
import { cliFaults } from "../faults.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Run,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import { centreFile } from "../world/centre-file.ts";
import {
  CENTRE_POLICIES,
  type CentrePolicy,
  PLATFORM_POLICY,
  withPolicies,
} from "../world/centre-policies.ts";
import { type CentreReport, reportText } from "../world/centre-report.ts";
import { durationSeconds, ratePerHour, someSeconds } from "../world/quantities.ts";
import { differences, policyReport, replicate } from "../world/replications.ts";
import {
  closedForm,
  isOverloaded,
  type SinglePool,
  singlePoolCentre,
} from "../world/single-pool.ts";
import {
  positiveCount,
  positiveNumber,
  urlOption,
  wholeNumber,
  withOutput,
} from "./place-options.ts";

interface CentreOptions extends OutputOptions {
  readonly rate?: number;
  readonly handle?: number;
  readonly handleCv?: number;
  readonly agents?: number;
  readonly patience?: number;
  readonly within?: number;
  readonly length?: number;
  readonly warmUp?: number;
  readonly config?: string;
  readonly policy?: readonly string[];
  readonly url?: string;
  readonly replications: number;
  readonly seed: number;
}

const WITHIN_SECONDS = 20;
const LENGTH_SECONDS = 168 * 3600;
const WARM_UP_SECONDS = 4 * 3600;
const REPLICATIONS_MAX = 10_000;
/** Options that describe a single pool, and are of no use beside a file that describes a centre. */
const POOL_OPTIONS = Object.freeze([
  ...(["rate", "handle", "handleCv", "agents"] as const),
  ...(["patience", "within", "length", "warmUp"] as const),
]);

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addWorld(program: Command, terminal: Terminal, run: Run): void {
  const world = program
    .command("world")
    .summary("simulate a world that answers back")
    .description("Simulates a world, seeded, in virtual time.");
  addContactCentre(world, terminal, run);
}

function addContactCentre(world: Command, terminal: Terminal, run: Run): void {
  const policies = CENTRE_POLICIES.map(({ name, summary }) => `  ${name.padEnd(18)} ${summary}`);
  const command = world
    .command("contact-centre")
    .summary("contacts, agents, and a policy that brings them together")
    .description(
      "Simulates a contact centre event by event: one pool of agents from the options, or the " +
        "centre a file describes (docs/worlds.md). Prints means over independent runs with 95 % " +
        "intervals, and Erlang's formulas beside them where they apply.",
    )
    .option("--rate <contacts/time>", "arrivals, e.g. 400/30min", ratePerHour)
    .option("--handle <duration>", "mean handling time, exponential, e.g. 225s", someSeconds)
    .option("--handle-cv <number>", "log-normal instead: deviation over mean", positiveNumber)
    .option("--agents <count>", "agents of the pool", positiveCount)
    .option("--patience <duration>", "mean patience, exponential; for ever if absent", someSeconds)
    .option("--within <duration>", "target of the service level (default: 20s)", durationSeconds)
    .option("--length <duration>", "length of a run (default: 168h)", someSeconds)
    .option("--warm-up <duration>", "beginning that is not counted (default: 4h)", durationSeconds)
    .option("--config <file>", "centre described as JSON, - for standard input")
    .option("--policy <name>", "who goes to whom (repeatable: compared with the first)", addPolicy)
    .addOption(urlOption())
    .option("--replications <count>", "independent runs, at least 2", replicationCount, 30)
    .option("--seed <number>", "same seed, same contacts, whatever the policy", wholeNumber, 1)
    .addHelpText(
      "after",
      `\nPolicies (${CENTRE_POLICIES[0].name} if none is named):\n${policies.join("\n")}`,
    )
    .action((options: CentreOptions) =>
      run(options, () => unlessInterrupted(terminal.signal, simulateCentre(terminal, options))),
    );
  withOutput(command, [
    "tandem world contact-centre --rate 400/30min --handle 225s --agents 55",
    "tandem world contact-centre --rate 400/30min --handle 225s --agents 55 --patience 120s --json",
    "tandem world contact-centre --config examples/worlds/n-design.json --policy max-weight",
  ]);
}

async function simulateCentre(terminal: Terminal, options: CentreOptions): Promise<ExitCode> {
  const pool = options.config === undefined ? poolOf(options) : undefined;
  const centre = await centreOf(terminal, options, pool);
  const names = options.policy ?? [CENTRE_POLICIES[0].name];
  requireAsked(names, options.url);
  const report = await withPolicies(terminal, { names, url: options.url }, (policies) =>
    simulated(terminal, options, { centre, pool, policies }),
  );
  if (terminal.isInteractive) terminal.err("\r\x1b[K");
  print(terminal, options, report, reportText(report));
  return 0;
}

/** @throws Fault `usage` for a server that no policy would ask. */
function requireAsked(names: readonly string[], url: string | undefined): void {
  if (url === undefined || names.includes(PLATFORM_POLICY)) return;
  const detail = `--url: expected --policy ${PLATFORM_POLICY} beside it, got ${names.join(", ")}`;
  throw new Fault(cliFaults.usage, { detail });
}

interface CentreWork {
  readonly centre: Centre;
  readonly pool: SinglePool | undefined;
  readonly policies: readonly CentrePolicy[];
}

async function simulated(
  terminal: Terminal,
  { replications, seed }: CentreOptions,
  { centre, pool, policies }: CentreWork,
): Promise<CentreReport> {
  const between = (run: number, of: number) => pause(terminal, `run ${run} of ${of}`);
  const runs = await replicate({ centre, policies, replications, seed, between });
  const [first, ...others] = policies.map((policy, at) => policyReport(centre, policy, runs[at]));
  const { runSeconds, warmUpSeconds, abandonments, classes } = centre;
  return {
    world: "contact-centre",
    ...{ seed, replications, hours: runSeconds / 3600, warmUpHours: warmUpSeconds / 3600 },
    withinSeconds: Object.fromEntries(classes.map((one) => [one.id, one.withinSeconds])),
    ...{ abandonments, ...first, others },
    differences: others.map(({ policy }, at) => ({
      ...{ policy, lessPolicy: first.policy },
      measures: differences(centre, runs[at + 1], runs[0]),
    })),
    closedForm: pool && closedForm(pool),
    notes: pool !== undefined && isOverloaded(pool) ? [OVERLOADED] : [],
  };
}

const OVERLOADED =
  "more work arrives than the agents can do and nobody gives up: the queue grows for as long as " +
  "the run lasts, and its figures say more about that length than about the centre";

/** Lets others have the thread, shows where the work is, and ends it when the user asks. */
async function pause(terminal: Terminal, progress: string): Promise<void> {
  await new Promise((resume) => setImmediate(resume));
  if (terminal.signal.aborted) {
    const detail = `expected time to finish, got a request to stop before ${progress}`;
    throw new Fault(cliFaults.interrupted, { detail });
  }
  if (terminal.isInteractive) terminal.err(`\r\x1b[K${progress}`);
}

async function centreOf(
  terminal: Terminal,
  options: CentreOptions,
  pool: SinglePool | undefined,
): Promise<Centre> {
  const { config } = options;
  if (config === undefined) return singlePoolCentre(pool ?? poolOf(options));
  const surplus = POOL_OPTIONS.filter((name) => options[name] !== undefined).map(flagOf);
  if (surplus.length === 0) return centreFile(terminal, config);
  const detail = `--config: expected no options of a pool beside it, got ${surplus.join(", ")}`;
  throw new Fault(cliFaults.usage, { detail });
}

function poolOf(options: CentreOptions): SinglePool {
  const { rate, handle, agents } = options;
  if (rate === undefined || handle === undefined || agents === undefined) {
    const missing = (["rate", "handle", "agents"] as const)
      .filter((name) => options[name] === undefined)
      .map(flagOf);
    const got = `no ${missing.join(", no ")}`;
    const detail = `expected --config, or --rate, --handle and --agents; got ${got}`;
    throw new Fault(cliFaults.usage, { detail });
  }
  return {
    perHour: rate,
    handleSeconds: handle,
    handleCv: options.handleCv,
    agents,
    patienceSeconds: options.patience,
    withinSeconds: options.within ?? WITHIN_SECONDS,
    hours: (options.length ?? LENGTH_SECONDS) / 3600,
    warmUpHours: (options.warmUp ?? WARM_UP_SECONDS) / 3600,
  };
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** Gathers the names of policies over repetitions of the option. */
function addPolicy(name: string, gathered: readonly string[] = []): readonly string[] {
  const names = CENTRE_POLICIES.map((one) => one.name);
  if (names.includes(name)) return [...gathered, name];
  throw new InvalidArgumentError(`expected one of ${names.join(", ")}`);
}

function replicationCount(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 2 && count <= REPLICATIONS_MAX) return count;
  throw new InvalidArgumentError(`expected a whole number from 2 to ${REPLICATIONS_MAX}`);
}
