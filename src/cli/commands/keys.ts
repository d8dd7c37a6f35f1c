/**
 * `tandem keys`: make, list and revoke API keys.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import { catalogue } from "#decisions";
import type { Role } from "#foundation";
import type { KeyView } from "#wire";
import { type CreatedKey, type ReachedKeys, reachKeys } from "../reach-keys.ts";
import type { Place } from "../reach-platform.ts";
import { type ExitCode, type OutputOptions, print, type Run, type Terminal } from "../terminal.ts";
import {
  existingPlaceOf,
  type PlaceOptions,
  placeOf,
  withOutput,
  withPlace,
} from "./place-options.ts";

interface KeysOptions extends PlaceOptions, OutputOptions {
  readonly tenant?: string;
}

interface CreateOptions extends KeysOptions {
  readonly name: string;
  readonly role: Role;
  readonly type?: readonly string[];
  readonly expires?: (nowUtcMs: number) => number;
}

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Adds the commands to `program`; `run` turns their promises into exit codes. */
export function addKeys(program: Command, terminal: Terminal, run: Run): void {
  const keys = program
    .command("keys")
    .summary("make, list and revoke API keys")
    .description(
      "API keys let others than this machine's own users in. They work on the data directory or " +
        "database itself; if a server holds the directory, that server is asked, with the key " +
        "in TANDEM_API_KEY once there is one. docs/security.md says what each role may do.",
    );
  addCreate(keys, terminal, run);
  addList(keys, terminal, run);
  addRevoke(keys, terminal, run);
}

function addCreate(keys: Command, terminal: Terminal, run: Run): void {
  const command = keys
    .command("create")
    .summary("make a key and print it, this once")
    .requiredOption("--name <name>", "what people call it")
    .addOption(
      new Option("--role <role>", "what it may do")
        .choices(["reader", "operator", "admin"])
        .default("operator"),
    )
    .addOption(
      new Option("--type <type...>", "decision types it may touch (default: all)").choices(
        catalogue.map(({ id }) => id),
      ),
    )
    .option("--expires <when>", "30m, 12h, 90d, or an instant as 2027-01-01T00:00:00Z", expiry);
  withTenant(command).action((options: CreateOptions) =>
    run(options, () =>
      // Only making the first key may make the directory.
      reached(terminal, placeOf(options), async (reach) => {
        const { name, role, tenant, type: decisionTypes, expires } = options;
        const expiresAtUtcMs = expires?.(terminal.clock.utcMs());
        const made = await reach.create({ name, role, tenant, decisionTypes, expiresAtUtcMs });
        print(terminal, options, made, announcement(made));
      }),
    ),
  );
  withOutput(command, [
    'tandem keys create --name "me" --role admin',
    'tandem keys create --name "shop backend" --type ranking --expires 90d',
    'tandem keys create --name "acme" --role admin --tenant acme --json',
  ]);
}

function addList(keys: Command, terminal: Terminal, run: Run): void {
  const command = keys.command("list").summary("the keys of one tenant, newest first");
  withTenant(command).action((options: KeysOptions) =>
    run(options, () =>
      reached(terminal, existingPlaceOf(options), async (reach) => {
        const items = await reach.list(options.tenant);
        const lines = items.map(line);
        print(terminal, options, { items }, lines.join("") || "There are no keys.\n");
      }),
    ),
  );
  withOutput(command, ["tandem keys list", "tandem keys list --tenant acme --json"]);
}

function addRevoke(keys: Command, terminal: Terminal, run: Run): void {
  const command = keys
    .command("revoke")
    .summary("end a key at once")
    .argument("<id>", "the key's id, as the list has it");
  withTenant(command).action((id: string, options: KeysOptions) =>
    run(options, () =>
      reached(terminal, existingPlaceOf(options), async (reach) => {
        const key = await reach.revoke(id, options.tenant);
        print(terminal, options, key, line(key));
      }),
    ),
  );
  withOutput(command, ["tandem keys revoke 4f1d2c3b4a59"]);
}

function withTenant(command: Command): Command {
  const whose = "whose keys (default: the installation's own, local)";
  return withPlace(command.option("--tenant <name>", whose));
}

async function reached(
  terminal: Terminal,
  place: Place,
  work: (keys: ReachedKeys) => Promise<void>,
): Promise<ExitCode> {
  const keys = await reachKeys(terminal, place);
  try {
    await work(keys);
    return 0;
  } finally {
    await keys.close();
  }
}

function announcement(made: CreatedKey): string {
  return `${made.key}

This is the only time it is shown. Send it as \`Authorization: Bearer <key>\`; commands take it from
the variable TANDEM_API_KEY.

${line(made)}`;
}

function line({ id, standing, role, tenant, name, ...key }: KeyView): string {
  const facts = [
    ...(key.decisionTypes === null ? [] : [`for ${key.decisionTypes.join(", ")}`]),
    ...(key.expiresAt === null ? [] : [`expires ${key.expiresAt}`]),
    ...(key.lastUsedAt === null ? ["never used"] : [`last used ${key.lastUsedAt.slice(0, 13)}h`]),
  ];
  const columns = [id, standing.padEnd(7), role.padEnd(8), tenant, name];
  return `${columns.join("  ")} (${facts.join("; ")})\n`;
}

/** An end as a function of now. @throws InvalidArgumentError */
function expiry(text: string): (nowUtcMs: number) => number {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (unit === "m" || unit === "h" || unit === "d") {
    return (nowUtcMs) => nowUtcMs + Number(count) * UNIT_MS[unit];
  }
  const instant = Date.parse(text);
  if (/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && Number.isFinite(instant)) {
    return () => instant;
  }
  throw new InvalidArgumentError("expected 30m, 12h, 90d, or an instant with zone");
}
