/**
 * A decision's answer as its reader thinks of it: things with names and prices in an order, each
 * with its reason, and beside them what came nearest to being chosen. Joined from the reply, the
 * request and the registered items.
 */
import type { DecisionView } from "#wire";
import type { Json } from "../api/client.ts";
import { at, listAt, numberAt, textAt } from "../api/json.ts";

/** What is known of a thing. */
export interface Thing {
  readonly id: string;
  /** Its title, or its id where it has none. */
  readonly name: string;
  /** In minor units. */
  readonly price: number | undefined;
  readonly groups: readonly string[];
  readonly score: number | undefined;
}

/** One line of the answer, or of what was left out. */
export interface AnswerLine extends Thing {
  /** Counted from 1; absent for what was left out. */
  readonly position: number | undefined;
  /** Why, with names in place of ids. */
  readonly reason: string | undefined;
}

/** The answer in the reader's terms; `undefined` members where the answer has another shape. */
export interface AnswerLines {
  /** What can be said of the whole. */
  readonly whole: string | undefined;
  readonly chosen: readonly AnswerLine[];
  readonly leftOut: readonly AnswerLine[];
}

/** Every id a reader will want named. */
export function idsIn({ reply }: DecisionView): readonly string[] {
  const ids = new Set<string>();
  const add = (id: string | undefined) => void (id !== undefined && ids.add(id));
  for (const item of listAt(reply.answer, "items")) add(textAt(item, "id"));
  for (const { kind, subject, facts } of reply.reasons) {
    if (kind === "answer") continue;
    add(subject);
    add(textAt(facts, "alternative", "id"));
    add(textAt(facts, "insteadOf"));
    add(textAt(facts, "allowed", "insteadOf"));
  }
  return [...ids];
}

/** The registered set a decision was made from. */
export function itemSetOf(record: Json): { name: string; version: number } | undefined {
  const name = textAt(record, "items", "name");
  const version = numberAt(record, "items", "version");
  return name === undefined || version === undefined ? undefined : { name, version };
}

/** Joins an answer with what is known of its things; `registered` is what the item set holds. */
export function answerLines(view: DecisionView, registered: readonly Json[]): AnswerLines {
  const { reply, request } = view;
  const known = byId(registered);
  const sent = byId(listAt(request, "candidates"));
  const thing = (id: string): Thing => thingOf(id, known.get(id), sent.get(id));
  const named = (text: string) => withNames(text, thing);
  const reasonFor = (subject: string, kind: "chosen" | "left-out") =>
    reply.reasons.find((one) => one.kind === kind && one.subject === subject)?.text;
  const chosen = listAt(reply.answer, "items").flatMap((item, index): AnswerLine[] => {
    const id = textAt(item, "id");
    if (id === undefined) return [];
    const reason = reasonFor(id, "chosen");
    const position = numberAt(item, "position") ?? index + 1;
    return [{ ...thing(id), position, reason: reason && named(reason) }];
  });
  const leftOut = reply.reasons
    .filter(({ kind }) => kind === "left-out")
    .map(({ subject, text }) => ({ ...thing(subject), position: undefined, reason: named(text) }));
  const whole = reply.reasons.find(({ kind }) => kind === "answer")?.text;
  return { whole, chosen, leftOut };
}

function byId(items: readonly Json[]): ReadonlyMap<string, Json> {
  return new Map(items.map((item) => [textAt(item, "id") ?? "", item]));
}

/** What the request said of a thing outranks what is registered, as it does when deciding. */
function thingOf(id: string, registered: Json | undefined, sent: Json | undefined): Thing {
  const ownGroups = at(sent, "group") === undefined ? registered : sent;
  return {
    id,
    name: textAt(registered, "title") ?? id,
    price: numberAt(sent, "price") ?? numberAt(registered, "price"),
    groups: listAt(ownGroups, "group").filter((group) => typeof group === "string"),
    score: numberAt(sent, "score"),
  };
}

/** Reasons name things by quoted ids; a reader knows them by name. */
function withNames(text: string, thing: (id: string) => Thing): string {
  return text.replace(/"((?:[^"\\]|\\.)+)"/g, (quoted) => {
    const id: string = JSON.parse(quoted);
    return `“${thing(id).name}”`;
  });
}
