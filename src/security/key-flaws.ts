/**
 * What can be wrong with a wish for an API key.
 */
import type { Flaw, KeyWish } from "#foundation";

const NAME = /^[^\p{C}]{1,100}$/u;
const TENANT = /^[a-z][a-z0-9-]{0,62}$/;

/** Every flaw of a wish, by JSON Pointer. */
export function flawsOf(wish: KeyWish, nowMs: number): readonly Flaw[] {
  const { name, role, tenant, decisionTypes, expiresAtUtcMs } = wish;
  const flaws: Flaw[] = [];
  if (!NAME.test(name)) {
    const got = JSON.stringify(name.slice(0, 40));
    flaws.push({ pointer: "/name", message: `expected 1 to 100 printable characters, got ${got}` });
  }
  if (tenant !== undefined && !TENANT.test(tenant)) {
    const got = JSON.stringify(tenant.slice(0, 40));
    flaws.push({ pointer: "/tenant", message: `expected a lower-case name, got ${got}` });
  }
  if (decisionTypes?.length === 0) {
    flaws.push({ pointer: "/decisionTypes", message: "expected at least one type, got none" });
  }
  if (decisionTypes !== undefined && role === "admin") {
    // It could make itself a key without the limit.
    const message = "expected none for an administrator, who makes keys, got some";
    flaws.push({ pointer: "/decisionTypes", message });
  }
  if (expiresAtUtcMs !== undefined && !(expiresAtUtcMs > nowMs)) {
    flaws.push({ pointer: "/expiresAt", message: "expected an instant to come, got one past" });
  }
  return flaws;
}
