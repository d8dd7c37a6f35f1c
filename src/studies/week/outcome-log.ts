/**
 * From the events of a simulation to the outcomes an experiment reads. An attempt that was given up
 * and the redial after it are two contacts, as a telephone system counts them.
 */
import {
  type ArmName,
  assignMoment,
  type ContactOutcome,
  type ServiceLevelRule,
  type SwitchbackDesign,
} from "#experiments";
import { present, unreachable } from "#foundation";
import type { CentreEvent } from "#worlds";

/** Sums over the counted contacts of one arm. */
export interface ArmTotals {
  readonly arm: ArmName;
  readonly offered: number;
  readonly abandoned: number;
  readonly answeredWithin: number;
}

/** What a second of an agent's work costs, in minor units. */
export interface HandlingCost {
  readonly minorPerHour: number;
}

type Sums = { -readonly [Name in keyof Omit<ArmTotals, "arm">]: number };

/** Follows the events of one run. */
export class OutcomeLog {
  readonly outcomes: ContactOutcome[] = [];
  readonly #design: SwitchbackDesign;
  readonly #rule: ServiceLevelRule;
  readonly #cost: HandlingCost;
  readonly #pool: string;
  readonly #waitingSince = new Map<number, number>();
  readonly #inHand = new Map<number, { readonly since: number; readonly answeredAt: number }>();
  readonly #sums: Readonly<Record<ArmName, Sums>> = {
    control: { offered: 0, abandoned: 0, answeredWithin: 0 },
    treatment: { offered: 0, abandoned: 0, answeredWithin: 0 },
  };

  constructor(design: SwitchbackDesign, rule: ServiceLevelRule, cost: HandlingCost) {
    this.#design = design;
    this.#rule = rule;
    this.#cost = cost;
    this.#pool = present(design.pools[0], "the pool of the centre");
  }

  see({ kind, atSeconds, contact, outcome }: CentreEvent): void {
    switch (kind) {
      case "arrive":
      case "redial":
        this.#waitingSince.set(contact, atSeconds);
        break;
      case "abandon":
        this.#end(this.#leave(contact), "abandoned", atSeconds, 0);
        break;
      case "answer":
        this.#inHand.set(contact, { since: this.#leave(contact), answeredAt: atSeconds });
        break;
      case "finish": {
        const { since, answeredAt } = present(this.#inHand.get(contact), "a contact in hand");
        this.#inHand.delete(contact);
        this.#end(since, "answered", answeredAt, atSeconds - answeredAt, outcome);
        break;
      }
      default:
        unreachable(kind);
    }
  }

  arms(): readonly ArmTotals[] {
    return (["control", "treatment"] as const).map((arm) => ({ arm, ...this.#sums[arm] }));
  }

  #leave(contact: number): number {
    const since = present(this.#waitingSince.get(contact), "a contact that waits");
    this.#waitingSince.delete(contact);
    return since;
  }

  #end(
    since: number,
    end: ContactOutcome["end"],
    untilSeconds: number,
    handleSeconds: number,
    outcome?: CentreEvent["outcome"],
  ): void {
    const arrivedAtUtcMs = this.#design.startUtcMs + Math.floor(since * 1000);
    const waitSeconds = untilSeconds - since;
    this.outcomes.push({
      ...{ pool: this.#pool, arrivedAtUtcMs, end, waitSeconds, handleSeconds },
      costMinor: Math.round((handleSeconds * this.#cost.minorPerHour) / 3600),
      ...(outcome && { isResolved: outcome.isResolved, isTransferred: outcome.isTransferred }),
      ...(outcome?.satisfaction !== undefined && { satisfaction: outcome.satisfaction }),
    });
    const given = assignMoment(this.#design, this.#pool, arrivedAtUtcMs);
    if (given === undefined || given.isBurnIn) return;
    const sums = this.#sums[given.arm];
    sums.offered += 1;
    if (end === "abandoned") sums.abandoned += 1;
    else if (waitSeconds <= this.#rule.withinSeconds) sums.answeredWithin += 1;
  }
}
