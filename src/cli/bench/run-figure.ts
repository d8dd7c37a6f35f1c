/**
 * Runs one figure of a suite in a process of its own and takes down how it came about.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { Fault, instantText } from "#foundation";
import { cliFaults } from "../faults.ts";
import type { Terminal } from "../terminal.ts";
import { type FigureResult, readingSchema } from "./reading.ts";
import type { Figure, Suite } from "./suites.ts";

const answerSchema = z.strictObject({ readings: z.array(readingSchema), cpuSeconds: z.number() });

/** Options handed on to the program. */
export interface RunOptions {
  readonly quick?: boolean;
  /** `NAME=PATH` each. */
  readonly peer?: readonly string[];
}

/**
 * Measures `figure`; the terminal's signal ends it.
 *
 * @throws Fault `bench-absent` outside a checkout, `bench-failed` if the program fails.
 */
export async function runFigure(
  { name, program }: Suite,
  { id }: Figure,
  { quick = false, peer = [] }: RunOptions,
  terminal: Terminal,
): Promise<FigureResult> {
  const path = fileURLToPath(program);
  if (!fs.existsSync(path)) {
    const detail = `the suite ${name}, expected its program in a checkout, got none`;
    throw new Fault(cliFaults.benchAbsent, { detail });
  }
  const peers = peer.flatMap((one) => ["--peer", one]);
  const args = [path, id, ...(quick ? ["--quick"] : []), ...peers];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    signal: terminal.signal,
    killSignal: "SIGKILL",
  });
  child.stderr.on("data", (progress: Buffer) => terminal.err(progress.toString()));
  const [output, [exitCode]] = await Promise.all([text(child.stdout), once(child, "close")]);
  if (exitCode !== 0) {
    const detail = `figure ${id}, expected its program to exit with 0, got ${exitCode}`;
    throw new Fault(cliFaults.benchFailed, { detail });
  }
  const { readings, cpuSeconds } = answerSchema.parse(JSON.parse(output));
  const names = peer.map((one) => ` --peer ${one.replace(/=.*/s, "=PATH")}`).join("");
  return {
    figure: id,
    readings,
    command: `npx tandem bench ${name} --only ${id}${quick ? " --quick" : ""}${names}`,
    date: instantText(terminal.clock.utcMs()).slice(0, 10),
    machine: machineText(),
    cpuSeconds,
  };
}

function machineText(): string {
  const processors = os.cpus();
  const gibibytes = (os.totalmem() / 2 ** 30).toFixed(0);
  const [{ model }] = processors;
  return `${processors.length} cores of ${model}, ${gibibytes} GiB, Node ${process.versions.node}`;
}
