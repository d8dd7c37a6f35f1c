/**
 * The question of a tick: the request made complete. All that answering, checking and explaining
 * may look at.
 */
import type { FoundIntent } from "../decision-type.ts";

/** A contact that waits, everything known of it. */
export interface Contact {
  readonly id: string;
  readonly channel: string;
  readonly needs: readonly Need[];
  /** What its text was found to be about, where it had one; its needs follow from that. */
  readonly found: FoundIntent | undefined;
  readonly waitedSeconds: number;
  /** Minor units. */
  readonly value: number;
  readonly priority: number;
  readonly slaSeconds: number;
  /** Infinite for a contact that never leaves. */
  readonly patienceSeconds: number;
  readonly handleSeconds: number;
  readonly language: string | undefined;
  readonly allowedAgents: ReadonlySet<string> | undefined;
  readonly mayOverflow: boolean;
  readonly mayCallBack: boolean;
}

/** A skill a contact needs. */
export interface Need {
  readonly skill: string;
  readonly weight: number;
  /** Least proficiency that will do; 0 for any above 0. */
  readonly atLeast: number;
}

/** An agent with what is free of it. */
export interface Agent {
  readonly id: string;
  readonly skills: ReadonlyMap<string, number>;
  /** `undefined` for any. */
  readonly languages: ReadonlySet<string> | undefined;
  /** Free places by channel; `undefined` for any channel, up to `contactsMax`. */
  readonly concurrency: ReadonlyMap<string, number> | undefined;
  readonly contactsMax: number;
  readonly freeInSeconds: number;
  readonly costPerHour: number;
  readonly idleSeconds: number;
  readonly contactsToday: number;
  readonly team: string | undefined;
}

/** The weights of the objective, all given. */
export interface RoutingWeights {
  readonly value: number;
  readonly priority: number;
  readonly serviceLevel: number;
  readonly delay: number;
  readonly cost: number;
  readonly idle: number;
  readonly load: number;
}

/** Effects of pairs, all given. */
export interface RoutingEffects {
  readonly interference: number;
  readonly sameLanguage: number;
  readonly teamBalance: number;
  readonly shortlist: number;
}

/** Who gets which contact now, and what happens to the others? */
export interface RoutingQuestion {
  readonly contacts: readonly Contact[];
  readonly agents: readonly Agent[];
  /** Slots may be infinite. */
  readonly overflow:
    | { readonly slots: number; readonly fit: number; readonly cost: number }
    | undefined;
  readonly callBack:
    | {
        readonly slots: number;
        readonly afterSeconds: number;
        readonly reached: number;
        readonly cost: number;
      }
    | undefined;
  readonly weights: RoutingWeights;
  readonly hold: { readonly seconds: number; readonly trust: number };
  /** `undefined` where no effect of pairs weighs anything: then the question is linear. */
  readonly effects: RoutingEffects | undefined;
}
