/** The fault a promise rejects with; anything else fails the test that asks. */
import { Fault } from "#foundation";

/** Waits for `promise` to reject and returns its fault. */
export async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const reason = await promise.then(
    (value) => new Error(`expected a Fault, got the value ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (reason instanceof Fault) return reason;
  throw reason;
}
