/**
 * What must hold in every run whatever the policy: nobody is lost, waiting time is the integral of
 * the queue (J. D. C. Little, "A proof for the queuing formula L = λW", Operations Research 9,
 * 1961, along one path), and agents are busy or idle for as long as they are staffed.
 */
import { assert } from "#foundation";
import type { Ledger } from "./ledger.ts";

/** Sums of some hundred thousand seconds in another order differ by less. */
const TOLERANCE = 1e-7;

/** Asserts that the books balance; `waiting` and `inHand` are who is still there. */
export function assertBalanced(
  ledger: Ledger,
  { waiting, inHand }: { readonly waiting: number; readonly inHand: number },
): void {
  const { arrived, answered, finished, abandoned } = ledger.whereabouts;
  assert(
    arrived === answered + abandoned + waiting && answered === finished + inHand,
    `${arrived} arrived are ${finished} finished, ${inHand} in hand, ${abandoned} gone, ` +
      `${waiting} waiting`,
  );
  for (const [one, { queueSeconds }] of ledger.classes.entries()) {
    const waits = ledger.waitSeconds[one];
    assert(isNear(queueSeconds, waits), `waits of ${waits} s are a queue of ${queueSeconds} s`);
  }
  for (const [group, { busySeconds, idleSeconds }] of ledger.groups.entries()) {
    const staffed = ledger.dutySeconds[group] + ledger.overrunSeconds[group];
    const spent = busySeconds + idleSeconds;
    assert(isNear(spent, staffed), `${spent} s busy or idle are ${staffed} s staffed`);
  }
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= TOLERANCE * (1 + Math.abs(one) + Math.abs(other));
}
