/**
 * The independent judge of an answer. Recomputes objective and rules from the question alone, in
 * another way than `formulate` and the solvers do: by names instead of numbers, cosines from the
 * embeddings as sent, the machine's own logarithm and power. Imports nothing of theirs, so that no
 * mistake can be made twice by the same line.
 */
import type { CheckReport } from "../decision-type.ts";
import type { Candidate, RankingQuestion } from "./question.ts";
import type { RankingAnswer } from "./schema.ts";

/** A rule found broken `count` times; `penalty` is `undefined` where it had to hold. */
interface Breach {
  readonly rule: string;
  readonly count: number;
  readonly penalty: number | undefined;
}

/**
 * Judges `answer`. Besides the names of hard rules, `broken` may hold: `unknown:<id>`,
 * `duplicate:<id>`, `positions` (not 1, 2, 3, ... as listed), `requested` (not the k of the
 * question), `length` (over k, or one more could simply be put in), `shortenedBy` (not what
 * shortened it).
 */
export function check(question: RankingQuestion, answer: RankingAnswer): CheckReport {
  const known = candidatesNamed(question, new Set(answer.items.map(({ id }) => id)));
  const chosen = answer.items.flatMap(({ id }) => known.get(id) ?? []);
  const breaches = breachesOf(question, chosen);
  const hard = breaches.filter(({ penalty }) => penalty === undefined).map(({ rule }) => rule);
  const broken = [...formBroken(question, answer, known), ...hard];
  if (broken.length === 0) broken.push(...lengthBroken(question, chosen, answer.shortenedBy));
  const paid = breaches.flatMap(({ rule, count, penalty }) =>
    penalty === undefined ? [] : [{ rule, count, cost: count * penalty }],
  );
  const penalties = paid.reduce((total, { cost }) => total + cost, 0);
  return { objective: worth(question, chosen) - penalties, broken, paid };
}

/** The candidates of these ids; an answer names few of them. */
function candidatesNamed(
  { candidates, dropped }: RankingQuestion,
  ids: ReadonlySet<string>,
): Map<string, Candidate> {
  const named = new Map<string, Candidate>();
  for (const candidate of candidates) if (ids.has(candidate.id)) named.set(candidate.id, candidate);
  for (const candidate of dropped) if (ids.has(candidate.id)) named.set(candidate.id, candidate);
  return named;
}

function formBroken(
  question: RankingQuestion,
  answer: RankingAnswer,
  known: ReadonlyMap<string, Candidate>,
): string[] {
  const broken: string[] = [];
  const seen = new Set<string>();
  for (const { id } of answer.items) {
    if (!known.has(id)) broken.push(`unknown:${id}`);
    if (seen.has(id)) broken.push(`duplicate:${id}`);
    seen.add(id);
  }
  if (answer.items.some(({ position }, index) => position !== index + 1)) broken.push("positions");
  if (answer.requested !== question.positionCount) broken.push("requested");
  if (answer.items.length > question.positionCount) broken.push("length");
  return broken;
}

function breachesOf(question: RankingQuestion, chosen: readonly Candidate[]): Breach[] {
  return [
    ...overMaxima(question, chosen),
    ...belowMinima(question, chosen),
    ...tooStale(question, chosen),
    ...movedPins(question, chosen),
    ...crowded(question, chosen),
    ...forbidden(question, chosen),
  ];
}

function overMaxima(
  { rules }: RankingQuestion,
  chosen: readonly Candidate[],
  groups: Iterable<string> = new Set(chosen.flatMap((candidate) => candidate.groups)),
): Breach[] {
  const { maxPerGroup } = rules;
  if (maxPerGroup === undefined) return [];
  return [...groups].flatMap((group) => {
    const most = maxPerGroup.value.get(group) ?? maxPerGroup.value.get("*");
    const count = most === undefined ? 0 : countIn(group, chosen) - most;
    return breach(`maxPerGroup:${group}`, count, maxPerGroup.penalty);
  });
}

function belowMinima(
  { rules, candidates }: RankingQuestion,
  chosen: readonly Candidate[],
): Breach[] {
  const { minPerGroup } = rules;
  if (minPerGroup === undefined) return [];
  const groups = new Set(minPerGroup.value.keys());
  if (groups.delete("*")) {
    for (const candidate of candidates) for (const group of candidate.groups) groups.add(group);
  }
  return [...groups].flatMap((group) => {
    const fewest = minPerGroup.value.get(group) ?? minPerGroup.value.get("*") ?? 0;
    return breach(`minPerGroup:${group}`, fewest - countIn(group, chosen), minPerGroup.penalty);
  });
}

function tooStale({ rules }: RankingQuestion, chosen: readonly Candidate[]): Breach[] {
  const { minFresh } = rules;
  if (minFresh === undefined) return [];
  const { count, withinHours } = minFresh.value;
  const fresh = chosen.filter(({ ageHours }) => ageHours !== undefined && ageHours <= withinHours);
  return breach("minFresh", count - fresh.length, minFresh.penalty);
}

function movedPins({ rules }: RankingQuestion, chosen: readonly Candidate[]): Breach[] {
  return (rules.pinned?.value ?? []).flatMap(({ id, position }) => {
    const holds = chosen.at(position - 1)?.id === id;
    return breach(`pinned:${id}@${position}`, holds ? 0 : 1, rules.pinned?.penalty);
  });
}

function crowded({ rules }: RankingQuestion, chosen: readonly Candidate[]): Breach[] {
  if (rules.spacing === undefined) return [];
  const pairs = chosen.filter((item, index) => index > 0 && alike(item, chosen[index - 1]));
  return breach("spacing", pairs.length, rules.spacing.penalty);
}

