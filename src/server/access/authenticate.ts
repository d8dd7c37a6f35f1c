/**
 * Who asks, and whether they may: keys from the Authorization header (RFC 6750), roles by the table
 * of routes. Where no key was ever made everybody who reaches the server is its owner.
 */
import {
  Fault,
  type IdentifiedKey,
  LOCAL_PRINCIPAL,
  type Principal,
  type Role,
  unreachable,
} from "#foundation";
import { serverFaults } from "../faults.ts";
import type { Access } from "../route.ts";
import type { KeyDesk } from "./key-desk.ts";

/** The challenge that goes with a 401 (RFC 9110, 11.6.1; RFC 6750, 3). */
export function challengeFor({ row }: Fault): string {
  const isWrong = row.code === serverFaults.keyRefused.code;
  return `Bearer realm="tandem"${isWrong ? ', error="invalid_token"' : ""}`;
}

const BEARER = /^Bearer +([!-~]+)$/i;

/** Each role may do what the ones before it may. */
const RANK: Readonly<Record<Role, number>> = { reader: 1, operator: 2, admin: 3 };

/**
 * The principal behind the header Authorization.
 *
 * @throws Fault `key-missing` or `key-refused`
 */
export function authenticate(
  keys: Pick<KeyDesk, "required" | "identify">,
  authorization: string | undefined,
): Principal {
  if (!keys.required) return LOCAL_PRINCIPAL;
  if (authorization === undefined) {
    const detail = "Authorization: expected `Bearer` and an API key, got no header";
    throw new Fault(serverFaults.keyMissing, { detail });
  }
  const [, text] = BEARER.exec(authorization) ?? [];
  if (text === undefined) {
    const detail = "Authorization: expected `Bearer` and an API key, got something else";
    throw new Fault(serverFaults.keyRefused, { detail });
  }
  const identified = keys.identify(text);
  if (identified.kind === "known") return identified.principal;
  const detail = `API key: expected one in force, got ${got(identified.reason)}`;
  throw new Fault(serverFaults.keyRefused, { detail });
}

/** @throws Fault `role-insufficient` unless `principal` may call a route with this access. */
export function authorise(principal: Principal, access: Access): void {
  if (mayCall(principal, access)) return;
  const detail = `expected ${wanted(access)}, got the role ${principal.role}`;
  throw new Fault(serverFaults.roleInsufficient, { detail });
}

function mayCall({ role, tenant }: Principal, access: Access): boolean {
  switch (access) {
    case "public":
      return true;
    case "owner":
      return role === "admin" && tenant === LOCAL_PRINCIPAL.tenant;
    default:
      return RANK[role] >= RANK[access];
  }
}

function wanted(access: Access): string {
  return access === "owner"
    ? "an administrator of the installation's own tenant"
    : `the role ${access} or one above it`;
}

function got(reason: (IdentifiedKey & { kind: "refused" })["reason"]): string {
  switch (reason) {
    case "unknown":
      return "one nobody knows";
    case "expired":
      return "one that has expired";
    case "revoked":
      return "one that was revoked";
    default:
      return unreachable(reason);
  }
}
