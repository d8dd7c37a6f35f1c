/**
 * The frame of a program that measures: which figure is asked for, with which peers, and the
 * readings as one line of JSON on standard output. Progress goes to standard error.
 */
import { parseArgs } from "node:util";
import type { Reading } from "./reading.ts";

/** What a figure is asked to do. */
export interface FigureOptions {
  /** A small part of the work, to see that it runs; its readings are not judged. */
  readonly isQuick: boolean;
  /** Programs or packages to compare with, by name: paths on this machine. */
  readonly peers: Readonly<Record<string, string>>;
}

/** Measures one figure. */
export type MeasureFigure = (
  options: FigureOptions,
) => readonly Reading[] | Promise<readonly Reading[]>;

/** Answers `args`: a figure's id, `--quick`, and `--peer NAME=PATH` as often as wanted. */
export async function answerFigure(
  figures: Readonly<Record<string, MeasureFigure>>,
  args: readonly string[],
  write: (text: string) => void,
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      peer: { type: "string", multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  const peers = values.peer.map((text) => {
    const split = text.indexOf("=");
    return [text.slice(0, split), text.slice(split + 1)] as const;
  });
  const options = { isQuick: values.quick, peers: Object.fromEntries(peers) };
  const measured = await figures[positionals[0]](options);
  const readings = values.quick ? measured.map((one) => ({ ...one, isMet: null })) : measured;
  const { user, system } = process.cpuUsage();
  write(`${JSON.stringify({ readings, cpuSeconds: (user + system) / 1e6 })}\n`);
}
