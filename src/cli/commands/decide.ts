/**
 * `tandem decide`: one decision from a file, without a server.
 */
import type { Command } from "commander";
import { catalogue } from "#decisions";
import { inputBytes } from "../input-file.ts";
import { intentFinder, intentsOption } from "../learn/intent-finder.ts";
import { reachPlatform } from "../reach-platform.ts";
import { registerShop } from "../register-shop.ts";
import {
  type ExitCode,
  type OutputOptions,
  print,
  type Run,
  type Terminal,
  unlessInterrupted,
} from "../terminal.ts";
import {
  dataOption,
  namedPlace,
  type PlaceOptions,
  urlOption,
  withOutput,
} from "./place-options.ts";

interface DecideOptions extends PlaceOptions, OutputOptions {
  readonly sample: boolean;
  readonly intents?: string;
}

/** Adds the command to `program`; `run` turns its promise into an exit code. */
export function addDecide(program: Command, terminal: Terminal, run: Run): void {
  const types = catalogue.map((type) => type.id).join(", ");
  const command = program
    .command("decide")
    .summary("answer one decision request from a file")
    .description(
      "Answers one decision request and prints the reply as JSON. Without --data or --url " +
        "nothing is kept, and the bundled example shop is at hand.",
    )
    .argument("<type>", `decision type: ${types}`)
    .argument("<file>", "request as JSON, - for standard input")
    .addOption(dataOption("record the decision in this data directory"))
    .addOption(urlOption())
    .option("--no-sample", "without the bundled example shop")
    .addOption(intentsOption().conflicts("url"))
    .action((type: string, file: string, options: DecideOptions) =>
      run(options, () =>
        unlessInterrupted(terminal.signal, decideFile(terminal, type, file, options)),
      ),
    );
  withOutput(command, [
    "tandem decide ranking examples/shop/request.json",
    "tandem decide ranking - --data ./.tandem < request.json",
    "tandem decide ranking request.json --url http://127.0.0.1:7070 --json",
  ]);
}

async function decideFile(
  terminal: Terminal,
  type: string,
  file: string,
  options: DecideOptions,
): Promise<ExitCode> {
  const body = new Uint8Array(await inputBytes(terminal, file));
  const place = namedPlace(options) ?? { kind: "memory" };
  const intents = intentFinder(options.intents);
  const usesShop = options.sample && place.kind === "memory";
  const platform = await reachPlatform(
    terminal,
    place,
    usesShop ? registerShop : undefined,
    intents,
  );
  try {
    const reply = await platform.decide(type, body);
    print(terminal, options, reply, `${JSON.stringify(reply, undefined, 2)}\n`);
    return 0;
  } finally {
    await platform.close();
  }
}
