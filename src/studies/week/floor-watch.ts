/**
 * The floor as an operations lead sees it: who waits, who works, how the service level stands. Made
 * from the events of a simulation alone, so that it cannot disturb them.
 */
import { unreachable } from "#foundation";
import type { Centre, CentreEvent } from "#worlds";
import type { ArmTotals } from "./outcome-log.ts";

/** One class of contacts now. */
export interface ClassNow {
  readonly id: string;
  readonly waiting: number;
  readonly longestWaitSeconds: number;
}

/** One group of agents now. */
export interface GroupNow {
  readonly id: string;
  /** Agents on duty. */
  readonly staffed: number;
  /** Contacts in hand, of those too whose agent's duty has just ended. */
  readonly busy: number;
}

/** One arm of the experiment so far, burn-in left out. */
export interface ArmNow {
  readonly arm: "control" | "treatment";
  readonly offered: number;
  readonly abandoned: number;
  /** Share answered in time, those who gave up counted as missed; `null` before the first. */
  readonly serviceLevel: number | null;
}

/** A look at the floor. */
export interface CentreFrame {
  /** Since 00:00 of the first Monday, closed Sundays not counted. */
  readonly atSeconds: number;
  /** The same as the centre's clock shows it. */
  readonly time: string;
  readonly runSeconds: number;
  /** The arm that decides now. */
  readonly arm: "control" | "treatment";
  readonly classes: readonly ClassNow[];
  readonly groups: readonly GroupNow[];
  readonly arms: readonly ArmNow[];
  readonly decisions: number;
}

/** Follows the events of one run. */
export class FloorWatch {
  readonly #centre: Centre;
  /** By class: since when each waiting contact waits, in the order they came. */
  readonly #waiting: readonly Map<number, number>[];
  readonly #busy: number[];
  readonly #groupOf: readonly number[];

  constructor(centre: Centre) {
    this.#centre = centre;
    this.#waiting = centre.classes.map(() => new Map());
    this.#busy = centre.groups.map(() => 0);
    this.#groupOf = centre.groups.flatMap(({ agents }, group) => agents.map(() => group));
  }

  see({ kind, atSeconds, contact, classIndex, agent }: CentreEvent): void {
    const waiting = this.#waiting[classIndex];
    switch (kind) {
      case "arrive":
      case "redial":
        waiting.set(contact, atSeconds);
        break;
      case "abandon":
        waiting.delete(contact);
        break;
      case "answer":
        waiting.delete(contact);
        this.#busy[this.#groupOf[agent]] += 1;
        break;
      case "finish":
        this.#busy[this.#groupOf[agent]] -= 1;
        break;
      default:
        unreachable(kind);
    }
  }

  classes(atSeconds: number): readonly ClassNow[] {
    return this.#centre.classes.map(({ id }, index) => {
      const [first] = this.#waiting[index].values();
      const waiting = this.#waiting[index].size;
      return { id, waiting, longestWaitSeconds: waiting === 0 ? 0 : atSeconds - first };
    });
  }

  groups(atSeconds: number): readonly GroupNow[] {
    const { groups } = this.#centre;
    return groups.map(({ id, agents }, group) => ({
      id,
      staffed: agents.filter((duties) =>
        duties.some((duty) => duty.fromSeconds <= atSeconds && atSeconds < duty.untilSeconds),
      ).length,
      busy: this.#busy[group],
    }));
  }
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

/** The centre's own time, which knows no Sunday: `Tue 10:32`; later `Tue 10:32, week 2`. */
export function clockText(atSeconds: number): string {
  const minutes = Math.floor(atSeconds / 60);
  const day = Math.floor(minutes / 1440);
  const pad = (number: number) => String(number).padStart(2, "0");
  const time = `${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}`;
  const week = Math.floor(day / DAYS.length);
  return `${DAYS[day % DAYS.length]} ${time}${week === 0 ? "" : `, week ${week + 1}`}`;
}

/** How an arm stands. */
export function armNow({ arm, offered, abandoned, answeredWithin }: ArmTotals): ArmNow {
  return { arm, offered, abandoned, serviceLevel: offered === 0 ? null : answeredWithin / offered };
}
