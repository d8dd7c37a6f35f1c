/**
 * What the policies of all decision types have in common: parts with schemas, ranges within which
 * requests may choose, and that a version never changes.
 */
import { z } from "zod";
import type { Flaw } from "#foundation";
import { flawsOf } from "./flaws.ts";
import { type Policy, referenceOf } from "./policy.ts";

/** The schema of a range within amounts up to `amountMax`; an open end is that of the amounts. */
export function amountRange(amountMax: number) {
  const amount = z.number().min(0).max(amountMax).optional();
  return z
    .strictObject({ min: amount, max: amount })
    .refine(({ min = 0, max = amountMax }) => min <= max, "expected min <= max, got min > max");
}

/** A range as a policy states it. */
export type AmountRange = z.infer<ReturnType<typeof amountRange>>;

/** The flaw of a value outside the bound `name` of its policy, if it is. */
export function rangeFlaws(
  value: number | undefined,
  bound: AmountRange | undefined,
  at: string,
  name: string,
  policy: Policy,
): Flaw[] {
  if (value === undefined || bound === undefined) return [];
  const { min = value, max = value } = bound;
  if (value >= min && value <= max) return [];
  const side =
    value < min ? `at least ${min} (bounds.${name}.min` : `at most ${max} (bounds.${name}.max`;
  return [{ pointer: at, message: `expected ${side} of ${referenceOf(policy)}), got ${value}` }];
}

/** Where the policy's parts do not keep their schemas; a safe answer has to be an answer. */
export function partFlaws(
  policy: Policy,
  schemas: Readonly<Record<"defaults" | "bounds" | "safe", z.ZodType>>,
): Flaw[] {
  return (["defaults", "bounds", "safe"] as const).flatMap((part) => {
    if (part === "safe" && policy.safe === undefined) return [];
    const read = schemas[part].safeParse(policy[part]);
    return read.success ? [] : flawsOf(read.error, `/${part}`);
  });
}

/** Calls `read` once for each policy: a version never changes. What throws is called again. */
export function oncePerPolicy<Terms>(read: (policy: Policy) => Terms): (policy: Policy) => Terms {
  const known = new WeakMap<Policy, { readonly terms: Terms }>();
  return (policy) => {
    const found = known.get(policy);
    if (found !== undefined) return found.terms;
    const terms = read(policy);
    known.set(policy, { terms });
    return terms;
  };
}
