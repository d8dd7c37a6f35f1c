/**
 * The quick look at a request: says "surely of the schema's shape" or "ask the schema", never
 * "wrong". Nearly every request of a healthy caller takes this way; the schema is for the rest, and
 * for the words of a refusal. A test holds the two together.
 */
import { isRecord } from "../../flaws.ts";
import { policyReference } from "../../policy.ts";
import { limits, type RankingRequest, RULE_NAMES, SOFT_RULE_NAMES } from "../schema.ts";

const REQUEST_MEMBERS = new Set(
  "candidates k items similarity rules weights subject context options".split(" "),
);
const RULE_MEMBERS = new Set<string>([...RULE_NAMES, "soft"]);
const SOFT_MEMBERS = new Set<string>(SOFT_RULE_NAMES);
const WEIGHT_MEMBERS = new Set(["utility", "diversity", "freshness", "halfLifeHours"]);
const OPTION_MEMBERS = new Set(["deadlineMs", "policy", "seed"]);
const ITEM_SET_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** True only if `requestSchema` accepts `body`; false says nothing. */
export function surelyShaped(body: unknown): body is RankingRequest {
  return (
    isRecord(body) &&
    hasOnly(body, REQUEST_MEMBERS) &&
    isList(body.candidates, limits.candidates, isCandidate) &&
    isWhole(body.k, 1, limits.positions) &&
    absentOr(body.items, isItemSetName) &&
    absentOr(body.similarity, isSimilarity) &&
    absentOr(body.rules, areRules) &&
    absentOr(body.weights, areWeights) &&
    absentOr(body.subject, isSubject) &&
    absentOr(body.context, isRecord) &&
    absentOr(body.options, areOptions)
  );
}

function isCandidate(value: unknown): boolean {
  if (!isRecord(value)) return false;
  let required = 0;
  for (const name in value) {
    const member = value[name];
    switch (name) {
      case "id":
        if (!isText(member, limits.idLength)) return false;
        required += 1;
        break;
      case "score":
        if (!isWithin(member, -limits.amount, limits.amount)) return false;
        required += 1;
        break;
      case "group":
        if (!isList(member, limits.groupsPerItem, isGroupName)) return false;
        break;
      case "ageHours":
        if (!isAmount(member)) return false;
        break;
      case "price":
        if (!isWhole(member, 0, Number.MAX_SAFE_INTEGER)) return false;
        break;
      case "embedding":
        if (!isVector(member)) return false;
        break;
      default:
        return false;
    }
  }
  return required === 2;
}

function isVector(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > limits.embedding) return false;
  for (let axis = 0; axis < value.length; axis += 1) {
    if (!Number.isFinite(value[axis])) return false;
  }
  return true;
}

function isSimilarity(value: unknown): boolean {
  return isList(value, limits.similarityPairs, isPair);
}

/** Whether a pair under `similarity` is surely of the schema's shape. */
export function isPair(pair: unknown): boolean {
  return (
    isRecord(pair) &&
    memberCount(pair) === 3 &&
    isText(pair.a, limits.idLength) &&
    isText(pair.b, limits.idLength) &&
    isWithin(pair.value, 0, 1)
  );
}

function areRules(rules: unknown): boolean {
  return (
    isRecord(rules) &&
    hasOnly(rules, RULE_MEMBERS) &&
    absentOr(rules.maxPerGroup, areGroupCounts) &&
    absentOr(rules.minPerGroup, areGroupCounts) &&
    absentOr(
      rules.minFresh,
      (fresh) =>
        isRecord(fresh) &&
        memberCount(fresh) === 2 &&
        isWhole(fresh.count, 0, limits.candidates) &&
        isAmount(fresh.withinHours),
    ) &&
    absentOr(rules.pinned, (pins) => isList(pins, limits.pins, isPin)) &&
    absentOr(rules.excluded, (ids) => isList(ids, limits.candidates, isItemId)) &&
    absentOr(rules.spacing, (spacing) => typeof spacing === "boolean") &&
    absentOr(rules.soft, (soft) => areAmounts(soft, SOFT_MEMBERS))
  );
}

function areGroupCounts(value: unknown): boolean {
  if (!isRecord(value) || memberCount(value) > limits.groupLimits) return false;
  for (const group in value) {
    if (!isGroupName(group) || !isWhole(value[group], 0, limits.candidates)) return false;
  }
  return true;
}

function isPin(pin: unknown): boolean {
  return (
    isRecord(pin) &&
    memberCount(pin) === 2 &&
    isItemId(pin.id) &&
    isWhole(pin.position, 1, 1_000_000)
  );
}

function areWeights(weights: unknown): boolean {
  return (
    areAmounts(weights, WEIGHT_MEMBERS) &&
    (!("halfLifeHours" in weights) || weights.halfLifeHours !== 0)
  );
}

function isSubject(subject: unknown): boolean {
  return isRecord(subject) && memberCount(subject) === 1 && isItemId(subject.id);
}

function areOptions(options: unknown): boolean {
  return (
    isRecord(options) &&
    hasOnly(options, OPTION_MEMBERS) &&
    absentOr(options.deadlineMs, (deadline) => isWhole(deadline, 1, 3_600_000)) &&
    absentOr(options.policy, (policy) => policyReference.safeParse(policy).success) &&
    absentOr(options.seed, Number.isSafeInteger)
  );
}

function areAmounts(value: unknown, names: ReadonlySet<string>): value is Record<string, unknown> {
  if (!isRecord(value) || !hasOnly(value, names)) return false;
  for (const name in value) if (!isAmount(value[name])) return false;
  return true;
}

function isItemSetName(value: unknown): boolean {
  return typeof value === "string" && ITEM_SET_NAME.test(value);
}

function isItemId(value: unknown): boolean {
  return isText(value, limits.idLength);
}

function isGroupName(value: unknown): boolean {
  return isText(value, limits.groupLength);
}

function isText(value: unknown, lengthMax: number): boolean {
  return (
    typeof value === "string" &&
    value.length > 0 &&
    value.length <= lengthMax &&
    value.isWellFormed()
  );
}

function isWhole(value: unknown, min: number, max: number): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max;
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === "number" && value >= min && value <= max;
}

function isAmount(value: unknown): boolean {
  return isWithin(value, 0, limits.amount);
}

function isList(value: unknown, lengthMax: number, isEntry: (entry: unknown) => boolean): boolean {
  if (!Array.isArray(value) || value.length > lengthMax) return false;
  for (let index = 0; index < value.length; index += 1) {
    if (!isEntry(value[index])) return false;
  }
  return true;
}

function absentOr(value: unknown, isFine: (value: unknown) => boolean): boolean {
  return value === undefined || isFine(value);
}

function hasOnly(value: object, names: ReadonlySet<string>): boolean {
  for (const name in value) if (!names.has(name)) return false;
  return true;
}

function memberCount(value: object): number {
  let count = 0;
  for (const _name in value) count += 1;
  return count;
}
