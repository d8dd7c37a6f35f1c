/**
 * What contenders say they do, and what follows from it: who certainly held what at each moment,
 * and what may be held in the end. Nothing here asks the store.
 */
import type { Draw } from "#capacity";

/** Whose capacity is fought for. */
export const TENANT = "local";
/** What is fought for; few, so that most attempts meet others. */
export const RESOURCES: readonly string[] = Object.freeze(
  Array.from({ length: 12 }, (_, index) => `agent/${index}`),
);
/** How much there is of each. */
export const TOTAL = 6;

/** One thing a contender says; instants are epoch milliseconds. */
export type Deed =
  | {
      readonly kind: "reserving";
      readonly id: string;
      readonly draws: readonly Draw[];
      readonly expiresAtUtcMs: number;
      readonly atMs: number;
    }
  | {
      readonly kind:
        | "reserved"
        | "short"
        | "committing"
        | "committed"
        | "gone"
        | "releasing"
        | "released";
      readonly id: string;
      readonly atMs: number;
    };

/** All that is known of one reservation. */
interface Story {
  readonly draws: readonly Draw[];
  readonly expiresAtUtcMs: number;
  readonly at: { [kind in Deed["kind"]]?: number };
}

/** Collects deeds. */
export class Stories {
  readonly #stories = new Map<string, Story>();
  #count = 0;

  /** Operations asked for so far. */
  get operations(): number {
    return this.#count;
  }

  get ids(): readonly string[] {
    return [...this.#stories.keys()];
  }

  hear(deed: Deed): void {
    if (deed.kind.endsWith("ing")) this.#count += 1;
    if (deed.kind === "reserving") {
      const { draws, expiresAtUtcMs, atMs } = deed;
      this.#stories.set(deed.id, { draws, expiresAtUtcMs, at: { reserving: atMs } });
      return;
    }
    const story = this.#stories.get(deed.id);
    if (story !== undefined) story.at[deed.kind] = deed.atMs;
  }

  /**
   * How often more of a resource was certainly held than there is: from when a reservation was
   * confirmed until it could expire, or its release was asked for.
   */
  oversold(): number {
    let count = 0;
    for (const resource of RESOURCES) {
      const changes: { readonly atMs: number; readonly units: number }[] = [];
      for (const { draws, expiresAtUtcMs, at } of this.#stories.values()) {
        const units = draws.find((draw) => draw.resource === resource)?.units;
        if (units === undefined || at.reserved === undefined) continue;
        // Once a commit has been asked for, its keeping begins or its expiry stands.
        const lastsTo = at.committed === undefined ? expiresAtUtcMs : Number.POSITIVE_INFINITY;
        const endMs = Math.min(lastsTo, at.releasing ?? Number.POSITIVE_INFINITY);
        if (endMs <= at.reserved) continue;
        changes.push({ atMs: at.reserved, units }, { atMs: endMs, units: -units });
      }
      // At one instant what ends goes first: the clock tells milliseconds apart, no less.
      changes.sort((one, other) => one.atMs - other.atMs || one.units - other.units);
      let held = 0;
      for (const { units } of changes) {
        held += units;
        if (held > TOTAL) count += 1;
      }
    }
    return count;
  }

  /** The least and the most of a resource that can be taken once everything else has expired. */
  finallyTaken(resource: string): { readonly least: number; readonly most: number } {
    let [least, most] = [0, 0];
    for (const { draws, at } of this.#stories.values()) {
      const units = draws.find((draw) => draw.resource === resource)?.units ?? 0;
      const mayBeKept =
        at.committing !== undefined && at.gone === undefined && at.released === undefined;
      if (mayBeKept) most += units;
      if (at.committed !== undefined && at.releasing === undefined) least += units;
    }
    return { least, most };
  }
}
