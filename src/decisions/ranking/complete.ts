/**
 * From a request to its question: policy defaults filled in, registered items joined, exclusions
 * set apart.
 */
import { Fault, type Flaw } from "#foundation";
import type { ItemSet, Setting } from "../decision-type.ts";
import { decisionFaults } from "../faults.ts";
import { pointer, quoted, refuseFlawed } from "../flaws.ts";
import type {
  Candidate,
  RankingQuestion,
  RankingRules,
  RankingWeights,
  Ruled,
} from "./question.ts";
import { type PreparedItem, PreparedItems } from "./request/items.ts";
import { boundFlaws, policyTerms } from "./request/policy-terms.ts";
import type { RankingRequest, RequestedRules, RequestedWeights } from "./schema.ts";

const HOUR_MS = 3_600_000;

/**
 * @throws Fault (invalid) for what policy or item set do not hold, (missing) without the set it
 * names.
 */
export function complete(request: RankingRequest, setting: Setting): RankingQuestion {
  const terms = policyTerms(setting.policy);
  const flaws = boundFlaws(request, terms, setting.policy);
  const set = request.items === undefined ? undefined : registered(request.items, setting.items);
  const all = joined(request, set, setting.atUtcMs, flaws);
  refuseFlawed(decisionFaults.outsidePolicy, "demands beyond policy or item set", flaws);
  const rules = mergeRules(request.rules ?? {}, terms.rules);
  const { excluded } = rules;
  const stays = (candidate: Candidate): boolean =>
    !excluded.has(candidate.id) || isDemanded(candidate, rules);
  return {
    positionCount: request.k,
    candidates: excluded.size === 0 ? all : all.filter(stays),
    dropped: excluded.size === 0 ? [] : all.filter((candidate) => !stays(candidate)),
    itemSet: set?.columns,
    similarity: request.similarity ?? [],
    rules,
    weights: mergeWeights(request.weights ?? {}, terms.weights),
  };
}

/**
 * Whether some rule asks for the candidate or its kind. Then it stays even if it is excluded, so
 * that a clash can be proved and named, and so that `"*"` means the same groups either way.
 */
function isDemanded({ id, groups, ageHours }: Candidate, rules: RankingRules): boolean {
  const { minFresh, minPerGroup, pinned } = rules;
  const isFresh = minFresh !== undefined && (ageHours ?? Infinity) <= minFresh.value.withinHours;
  const isCounted = groups.some(
    (group) => minPerGroup?.value.has(group) || minPerGroup?.value.has("*"),
  );
  return isFresh || isCounted || pinned?.value.some((pin) => pin.id === id) === true;
}

function joined(
  request: RankingRequest,
  set: PreparedItems | undefined,
  atUtcMs: number,
  flaws: Flaw[],
): Candidate[] {
  let dimension: number | undefined;
  return request.candidates.map((sent, index) => {
    const item = set?.byId.get(sent.id);
    if (set !== undefined && item === undefined) {
      const message = `expected an item of set ${request.items}, got ${quoted(sent.id)}`;
      flaws.push({ pointer: pointer(["candidates", index, "id"]), message });
    }
    const embedding = sent.embedding ?? item?.embedding;
    // Those of a set are of one length, known without a look at each.
    const length = sent.embedding?.length ?? (item?.embedding && set?.columns.dimension);
    dimension ??= length;
    if (length !== undefined && length !== dimension) {
      const message = `expected ${dimension} numbers as before, got ${length}`;
      flaws.push({ pointer: pointer(["candidates", index, "embedding"]), message });
    }
    return {
      id: sent.id,
      score: sent.score,
      groups: sent.group ?? item?.groups ?? [],
      ageHours: sent.ageHours ?? ageHours(item, atUtcMs),
      embedding,
      groupRow: sent.group === undefined && item !== undefined ? item.row : -1,
      vectorRow: sent.embedding === undefined && embedding !== undefined ? (item?.row ?? -1) : -1,
    };
  });
}

function registered(name: string, items: ItemSet | undefined): PreparedItems {
  if (items !== undefined && items.prepared instanceof PreparedItems) return items.prepared;
  throw new Fault(decisionFaults.itemSetMissing, {
    detail: `items: expected a registered item set, got ${quoted(name)}`,
  });
}

/** An item first seen after the decision is as old as one just seen. */
function ageHours(item: PreparedItem | undefined, atUtcMs: number): number | undefined {
  if (item?.firstSeenUtcMs === undefined) return item?.ageHours;
  return Math.max(0, atUtcMs - item.firstSeenUtcMs) / HOUR_MS;
}

function mergeWeights(sent: RequestedWeights, given: RankingWeights): RankingWeights {
  return {
    utility: sent.utility ?? given.utility,
    diversity: sent.diversity ?? given.diversity,
    freshness: sent.freshness ?? given.freshness,
    halfLifeHours: sent.halfLifeHours ?? given.halfLifeHours,
  };
}

/**
 * A rule comes with its softness from the request if it gives the rule, otherwise from the policy.
 */
function mergeRules(request: RequestedRules, policy: RequestedRules): RankingRules {
  const maxFrom = request.maxPerGroup === undefined ? policy : request;
  const minFrom = request.minPerGroup === undefined ? policy : request;
  const freshFrom = request.minFresh === undefined ? policy : request;
  const spacingFrom = request.spacing === undefined ? policy : request;
  return {
    maxPerGroup: ruled(counts(maxFrom.maxPerGroup), maxFrom.soft?.maxPerGroup),
    minPerGroup: ruled(counts(minFrom.minPerGroup), minFrom.soft?.minPerGroup),
    minFresh: ruled(freshFrom.minFresh, freshFrom.soft?.minFresh),
    pinned: ruled(request.pinned, request.soft?.pinned),
    spacing: ruled(spacingFrom.spacing || undefined, spacingFrom.soft?.spacing),
    excluded: new Set([...(policy.excluded ?? []), ...(request.excluded ?? [])]),
  };
}

function ruled<Value>(
  value: Value | undefined,
  penalty: number | undefined,
): Ruled<Value> | undefined {
  return value === undefined ? undefined : { value, penalty };
}

function counts(
  limits: { readonly [group: string]: number } | undefined,
): ReadonlyMap<string, number> | undefined {
  return limits && new Map(Object.entries(limits));
}
