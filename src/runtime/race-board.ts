/**
 * The board of a race: a stop flag and each lane's best sample in memory that all threads share. A
 * lane writes its sample into the slot nobody reads and then publishes it by raising its sequence
 * number, so a thread that is ended in the middle of a write leaves its previous sample whole.
 *
 * Layout, 32-bit words: [0] stop flag; then per lane one sequence word; then per lane a count of
 * ticks; then, 8-byte aligned, per lane two slots of {objective as a double, length, values...}.
 */
import type { Incumbent } from "./report.ts";

/**
 * Shared memory of one race. Safe to send to other threads; open it there with {@link
 * openRaceBoard}.
 */
export interface RaceBoardMemory {
  readonly memory: SharedArrayBuffer;
  readonly laneCount: number;
  /** Room for values in one sample. */
  readonly lengthMax: number;
}

/** One thread's view of the board. */
export interface RaceBoard {
  stop(): void;
  isStopped(): boolean;
  publish(lane: number, incumbent: Incumbent): void;
  /** Counts a tick of the lane, so that others can see it move. */
  tick(lane: number): void;
  /** How many ticks the lane has counted, modulo 2^32. */
  ticks(lane: number): number;
  /** How often the lane has published. */
  sequence(lane: number): number;
  /** The lane's last published sample, a copy. */
  read(lane: number): Incumbent | undefined;
}

/** Reserves a board for `laneCount` lanes and samples of up to `lengthMax` values. */
export function raceBoardMemory(laneCount: number, lengthMax: number): RaceBoardMemory {
  const { totalWords } = layout(laneCount, lengthMax);
  return { memory: new SharedArrayBuffer(totalWords * 4), laneCount, lengthMax };
}

/** Opens a view on the board. */
export function openRaceBoard({ memory, laneCount, lengthMax }: RaceBoardMemory): RaceBoard {
  const words = new Int32Array(memory);
  const doubles = new Float64Array(memory);
  const { slotsAt, slotWords } = layout(laneCount, lengthMax);
  const slotAt = (lane: number, sequence: number) =>
    slotsAt + (lane * 2 + (sequence & 1)) * slotWords;
  return {
    stop: () => void Atomics.store(words, 0, 1),
    isStopped: () => Atomics.load(words, 0) === 1,
    tick: (lane) => void Atomics.add(words, 1 + laneCount + lane, 1),
    ticks: (lane) => Atomics.load(words, 1 + laneCount + lane),
    sequence: (lane) => Atomics.load(words, 1 + lane),
    publish: (lane, { sample, objective }) => {
      const sequence = Atomics.load(words, 1 + lane) + 1;
      const at = slotAt(lane, sequence);
      doubles[at / 2] = objective;
      words[at + 2] = sample.values.length;
      words.set(sample.values, at + 3);
      Atomics.store(words, 1 + lane, sequence);
    },
    read: (lane) => {
      for (;;) {
        const sequence = Atomics.load(words, 1 + lane);
        if (sequence === 0) return undefined;
        const at = slotAt(lane, sequence);
        const objective = doubles[at / 2];
        const values = words.slice(at + 3, at + 3 + words[at + 2]);
        // The slot is rewritten only after the next publication; unchanged means the copy is whole.
        if (Atomics.load(words, 1 + lane) === sequence) return { sample: { values }, objective };
      }
    },
  };
}

function layout(laneCount: number, lengthMax: number) {
  const slotsAt = evenUp(1 + 2 * laneCount);
  const slotWords = evenUp(3 + lengthMax);
  return { slotsAt, slotWords, totalWords: slotsAt + laneCount * 2 * slotWords };
}

function evenUp(words: number): number {
  return words + (words & 1);
}
