/**
 * Station 3: the request joined with its registered items and posed as a problem, together with the
 * type's rule, which is the answer nothing can take away.
 */
import type { FoundIntent, ItemSet, PosedDecision } from "#decisions";
import type { Sample } from "#problem";
import type { AdmittedRequest } from "./admit.ts";
import type { Assignment } from "./assign.ts";
import type { ItemShelf } from "./item-shelf.ts";
import type { Platform } from "./platform.ts";

/** A problem, and how to read answers back from it. */
export interface Formulation {
  readonly posed: PosedDecision;
  readonly items: ItemSet | undefined;
  /** The rule's sample; `undefined` when the rule finds nothing feasible. */
  readonly rule: Sample | undefined;
}

/** What texts were found to be about, and by which model. */
export interface FoundIntents {
  /** See `IntentFinder.model`. */
  readonly model: string;
  readonly found: ReadonlyMap<string, FoundIntent>;
}

/**
 * @throws Fault `unknown-item-set`, or the type's own fault for what policy or items do not allow.
 */
export async function formulate(
  shelf: ItemShelf,
  admitted: Pick<AdmittedRequest, "parsed" | "type" | "atUtcMs"> & {
    readonly principal: { readonly tenant: string };
  },
  assignment: Pick<Assignment, "policy">,
  seen: {
    readonly itemsVersion?: number | undefined;
    /** See `Setting.free`. */
    readonly free?: ReadonlyMap<string, number> | undefined;
    /** See `Setting.intents`. */
    readonly intents?: ReadonlyMap<string, FoundIntent> | undefined;
  } = {},
): Promise<Formulation> {
  const { itemsVersion, free, intents } = seen;
  const { parsed, type, principal, atUtcMs } = admitted;
  const name = parsed.options.items;
  const items =
    name === undefined ? undefined : await shelf.find(principal.tenant, type, name, itemsVersion);
  const posed = parsed.pose({ policy: assignment.policy, items, free, intents, atUtcMs });
  return Object.freeze({ posed, items, rule: posed.rule() });
}

/** What the texts of a request are about; `undefined` where it has none, or nobody can tell. */
export function foundIntents(
  { intents }: Pick<Platform, "intents">,
  { parsed }: Pick<AdmittedRequest, "parsed">,
): FoundIntents | undefined {
  const { texts } = parsed;
  if (intents === undefined || texts.size === 0) return undefined;
  const found = new Map(Array.from(texts, ([id, text]) => [id, intents.find(text)]));
  return { model: intents.model, found };
}
