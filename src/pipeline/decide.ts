/**
 * The life of one decision, stations in order. Each takes what the ones before made and returns
 * exactly one new, frozen record; nobody reaches back.
 */
import { Fault, inTime, openBudget, type Principal } from "#foundation";
import { solve } from "#runtime";
import { type AdmittedRequest, admit } from "./admit.ts";
import { type Assignment, assign } from "./assign.ts";
import { conclude } from "./conclude.ts";
import { pipelineFaults } from "./faults.ts";
import { formulate } from "./formulate.ts";
import type { ItemShelf } from "./item-shelf.ts";
import { keep } from "./keep.ts";
import type { DecideOptions, DecisionReply } from "./pipeline.ts";
import type { Platform } from "./platform.ts";
import type { PolicyShelf } from "./policy-shelf.ts";
import { sealDecision } from "./record.ts";
import { earlierReply, type RepeatGuard, type Waiting } from "./repeat.ts";
import { replyOf } from "./reply.ts";

/** What deciding needs at hand. */
export interface DecisionDesk {
  readonly platform: Platform;
  readonly policies: PolicyShelf;
  readonly items: ItemShelf;
  readonly repeats: RepeatGuard;
}

/**
 * Decides one request: a checked, feasible, recorded answer by the deadline, or a `Fault` that says
 * why not.
 */
export async function decide(
  desk: DecisionDesk,
  principal: Principal,
  typeId: string,
  body: unknown,
  options: DecideOptions,
): Promise<DecisionReply> {
  const { clock } = desk.platform;
  const admitted = admit(desk.platform, principal, typeId, body, options);
  const { receivedAtMs, parsed, type } = admitted;
  // Until the policy is known, the deadline is what the request or its type says.
  const expectedMs = parsed.options.deadlineMs ?? type.defaultPolicy.contract.deadlineMs;
  const assigning = assign(desk.policies, admitted);
  const assignment = await inTime(clock, receivedAtMs + expectedMs, assigning, outOfTime);
  const deadlineMs = deadlineOf(admitted, assignment);
  const wait: Waiting = (work) => inTime(clock, receivedAtMs + deadlineMs, work, outOfTime);
  return desk.repeats.once(admitted, wait, () => {
    return decideAdmitted(desk, admitted, assignment, deadlineMs, wait);
  });
}

async function decideAdmitted(
  desk: DecisionDesk,
  admitted: AdmittedRequest,
  assignment: Assignment,
  deadlineMs: number,
  wait: Waiting,
): Promise<DecisionReply> {
  const { platform } = desk;
  const { clock } = platform;
  const { policy } = assignment;
  const budget = openBudget(admitted.receivedAtMs, deadlineMs, policy.contract.reserveMs);
  const formulation = await wait(formulate(desk.items, admitted, assignment));
  const seed = admitted.parsed.options.seed ?? platform.newSeed();
  const solveFromMs = clock.monotonicMs();
  const { problem } = formulation.posed;
  const { rule } = formulation;
  const { signal } = admitted;
  const report = await solve({ problem, rule, plan: policy.plan, seed, budget, signal }, platform);
  const solveMs = clock.monotonicMs() - solveFromMs;
  const decision = conclude(formulation, report, policy);
  const stations = { admitted, assignment, formulation, seed, report, decision };
  const kept = sealDecision(platform, { ...stations, deadlineMs, solveMs });
  const keeping = await keep(platform, admitted, kept, policy.contract, budget);
  if (keeping.kind === "key-taken") return wait(earlierReply(platform, admitted, keeping));
  const reply = replyOf(kept.record);
  return keeping.kind === "recorded" ? reply : { ...reply, unrecorded: true };
}

function deadlineOf(admitted: AdmittedRequest, { policy, reference }: Assignment): number {
  const { deadlineMs, deadlineMsMax } = policy.contract;
  const asked = admitted.parsed.options.deadlineMs ?? deadlineMs;
  if (asked <= deadlineMsMax) return asked;
  const message = `expected at most ${deadlineMsMax} ms under ${reference}, got ${asked} ms`;
  throw new Fault(pipelineFaults.deadlineOutOfBounds, {
    detail: message,
    flaws: [{ pointer: "/options/deadlineMs", message }],
  });
}

/**
 * Ends what waits for a store before there is an answer. Solving watches the time itself, and so
 * does keeping: once there is an answer, its policy alone says how it may leave.
 */
function outOfTime(): Fault {
  const detail = "expected an answer by the deadline, got a store or a machine that is too slow";
  return new Fault(pipelineFaults.outOfTime, { detail });
}
