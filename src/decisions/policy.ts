/**
 * Policies: immutable, versioned configurations of a decision type. What a request leaves open the
 * policy fills in, and the policy says within which bounds a request may change it. Experiments
 * compare policies.
 */
import { z } from "zod";
import "./wording.ts";

/** `name@version`, e.g. `homepage@1`. */
export const policyReference = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}@[1-9][0-9]{0,8}$/, "expected name@version, e.g. homepage@1");

const leg = z.strictObject({
  solver: z.string().min(1).max(64),
  workLimit: z.int().min(1).max(1e12),
});

/** What a policy promises about time and failure. */
const deadlineContract = z
  .strictObject({
    /** `realtime` < 250 ms, `nearline` seconds, `batch` minutes and more. */
    tier: z.enum(["realtime", "nearline", "batch"]),
    deadlineMs: z.int().min(5).max(3_600_000),
    /** The most a request's own `deadlineMs` may be. */
    deadlineMsMax: z.int().min(5).max(3_600_000),
    /** Set aside for fallback, record and reply. */
    reserveMs: z.int().min(1).max(60_000),
    /** When the record cannot be made durable: refuse, or answer marked `unrecorded`. */
    ifUnrecorded: z.enum(["refuse", "mark"]),
  })
  .check(({ value, issues }) => {
    const { deadlineMs, deadlineMsMax, reserveMs } = value;
    const wrong = (path: string, message: string) =>
      issues.push({ code: "custom", input: value, path: [path], message });
    if (deadlineMs > deadlineMsMax) {
      wrong("deadlineMs", `expected at most deadlineMsMax, ${deadlineMsMax}, got ${deadlineMs}`);
    }
    if (reserveMs >= deadlineMs) {
      wrong("reserveMs", `expected less than deadlineMs, ${deadlineMs}, got ${reserveMs}`);
    }
  });

/**
 * A policy as `POST /v1/policies` takes it. `defaults` and `bounds` are checked by the decision
 * type.
 */
export const policySchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  version: z.int().min(1).max(999_999_999),
  type: z.string().min(1).max(64),
  description: z.string().max(2000).default(""),
  /** Values for what a request leaves out, in the request's own shape. */
  defaults: z.record(z.string(), z.json()).default({}),
  /** Limits within which a request may choose, by the decision type's own keys. */
  bounds: z.record(z.string(), z.json()).default({}),
  contract: deadlineContract,
  plan: z.strictObject({
    lanes: z.array(z.array(leg).min(1).max(8)).min(1).max(8),
    exchange: z.boolean(),
    gapMax: z.number().min(0).max(1),
  }),
  /**
   * Where scores come from; recorded, so that results are never compared across sources by
   * accident.
   */
  scoreSource: z.string().max(200).default("request"),
  /** What may leave the machine. Only `none` until devices exist. */
  egress: z.literal("none").default("none"),
  /** The fixed last resort, in the answer's own shape; used only if it passes the check. */
  safe: z.json().optional(),
});

/** A configuration of a decision type; see {@link policySchema}. */
export type Policy = z.infer<typeof policySchema>;

/** `name@version` of a policy. */
export function referenceOf(policy: Pick<Policy, "name" | "version">): string {
  return `${policy.name}@${policy.version}`;
}
