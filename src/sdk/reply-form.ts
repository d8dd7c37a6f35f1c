/**
 * What a method needs of its reply, checked before it is handed on: something else that speaks JSON
 * may sit at the address. It is no schema; members that no method reads are taken at their word.
 */

/** A JSON type, the members an object must have, or a list with the form of each item. */
export type Form =
  | "string"
  | "number"
  | "object"
  | "any"
  | readonly [Form]
  | { readonly [member: string]: Form };

const SUMMARY = { decisionId: "string" } as const;
const POLICY = { reference: "string", policy: "object" } as const;

type Reply =
  | ("decided" | "view" | "summary" | "summaries" | "replay" | "receipts")
  | ("policy" | "policies" | "itemSet" | "entries");

/** The forms of the replies, by what they are. */
export const FORM: Readonly<Record<Reply, Form>> = {
  decided: { decisionId: "string", answer: "any", quality: "object", reasons: ["any"] },
  view: { reply: SUMMARY, recordDigest: "string", outcomes: ["any"] },
  summary: SUMMARY,
  summaries: { items: [SUMMARY] },
  replay: { decisionId: "string", verdict: "string" },
  receipts: { results: [{ outcomeId: "string", result: "string" }] },
  policy: POLICY,
  policies: { items: [POLICY] },
  itemSet: { name: "string", version: "number" },
  entries: { items: ["any"] },
};

/** Whether a value read from JSON has the form. */
export function fits(value: unknown, form: Form): boolean {
  if (form === "any") return value !== undefined;
  if (form === "object") return typeof value === "object" && value !== null;
  if (typeof form === "string") return typeof value === form;
  if (isList(form)) return Array.isArray(value) && value.every((one) => fits(one, form[0]));
  if (typeof value !== "object" || value === null) return false;
  const members = new Map<string, unknown>(Object.entries(value));
  return Object.entries(form).every(([name, one]) => fits(members.get(name), one));
}

function isList(form: Form): form is readonly [Form] {
  return Array.isArray(form);
}
