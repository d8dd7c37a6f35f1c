/**
 * What is wrong with a request across its fields: ids given twice or unknown, pairs that disagree,
 * embeddings of unequal length, soft rules without the rule. Works on whatever was sent, so that a
 * body which also breaks the schema gets all its flaws in one reply.
 */
import type { Flaw } from "#foundation";
import { FLAWS_COUNTED_MAX, isRecord, pointer, quoted } from "../../flaws.ts";
import { limits } from "../schema.ts";

type Report = (path: readonly PropertyKey[], message: string) => void;

/** The flaws of `body` that no schema of single fields can see. Tolerates any value. */
export function crossFlaws(body: unknown): Flaw[] {
  if (!isRecord(body)) return [];
  const flaws: Flaw[] = [];
  const report: Report = (path, message) => {
    if (flaws.length < FLAWS_COUNTED_MAX) flaws.push({ pointer: pointer(path), message });
  };
  const indexOf = candidateFlaws(list(body.candidates), report);
  similarityFlaws(list(body.similarity), indexOf, report);
  if (isRecord(body.rules)) ruleFlaws(body.rules, indexOf, report);
  if (isRecord(body.context)) contextFlaws(body.context, report);
  return flaws;
}

function candidateFlaws(candidates: readonly unknown[], report: Report): Map<unknown, number> {
  const indexOf = new Map<unknown, number>();
  let dimension = 0;
  for (let index = 0; index < candidates.length; index += 1) {
    const candidate = candidates[index];
    if (!isRecord(candidate)) continue;
    const { id, group, embedding } = candidate;
    if (typeof id === "string") {
      const first = indexOf.get(id);
      if (first === undefined) indexOf.set(id, index);
      else report(["candidates", index, "id"], `expected a new id, got that of entry ${first}`);
    }
    if (group !== undefined) groupFlaws(list(group), ["candidates", index, "group"], report);
    if (!Array.isArray(embedding) || embedding.length === 0) continue;
    if (dimension === 0) dimension = embedding.length;
    else if (embedding.length !== dimension) {
      report(
        ["candidates", index, "embedding"],
        `expected ${dimension} numbers as in the first embedding, got ${embedding.length}`,
      );
    }
  }
  return indexOf;
}

/** Group names given twice, and `*`, which stands for any group. */
export function groupFlaws(
  groups: readonly unknown[],
  path: readonly PropertyKey[],
  report: Report,
): void {
  for (let index = 0; index < groups.length && index < limits.groupsPerItem; index += 1) {
    const group = groups[index];
    if (group === "*") report([...path, index], 'expected the name of a group, got "*"');
    const first = groups.indexOf(group);
    if (first < index) report([...path, index], `expected a new group, got that of entry ${first}`);
  }
}

function similarityFlaws(
  pairs: readonly unknown[],
  indexOf: ReadonlyMap<unknown, number>,
  report: Report,
): void {
  const given = new Map<string, unknown>();
  for (let index = 0; index < pairs.length; index += 1) {
    const pair = pairs[index];
    if (!isRecord(pair)) continue;
    for (const end of ["a", "b"]) knownFlaw(pair[end], indexOf, ["similarity", index, end], report);
    const a = indexOf.get(pair.a);
    const b = indexOf.get(pair.b);
    if (a === undefined || b === undefined) continue;
    if (a === b) report(["similarity", index, "b"], "expected another item than a, got the same");
    const key = `${Math.min(a, b)}-${Math.max(a, b)}`;
    if (given.has(key) && given.get(key) !== pair.value) {
      report(["similarity", index, "value"], "expected the value given for this pair before");
    } else {
      given.set(key, pair.value);
    }
  }
}

/** `__proto__` passes through most objects unseen, so it is refused as the name of a group. */
function ruleFlaws(
  rules: Record<string, unknown>,
  indexOf: ReadonlyMap<unknown, number>,
  report: Report,
): void {
  for (const name of ["maxPerGroup", "minPerGroup"]) {
    const counts = rules[name];
    if (isRecord(counts) && Object.hasOwn(counts, "__proto__")) {
      report(["rules", name, "__proto__"], 'expected another name of a group, got "__proto__"');
    }
  }
  pinFlaws(list(rules.pinned), indexOf, report);
  for (const [index, id] of list(rules.excluded).entries()) {
    knownFlaw(id, indexOf, ["rules", "excluded", index], report);
  }
  if (!isRecord(rules.soft)) return;
  for (const name of Object.keys(rules.soft)) {
    if (rules[name] === undefined || rules[name] === false) {
      report(["rules", "soft", name], "expected the name of a rule given beside it, got none such");
    }
  }
}

function pinFlaws(
  pins: readonly unknown[],
  indexOf: ReadonlyMap<unknown, number>,
  report: Report,
): void {
  const seen = new Set<string>();
  for (const [index, pin] of pins.entries()) {
    if (!isRecord(pin)) continue;
    knownFlaw(pin.id, indexOf, ["rules", "pinned", index, "id"], report);
    if (typeof pin.position !== "number" || typeof pin.id !== "string") continue;
    const key = `${pin.position}@${pin.id}`;
    if (seen.has(key)) report(["rules", "pinned", index], "expected a new pin, got one twice");
    seen.add(key);
  }
}

function knownFlaw(
  id: unknown,
  indexOf: ReadonlyMap<unknown, number>,
  path: readonly PropertyKey[],
  report: Report,
): void {
  if (typeof id === "string" && !indexOf.has(id)) {
    report(path, `expected the id of a candidate, got ${quoted(id)}`);
  }
}

/**
 * What a context may not hold: values without a faithful JSON form, nesting without end, more than
 * a situation needs.
 */
function contextFlaws(context: Record<string, unknown>, report: Report): void {
  const path: PropertyKey[] = ["context"];
  let left = limits.contextValues;
  const visit = (value: unknown): void => {
    left -= 1;
    const flaw = left < 0 ? undefined : valueFlaw(value, path.length);
    if (flaw !== undefined) report(path, flaw);
    else if (left >= 0 && typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        path.push(name);
        if (!name.isWellFormed()) report(path, "expected a well-formed name, got a lone surrogate");
        else if (member !== undefined) visit(member);
        path.pop();
      }
    }
  };
  visit(context);
  if (left < 0) report(path, `expected at most ${limits.contextValues} values, got more`);
}

function valueFlaw(value: unknown, depth: number): string | undefined {
  if (depth > limits.contextDepth)
    return `expected at most ${limits.contextDepth} levels, got more`;
  if (typeof value === "string") {
    return value.isWellFormed() ? undefined : "expected well-formed Unicode, got a lone surrogate";
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? undefined : `expected a finite number, got ${value}`;
  }
  const isJson =
    value === null || typeof value === "boolean" || Array.isArray(value) || isRecord(value);
  return isJson ? undefined : `expected a JSON value, got a ${typeof value}`;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
