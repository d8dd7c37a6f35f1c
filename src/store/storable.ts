/**
 * What PostgreSQL can give back unchanged. Its text has no U+0000, and a lone surrogate would be
 * silently replaced on the way to UTF-8; instants are whole milliseconds. What is not so is refused
 * here, before a record could come back different from what was acknowledged.
 */
import { Fault } from "#foundation";
import { storeFaults } from "./faults.ts";

/**
 * Checks every text and number of `row`; `what` names the row in the message.
 *
 * @throws Fault store-text-unstorable or store-value-unstorable, naming the member.
 */
export function assertStorable(what: string, row: object): void {
  for (const [member, value] of Object.entries(row)) {
    if (typeof value === "string" && (!value.isWellFormed() || value.includes("\0"))) {
      const excerpt = JSON.stringify(value.slice(0, 64));
      throw new Fault(storeFaults.textUnstorable, {
        detail: `${what}, ${member}: expected well-formed text without U+0000, got ${excerpt}`,
      });
    }
    if (typeof value === "number" && !isStorableNumber(member, value)) {
      const kind = isInstant(member) ? "whole milliseconds" : "a finite number";
      throw new Fault(storeFaults.valueUnstorable, {
        detail: `${what}, ${member}: expected ${kind}, got ${value}`,
      });
    }
  }
}

function isStorableNumber(member: string, value: number): boolean {
  return isInstant(member) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function isInstant(member: string): boolean {
  return member.endsWith("UtcMs");
}
