/**
 * The life of one decision, stations in order. Each takes what the ones before made and returns
 * exactly one new, frozen record; nobody reaches back.
 */
import { type DecisionBudget, Fault, inTime, openBudget, type Principal } from "#foundation";
import { solve } from "#runtime";
import { type AdmittedRequest, admit } from "./admit.ts";
import { type Assignment, assign } from "./assign.ts";
import { freeNow, giveBack, type Reservation, reserve } from "./capacity/reserve.ts";
import { conclude } from "./conclude.ts";
import { pipelineFaults } from "./faults.ts";
import { type FoundIntents, formulate, foundIntents } from "./formulate.ts";
import type { ItemShelf } from "./item-shelf.ts";
import { keep } from "./keep.ts";
import type { DecideOptions, DecisionReply } from "./pipeline.ts";
import type { Platform } from "./platform.ts";
import type { PolicyShelf } from "./policy-shelf.ts";
import { type Stations, sealDecision } from "./record.ts";
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
  const { policy } = assignment;
  const budget = openBudget(admitted.receivedAtMs, deadlineMs, policy.contract.reserveMs);
  const seed = admitted.parsed.options.seed ?? platform.newSeed();
  const intents = foundIntents(platform, admitted);
  const means = { seed, budget, wait, intents };
  const solved = await solveUntilReserved(desk, admitted, assignment, means);
  const stations = { admitted, assignment, seed, deadlineMs, intents, ...solved };
  const { kept, keeping } = await sealedAndKept(platform, stations, budget).catch(
    async (fault: unknown) => {
      await giveBack(platform, admitted, solved.reservation);
      throw fault;
    },
  );
  if (keeping.kind === "key-taken") {
    await giveBack(platform, admitted, solved.reservation);
    return wait(earlierReply(platform, admitted, keeping));
  }
  const reply = replyOf(kept.record);
  return keeping.kind === "recorded" ? reply : { ...reply, unrecorded: true };
}

async function sealedAndKept(platform: Platform, stations: Stations, budget: DecisionBudget) {
  const { admitted, assignment } = stations;
  const kept = sealDecision(platform, stations);
  const keeping = await keep(platform, admitted, kept, assignment.policy.contract, budget);
  return { kept, keeping };
}

/**
 * Poses, solves and concludes; where the answer uses what others took meanwhile, again with what is
 * free now, as long as there is time to search.
 */
async function solveUntilReserved(
  { platform, items }: DecisionDesk,
  admitted: AdmittedRequest,
  assignment: Assignment,
  means: {
    readonly seed: number;
    readonly budget: DecisionBudget;
    readonly wait: Waiting;
    readonly intents: FoundIntents | undefined;
  },
): Promise<Pick<Stations, "formulation" | "report" | "decision" | "reservation" | "solveMs">> {
  const { clock } = platform;
  const { policy } = assignment;
  const { seed, budget, wait } = means;
  const intents = means.intents?.found;
  const { signal } = admitted;
  for (;;) {
    const free = await wait(freeNow(platform, admitted));
    const formulation = await wait(formulate(items, admitted, assignment, { free, intents }));
    const { rule, posed } = formulation;
    const { problem } = posed;
    const { plan } = policy;
    const solveFromMs = clock.monotonicMs();
    const report = await solve({ problem, rule, plan, seed, budget, signal }, platform);
    const solveMs = clock.monotonicMs() - solveFromMs;
    const decision = conclude(formulation, report, policy);
    const { answer } = decision;
    const reserving = reserve(platform, admitted, free, { posed, answer });
    const reservation = await wait(reserving).catch((fault: unknown) => {
      // Nobody hears any more of a reservation that comes after the deadline.
      const undo = (late?: Reservation) => late && giveBack(platform, admitted, late);
      void reserving.then(undo, () => {});
      throw fault;
    });
    if (reservation !== undefined) return { formulation, report, decision, reservation, solveMs };
    if (clock.monotonicMs() >= budget.searchUntilMs) {
      const detail = "expected what is free to stay free for as long as solving takes";
      throw new Fault(pipelineFaults.capacityContended, { detail });
    }
  }
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
