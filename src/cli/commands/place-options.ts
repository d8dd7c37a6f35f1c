/**
 * The options by which commands are told where the data is.
 */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Storage } from "../../assemble.ts";
import { type Place, requireDirectory } from "../reach-platform.ts";

/** Where `tandem serve` keeps its data unless told otherwise. */
const DATA_DIRECTORY = "./.tandem";
const USUAL = { kind: "directory", path: DATA_DIRECTORY } as const;

/** The values of the options. */
export interface PlaceOptions {
  readonly data?: string;
  readonly url?: string;
  readonly database?: string;
}

/** `--data`. */
export function dataOption(description: string): Option {
  return new Option("--data <dir>", description);
}

/** `--url`; a directory named beside it would not be looked at. */
export function urlOption(): Option {
  return new Option("--url <url>", "use the server at this address")
    .argParser(httpUrl)
    .conflicts("data");
}

/** Adds `--data` and `--database`, or `DATABASE_URL`. */
export function withStorage(command: Command): Command {
  return command
    .addOption(dataOption(`data directory (default: ${DATA_DIRECTORY})`))
    .addOption(
      new Option("--database <url>", "PostgreSQL server to keep decisions on").env("DATABASE_URL"),
    );
}

/** Adds `--data`, `--database` and `--url`. */
export function withPlace(command: Command): Command {
  return withStorage(command).addOption(urlOption());
}

/**
 * The storage named, or the usual directory; a directory named on the command line outranks a
 * database in the environment.
 */
export function storageOf(options: PlaceOptions): Storage {
  return namedStorage(options) ?? USUAL;
}

/** The place named, or the usual directory; a server outranks all. */
export function placeOf(options: PlaceOptions): Place {
  return namedPlace(options) ?? USUAL;
}

/** As {@link placeOf}. @throws Fault `data-directory-missing` if it is a directory not there. */
export function existingPlaceOf(options: PlaceOptions): Place {
  const place = placeOf(options);
  if (place.kind === "directory") requireDirectory(place.path);
  return place;
}

/** The place named, if one is. */
export function namedPlace(options: PlaceOptions): Place | undefined {
  return options.url === undefined ? namedStorage(options) : { kind: "server", url: options.url };
}

function namedStorage({ data, database }: PlaceOptions): Storage | undefined {
  if (data !== undefined) return { kind: "directory", path: data };
  return database === undefined ? undefined : { kind: "database", url: database };
}

/** A whole number, below 0 too. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  const number = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError("expected a whole number");
}

/** A TCP port, 0 for a free one. @throws InvalidArgumentError */
export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError("expected a port number from 0 to 65535");
}

/** A number above zero. @throws InvalidArgumentError */
export function positiveNumber(text: string): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError("expected a number above 0");
}

/** A whole number above zero. @throws InvalidArgumentError */
export function positiveCount(text: string): number {
  const number = Number(text);
  if (/^\d{1,9}$/.test(text) && number > 0) return number;
  throw new InvalidArgumentError("expected a whole number above 0");
}

/** Adds a host name or address, in lower case and without port. @throws InvalidArgumentError */
export function hostName(text: string, before: readonly string[]): readonly string[] {
  const url = `http://${text}/`;
  if (URL.canParse(url) && !/[/@?#\s]/.test(text)) return [...before, new URL(url).hostname];
  throw new InvalidArgumentError("expected a host name, e.g. tandem.example.org");
}

/** Adds an origin. @throws InvalidArgumentError */
export function originOf(text: string, before: readonly string[]): readonly string[] {
  if (URL.canParse(text) && new URL(text).origin === text) return [...before, text];
  throw new InvalidArgumentError("expected an origin, e.g. https://shop.example.org");
}

/** Adds what every command has: `--json`, and examples after the help. */
export function withOutput(command: Command, examples: readonly string[]): Command {
  return command
    .option("--json", "print one JSON document on standard output")
    .addHelpText("after", `\nExamples:\n${examples.map((line) => `  $ ${line}`).join("\n")}`);
}

function httpUrl(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw new InvalidArgumentError("expected an http address, e.g. http://127.0.0.1:7070");
}
