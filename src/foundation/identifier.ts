/**
 * Identifiers: UUID version 7 (RFC 9562), which sort by the time they were made. Time and
 * randomness come in as arguments, so a simulation makes the same identifiers every time.
 */
import type { Clock } from "./clock.ts";
import type { RandomStream } from "./random.ts";

/** Makes identifiers, each greater (as text) than the one before. */
export type IdentifierSource = () => string;

/**
 * A source of UUIDv7 text. Within one millisecond a 12-bit counter keeps the order (RFC 9562, 6.2,
 * method 1).
 */
export function identifierSource(clock: Clock, random: RandomStream): IdentifierSource {
  let lastMs = 0;
  let counter = 0;
  return () => {
    const nowMs = Math.floor(clock.utcMs());
    if (nowMs > lastMs) {
      lastMs = nowMs;
      counter = random.below(2048);
    } else if (counter === 0xfff) {
      lastMs += 1; // Borrow the next millisecond rather than wait or repeat.
      counter = 0;
    } else {
      counter += 1;
    }
    const time = lastMs.toString(16).padStart(12, "0");
    const variant = (0x8000 | (random.uint32() & 0x3fff)).toString(16);
    const tail = hex(random.uint32(), 8) + hex(random.uint32() & 0xffff, 4);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}-${tail}`;
  };
}

/** Whether `text` is a UUID in its canonical lower-case form. */
export function isIdentifier(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text);
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}
