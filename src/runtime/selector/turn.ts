/**
 * Whose turn it is in a lane: a pure function of its plan and of the attempts made so far, so that
 * a replay, which has the same attempts, comes to the same turns. Nothing else decides who is
 * halved away.
 */
import { beats, type ObjectiveSense } from "#problem";
import type { Contest, Lane, Leg } from "../plan.ts";
import type { Attempt, Improvement } from "../report.ts";

/** A leg that is due. */
export interface Turn {
  readonly leg: Leg;
  /** In a heat nothing is taken over from other lanes: what counts is what each finds itself. */
  readonly isHeat: boolean;
  /** How many of the attempts so far it may start from. */
  readonly startsAfter: number;
}

/** What a turn goes by of those before it. */
export type PastTurn = Pick<Attempt, "solver" | "end" | "improvements">;

/** The turn that follows these attempts; `undefined` at the end of the lane. */
export function turnAfter(
  lane: Lane,
  sense: ObjectiveSense,
  attempts: readonly PastTurn[],
): Turn | undefined {
  let past = 0;
  for (const entry of lane) {
    if ("solver" in entry) {
      if (past === attempts.length) return { leg: entry, isHeat: false, startsAfter: past };
      past += 1;
      continue;
    }
    const { turn, past: after } = contestTurn(entry, sense, attempts, past);
    if (turn !== undefined) return turn;
    past = after;
  }
  return undefined;
}

/** The turn that is due in a contest begun after `began` attempts, or how many there were by it. */
function contestTurn(
  { contenders, places, workLimit }: Contest,
  sense: ObjectiveSense,
  attempts: readonly PastTurn[],
  began: number,
): { readonly turn?: Turn; readonly past: number } {
  let past = began;
  let field = contenders;
  while (field.length > 1) {
    const due = field[attempts.length - past];
    if (due !== undefined) return { turn: { leg: due, isHeat: true, startsAfter: began }, past };
    const heats = attempts.slice(past, past + field.length);
    past += field.length;
    field = ranked(field, sense, attempts.slice(began, past));
    const found = field.filter(({ solver }) => hasFound(solver, attempts.slice(began, past)));
    if (found.length === 0 && field.every((leg) => 2 * leg.workLimit <= workLimit)) {
      // Nobody is ahead; whoever comes to something only late is still among them.
      field = field.map(doubled);
      continue;
    }
    const next = found.slice(0, Math.ceil(field.length / 2));
    // Who is alone has won; and on a machine too slow for one round there is no time for another.
    if (next.length < 2 || heats.some(({ end }) => end === "expired")) break;
    field = next.map(doubled);
  }
  const finals = field.length === 0 ? [] : places.slice(0, field.length);
  const place = finals[attempts.length - past];
  if (place === undefined) return { past: past + finals.length };
  const leg = { solver: field[place % field.length].solver, workLimit };
  return { turn: { leg, isHeat: false, startsAfter: attempts.length }, past };
}

/** Whether a heat of this solver came to something better than it began with. */
function hasFound(name: string, heats: readonly PastTurn[]): boolean {
  return heats.some(({ solver, improvements }) => solver === name && improvements.length > 0);
}

/** The leg in the next heat. */
function doubled({ solver, workLimit, turnMsMax }: Leg): Leg {
  const limit = { solver, workLimit: 2 * workLimit };
  return turnMsMax === undefined ? limit : { ...limit, turnMsMax: 2 * turnMsMax };
}

/**
 * By the best that each has found in the heats, without those that did not come back; who was
 * likelier goes first among equals.
 */
function ranked(
  field: readonly Leg[],
  sense: ObjectiveSense,
  heats: readonly PastTurn[],
): readonly Leg[] {
  const bests = new Map<string, Improvement>();
  for (const { solver, improvements } of heats) {
    const last = improvements.at(-1);
    const best = bests.get(solver);
    if (last === undefined || (best !== undefined && !beats(sense, last, best))) continue;
    bests.set(solver, last);
  }
  const isLost = (name: string) =>
    heats.some(({ solver, end }) => solver === name && end === "abandoned");
  const back = field.filter(({ solver }) => !isLost(solver));
  return back.toSorted((one, other) => {
    const [mine, theirs] = [bests.get(one.solver), bests.get(other.solver)];
    if (mine === undefined || theirs === undefined) return Number(!mine) - Number(!theirs);
    return Number(beats(sense, theirs, mine)) - Number(beats(sense, mine, theirs));
  });
}
