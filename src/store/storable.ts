/**
 * What PostgreSQL can give back unchanged. Its text has no U+0000, and a lone surrogate would be silently replaced on
 * the way to UTF-8; both are refused here, before a record could come back different from what was acknowledged.
 */
import { Fault } from "#foundation";
import { storeFaults } from "./faults.ts";

/**
 * Checks every text member of `row`; `what` names the row in the message.
 *
 * @throws Fault store-text-unstorable naming the member.
 */
export function assertStorable(what: string, row: object): void {
  for (const [member, value] of Object.entries(row)) {
    if (typeof value !== "string" || (value.isWellFormed() && !value.includes("\0"))) continue;
    throw new Fault(storeFaults.textUnstorable, {
      detail: `${what}, ${member}: expected well-formed text without U+0000, got ${JSON.stringify(value.slice(0, 64))}`,
    });
  }
}
