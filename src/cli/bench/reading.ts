/**
 * What a benchmark says: readings, each of one quantity, with the goal it is held against. The
 * programs that measure print them as JSON, the command turns them into a page.
 */
import { z } from "zod";

/** One measured quantity. */
export const readingSchema = z.strictObject({
  /** What was measured, e.g. `random circuit of 14 cycles, f32, 20 qubits`. */
  what: z.string(),
  /** What it is to be, e.g. `at most 1.25 of qsim`; empty for a figure that has no goal. */
  goal: z.string(),
  /** What it is, with its unit. */
  reached: z.string(),
  /** How far repetitions lay apart, or on how many cases it rests. */
  spread: z.string(),
  /** `null` where there is no goal or nothing to compare with. */
  isMet: z.boolean().nullable(),
});

/** One measured quantity. */
export type Reading = z.infer<typeof readingSchema>;

/** The readings of one figure, and how they came about. */
export const figureResultSchema = z.strictObject({
  figure: z.string(),
  readings: z.array(readingSchema),
  /** How to get them again. */
  command: z.string(),
  /** Day of the measurement, UTC. */
  date: z.string(),
  machine: z.string(),
  /** CPU time of the measuring process. */
  cpuSeconds: z.number(),
});

/** The readings of one figure, and how they came about. */
export type FigureResult = z.infer<typeof figureResultSchema>;