function forbidden({ rules }: RankingQuestion, chosen: readonly Candidate[]): Breach[] {
  const count = chosen.filter(({ id }) => rules.excluded.has(id)).length;
  return breach("excluded", count, undefined);
}

function breach(rule: string, count: number, penalty: number | undefined): Breach[] {
  return count > 0 ? [{ rule, count, penalty }] : [];
}

/**
 * What is wrong with the length of an answer that keeps every rule, and with what it says of it.
 */
function lengthBroken(
  question: RankingQuestion,
  chosen: readonly Candidate[],
  told: readonly string[],
): string[] {
  const reasons = new Set<string>();
  const { candidates, dropped, positionCount } = question;
  if (chosen.length < positionCount) {
    if (candidates.length + dropped.length < positionCount) reasons.add("candidates");
    if (dropped.length > 0) reasons.add("excluded");
    const taken = new Set(chosen);
    // To the rules, items of the same groups are the same; of a thousand, few are judged.
    const judged = new Set<string>();
    for (const candidate of candidates) {
      const kind = JSON.stringify([candidate.groups, question.rules.excluded.has(candidate.id)]);
      if (taken.has(candidate) || judged.has(kind)) continue;
      judged.add(kind);
      const against = rulesAgainst(question, chosen, candidate);
      if (against === undefined) return ["length"];
      for (const rule of against) reasons.add(rule);
    }
  }
  const honest = told.length === reasons.size && told.every((reason) => reasons.has(reason));
  return honest ? [] : ["shortenedBy"];
}

/**
 * The hard rules that break when `candidate` is put in: those that break at every place alike if
 * there are any, otherwise all that break at one place or another; `undefined` when some place
 * breaks none.
 */
function rulesAgainst(
  question: RankingQuestion,
  chosen: readonly Candidate[],
  candidate: Candidate,
): readonly string[] | undefined {
  const longer = [...chosen, candidate];
  const wherever = [
    ...overMaxima(question, longer, candidate.groups),
    ...forbidden(question, longer),
  ]
    .filter(({ penalty }) => penalty === undefined)
    .map(({ rule }) => rule);
  if (wherever.length > 0) return wherever;
  const somewhere = new Set<string>();
  for (let place = 0; place <= chosen.length; place += 1) {
    const tried = chosen.toSpliced(place, 0, candidate);
    const here = [...movedPins(question, tried), ...crowded(question, tried)].filter(
      ({ penalty }) => penalty === undefined,
    );
    if (here.length === 0) return undefined;
    for (const { rule } of here) somewhere.add(rule);
  }
  return [...somewhere];
}

function worth(question: RankingQuestion, chosen: readonly Candidate[]): number {
  const { positionCount, weights } = question;
  let scale = 0;
  for (let p = 1; p <= positionCount; p += 1) scale += 1 / Math.log2(1 + p);
  let total = 0;
  for (const [index, { score, ageHours }] of chosen.entries()) {
    const fresh = ageHours === undefined ? 0 : 2 ** (-ageHours / weights.halfLifeHours);
    const discount = 1 / Math.log2(2 + index) / scale;
    total += discount * (weights.utility * score + weights.freshness * fresh);
  }
  return total - weights.diversity * meanSimilarity(question, chosen);
}

function meanSimilarity({ similarity }: RankingQuestion, chosen: readonly Candidate[]): number {
  if (chosen.length < 2) return 0;
  const among = new Set(chosen.map(({ id }) => id));
  const given = new Map(
    similarity
      .filter(({ a, b }) => among.has(a) && among.has(b))
      .map(({ a, b, value }) => [pairOf(a, b), value]),
  );
  const arrows = chosen.map(({ embedding }) => arrowOf(embedding));
  let total = 0;
  for (let index = 0; index < chosen.length; index += 1) {
    for (let other = index + 1; other < chosen.length; other += 1) {
      const told =
        given.size === 0 ? undefined : given.get(pairOf(chosen[index].id, chosen[other].id));
      total += told ?? cosine(arrows[index], arrows[other]);
    }
  }
  return total / ((chosen.length * (chosen.length - 1)) / 2);
}

function pairOf(a: string, b: string): string {
  return JSON.stringify(a < b ? [a, b] : [b, a]);
}

/** An embedding divided by its largest component, and the sum of its squares then. */
interface Arrow {
  readonly parts: readonly number[];
  readonly squares: number;
}

/** `undefined` where an embedding is missing or has no direction. */
function arrowOf(embedding: readonly number[] | undefined): Arrow | undefined {
  if (embedding === undefined) return undefined;
  let scale = 0;
  for (const raw of embedding) scale = Math.max(scale, Math.abs(raw));
  if (scale === 0) return undefined;
  const parts = embedding.map((raw) => raw / scale);
  let squares = 0;
  for (const part of parts) squares += part * part;
  return { parts, squares };
}

/** Clipped at 0; 0 where there is no direction. */
function cosine(a: Arrow | undefined, b: Arrow | undefined): number {
  if (a === undefined || b === undefined) return 0;
  let dot = 0;
  for (let axis = 0; axis < a.parts.length; axis += 1) dot += a.parts[axis] * b.parts[axis];
  return Math.max(0, dot / Math.sqrt(a.squares * b.squares));
}

function countIn(group: string, chosen: readonly Candidate[]): number {
  return chosen.filter(({ groups }) => groups.includes(group)).length;
}

function alike(a: Candidate, b: Candidate): boolean {
  return a.groups.some((group) => b.groups.includes(group));
}
