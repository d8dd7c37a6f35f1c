/**
 * `tandem serve`: the server, until it is told to stop.
 */
import { type Command, Option } from "commander";
import { buildConsole, CONSOLE_FOLDER, consoleFiles, isConsoleBuilt } from "#console";
import { catalogue } from "#decisions";
import { present, unreachable } from "#foundation";
import { assembleServer, version } from "../../assemble.ts";
import { intentFinder, intentsOption } from "../learn/intent-finder.ts";
import { registerShop, shopRequestFile } from "../register-shop.ts";
import { type SampleMessage, startSample } from "../sample/start-sample.ts";
import { type ExitCode, type OutputOptions, print, type Run, type Terminal } from "../terminal.ts";
import {
  hostName,
  originOf,
  type PlaceOptions,
  portNumber,
  positiveCount,
  positiveNumber,
  storageOf,
  withOutput,
  withStorage,
} from "./place-options.ts";

interface ServeOptions extends PlaceOptions, OutputOptions {
  readonly port: number;
  readonly host: string;
  readonly sample: boolean;
  readonly intents?: string;
  readonly logLevel?: string;
  readonly retentionDays?: number;
  readonly allowedHost: readonly string[];
  readonly allowedOrigin: readonly string[];
  readonly ratePerKey: number;
  readonly ratePerTenant: number;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "silent"];

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addServe(program: Command, terminal: Terminal, run: Run): void {
  const command = program
    .command("serve")
    .summary("start the server")
    .description(
      "Starts the server with its embedded store and the bundled example shop, and prints a " +
        "request to try. The console is at the server's address; on an empty store the shop's " +
        "baskets are played in the background. Ctrl-C finishes what is in flight and stops; a " +
        "second stops at once.",
    )
    .addOption(
      new Option("--port <number>", "port to listen on, 0 for a free one")
        .env("PORT")
        .argParser(portNumber)
        .default(7070),
    )
    .option("--host <address>", "address to listen on; beyond loopback it needs keys", "127.0.0.1")
    .addOption(
      new Option("--allowed-host <name>", "another name of this server in Host headers; repeatable")
        .argParser(hostName)
        .default([], "none"),
    )
    .addOption(
      new Option("--allowed-origin <origin>", "web site whose pages may call; repeatable")
        .argParser(originOf)
        .default([], "none"),
    )
    .option("--rate-per-key <number>", "requests per second of one API key", positiveCount, 1000)
    .option("--rate-per-tenant <number>", "and of all of a tenant's", positiveCount, 2000)
    .option("--no-sample", "without the bundled example shop and its baskets")
    .addOption(intentsOption())
    .option("--retention-days <number>", "remove decisions older than this", positiveNumber)
    .addOption(
      new Option(
        "--log-level <level>",
        "least severe log lines to write to standard error (default: info, warn on a terminal)",
      ).choices(LOG_LEVELS),
    )
    .action((options: ServeOptions) => run(options, () => serve(terminal, options)));
  withOutput(withStorage(command), [
    "tandem serve",
    "tandem serve --port 8080 --data /var/lib/tandem --no-sample",
    "tandem serve --host 0.0.0.0 --allowed-host tandem.example.org",
    "DATABASE_URL=postgres://user@host/tandem tandem serve",
  ]);
}

async function serve(terminal: Terminal, options: ServeOptions): Promise<ExitCode> {
  const logLevel = options.logLevel ?? (terminal.isInteractive ? "warn" : "info");
  const server = await assembleServer({
    storage: storageOf(options),
    host: options.host,
    port: options.port,
    retentionDays: options.retentionDays,
    intents: intentFinder(options.intents),
    doors: { hosts: options.allowedHost, origins: options.allowedOrigin },
    rates: { perKey: options.ratePerKey, perTenant: options.ratePerTenant },
    page: consoleFiles(CONSOLE_FOLDER),
    log: { level: logLevel, stream: { write: (line) => terminal.err(line) } },
    ...(options.sample && { prepare: registerShop }),
  });
  try {
    await Promise.race([server.ready, stopAsked(terminal.signal)]);
    if (!terminal.signal.aborted) {
      const curl = curlLine(server.url, options.sample, server.needsKeys);
      const started = { url: server.url, version, curl };
      print(terminal, options, started, welcome(server.url, curl));
      buildMissingConsole(terminal);
      // Who has made keys is past needing a sample, and it has none.
      const plays = options.sample && !server.needsKeys;
      const endSample = plays ? startSample(server.url, sampleNews(terminal)) : undefined;
      await stopAsked(terminal.signal);
      await endSample?.();
    }
  } finally {
    await server.stop();
  }
  return 0;
}

function welcome(url: string, curl: string): string {
  return `Tandem ${version} is ready on ${url}

See it: open ${url} in a browser.

Try it:
  ${curl}

Stop it with Ctrl-C.
`;
}

/** The console is built when the package is installed, unless scripts were not allowed then. */
function buildMissingConsole(terminal: Terminal): void {
  if (isConsoleBuilt()) return;
  terminal.err("Building the console ...\n");
  void buildConsole(CONSOLE_FOLDER).then((isThere) => {
    const how = "The console could not be built; `npm run build:console` says why.\n";
    terminal.err(isThere ? "The console is built.\n" : how);
  });
}

/** Tells a person how the sample goes, and a log only how it ended. */
function sampleNews(terminal: Terminal): (message: SampleMessage) => void {
  const line = terminal.isInteractive ? "\r" : "";
  return (message) => {
    switch (message.kind) {
      case "progress":
        if (!terminal.isInteractive) return;
        terminal.err(`\rPlaying the sample shop: ${message.played} of ${message.planned} baskets`);
        return;
      case "ended":
        if (message.played > 0)
          terminal.err(`${line}Played ${message.played} baskets.          \n`);
        return;
      case "failed":
        terminal.err(`${line}The sample shop stopped: ${message.reason}\n`);
        return;
      default:
        unreachable(message);
    }
  };
}

/**
 * A request that works as printed: the shop's when it is loaded, else the catalogue's first
 * example.
 */
function curlLine(url: string, hasShop: boolean, needsKeys: boolean): string {
  const type = present(catalogue[0], "a decision type");
  const body = hasShop ? `@${shopRequestFile()}` : JSON.stringify(type.example);
  const quoted = `'${body.replaceAll("'", "'\\''")}'`;
  const key = needsKeys ? ' -H "authorization: Bearer $TANDEM_API_KEY"' : "";
  const json = "-H 'content-type: application/json'";
  return `curl -s ${url}/v1/decisions/${type.id}${key} ${json} -d ${quoted}`;
}

function stopAsked(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
