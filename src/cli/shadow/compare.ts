/**
 * One logged request, decided and set beside what was shown: both lists are judged by the ranking
 * type's independent check, under the same scores, weights and rules.
 */
import { z } from "zod";
import type { DecisionType, ItemSet, Policy, PosedDecision } from "#decisions";
import { type Clock, counted, Fault, type Json, openBudget } from "#foundation";
import { type Rung, type SolveReport, type SolverPool, solve } from "#runtime";
import type { LoggedRequest } from "./logged-request.ts";

/** What deciding needs at hand. */
export interface ShadowDesk {
  readonly type: DecisionType;
  readonly policy: Policy;
  /** The registered items that candidates are joined with, whatever name a request gives them. */
  readonly items: ItemSet | undefined;
  readonly pool: SolverPool;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** A list of items and what it is worth. */
export interface Judged {
  readonly ids: readonly string[];
  readonly objective: number;
  /** Kinds of hard rules it breaks, each once: `maxPerGroup`, `pinned`, … */
  readonly broken: readonly string[];
}

/** A request that was decided. */
export interface Compared {
  readonly kind: "compared";
  readonly shown: Judged;
  readonly decided: Judged;
  readonly rung: Rung;
  /** Upper bound of the objective, where one is known. */
  readonly bound: number | undefined;
  /** From the request to the answer, in milliseconds. */
  readonly latencyMs: number;
}

/** What became of a logged request. */
export type Outcome =
  | Compared
  /** There is no answer: its rules clash, or none was found in time. */
  | { readonly kind: "refused"; readonly code: "contradiction" | "undecided" }
  /** It cannot be asked as it stands. */
  | { readonly kind: "unusable"; readonly why: string };

const answerSchema = z.object({ items: z.array(z.object({ id: z.string() })) });
const bodySchema = z.looseObject({
  k: z.int().optional(),
  candidates: z.array(z.json()).optional(),
});

/** Decides a logged request under `seed` and compares. */
export async function compare(
  desk: ShadowDesk,
  logged: LoggedRequest,
  seed: number,
): Promise<Outcome> {
  const { type, policy, items, pool, clock, signal } = desk;
  const { contract, plan } = policy;
  const receivedAtMs = clock.monotonicMs();
  let posed: PosedDecision;
  let deadlineMs: number;
  try {
    const parsed = type.parse(logged.body);
    deadlineMs = Math.min(parsed.options.deadlineMs ?? contract.deadlineMs, contract.deadlineMsMax);
    posed = parsed.pose({ policy, items, atUtcMs: logged.atUtcMs ?? clock.utcMs() });
  } catch (error) {
    if (error instanceof Fault) return { kind: "unusable", why: flawText(error) };
    throw error;
  }
  const positionCount = bodySchema.parse(logged.body).k ?? logged.shown.length;
  const shown = judgeShown(posed, logged, positionCount);
  if (typeof shown === "string") return { kind: "unusable", why: shown };
  const { problem } = posed;
  const rule = posed.rule();
  const budget = openBudget(receivedAtMs, deadlineMs, contract.reserveMs);
  const report = await solve({ problem, rule, plan, seed, budget, signal }, { pool, clock });
  const answer = answerOf(posed, report, policy);
  if (answer === undefined) {
    const code = report.status === "infeasible" ? "contradiction" : "undecided";
    return { kind: "refused", code };
  }
  const latencyMs = clock.monotonicMs() - receivedAtMs;
  const { bound, rung = "safe" } = report;
  const decided = judged(posed, answer);
  return { kind: "compared", shown, decided, rung, bound, latencyMs };
}

/** The ladder: what the race brought, or the policy's fixed last resort, if it passes. */
function answerOf(posed: PosedDecision, report: SolveReport, policy: Policy): Json | undefined {
  if (report.best !== undefined) return posed.read(report.best.sample);
  const { safe } = policy;
  if (safe === undefined || report.status === "infeasible") return undefined;
  return posed.check(safe).broken.length === 0 ? safe : undefined;
}

/** What was shown, judged; or why it cannot be: it must be a choice from the candidates. */
function judgeShown(
  posed: PosedDecision,
  { shown, body }: LoggedRequest,
  positionCount: number,
): Judged | string {
  if (shown.length > positionCount) {
    return `shown: expected at most ${counted(positionCount, "item")}, got ${shown.length}`;
  }
  const items = shown.map((id, index) => ({ id, position: index + 1 }));
  const answer = { items, requested: positionCount, shortenedBy: [] };
  const { objective, broken } = posed.check(answer);
  const stray = broken.find((name) => /^(unknown|duplicate):/.test(name));
  if (stray !== undefined) {
    const [, what, id] = /^(\w+):(.*)$/s.exec(stray) ?? [];
    const known = bodySchema.parse(body).candidates?.length ?? 0;
    return what === "duplicate"
      ? `shown: expected each item once, got ${JSON.stringify(id)} again`
      : `shown: expected one of the ${known} candidates, got ${JSON.stringify(id)}`;
  }
  return { ids: shown, objective, broken: kindsOf(broken) };
}

function judged(posed: PosedDecision, answer: Json): Judged {
  const { objective, broken } = posed.check(answer);
  const ids = answerSchema.parse(answer).items.map(({ id }) => id);
  return { ids, objective, broken: kindsOf(broken) };
}

/** What an answer says of itself is no rule of the business; a log says nothing of it. */
const FORM = new Set(["length", "shortenedBy", "requested", "positions"]);

function kindsOf(broken: readonly string[]): readonly string[] {
  const kinds = broken.filter((name) => !FORM.has(name)).map((name) => name.split(":")[0] ?? name);
  return [...new Set(kinds)];
}

function flawText({ message, flaws }: Fault): string {
  const [first] = flaws;
  return first === undefined ? message : `${first.pointer || "request"}: ${first.message}`;
}
