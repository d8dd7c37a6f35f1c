/**
 * Policies at hand. Versions are immutable, so one that has been read never has to be read again.
 * Each decision type's default policy is there for every tenant, and is stored at its first use.
 */

import { type DecisionType, type Policy, policySchema, referenceOf } from "#decisions";
import {
  canonicalJson,
  digest,
  Fault,
  type Flaw,
  type Principal,
  type TenantId,
} from "#foundation";
import { solverCatalogue, solverNamed } from "#solvers";
import { typeNamed } from "./admit.ts";
import { pipelineFaults } from "./faults.ts";
import type { Platform } from "./platform.ts";
import type { StoredPolicy } from "./ports.ts";

/** Policies kept in memory; beyond this the one that was read first is dropped. */
const SHELF_SIZE_MAX = 1000;

/** A policy with its digest. */
export interface ShelvedPolicy {
  readonly policy: Policy;
  /** SHA-256 of the policy's canonical JSON. */
  readonly digest: string;
}

/** Finds, lists and adds policies. */
export interface PolicyShelf {
  /** @throws Fault `unknown-policy`, also when the policy is another decision type's. */
  find(tenant: TenantId, type: DecisionType, reference: string): Promise<ShelvedPolicy>;
  list(principal: Principal): Promise<readonly StoredPolicy[]>;
  /** @throws Fault `invalid-policy` with every flaw, or `policy-version-taken`. */
  add(principal: Principal, body: unknown): Promise<{ added: boolean; policy: StoredPolicy }>;
}

/** Opens the shelf of a platform. */
export function openPolicyShelf(platform: Platform): PolicyShelf {
  const { store, catalogue } = platform;
  const read = new Map<string, ShelvedPolicy>();

  async function find(tenant: TenantId, type: DecisionType, reference: string) {
    const key = `${tenant}/${reference}`;
    const shelved = read.get(key) ?? (await fetchPolicy(tenant, reference));
    if (shelved === undefined || shelved.policy.type !== type.id) {
      const detail = `expected a policy for "${type.id}", got "${reference}"`;
      throw new Fault(pipelineFaults.unknownPolicy, { detail });
    }
    remember(read, key, shelved);
    return shelved;
  }

  async function fetchPolicy(tenant: TenantId, reference: string) {
    const [name, version] = reference.split("@");
    const stored =
      (await store.policy(tenant, name, Number(version))) ??
      (await storeDefault(tenant, reference));
    if (stored === undefined) return undefined;
    return { policy: policySchema.parse(JSON.parse(stored.body)), digest: stored.digest };
  }

  /** A default policy is stored at its first use, so that what it said then stays what it says. */
  async function storeDefault(tenant: TenantId, reference: string) {
    const owner = catalogue.find((type) => referenceOf(type.defaultPolicy) === reference);
    if (owner === undefined) return undefined;
    const stored = toStored(platform, { tenant, name: "tandem" }, owner.defaultPolicy);
    const result = await store.addPolicy(stored);
    return result === "conflict" ? store.policy(tenant, stored.name, stored.version) : stored;
  }

  async function add(principal: Principal, body: unknown) {
    const policy = readPolicy(platform, body);
    const reference = referenceOf(policy);
    if (catalogue.some((type) => referenceOf(type.defaultPolicy) === reference)) {
      await fetchPolicy(principal.tenant, reference);
    }
    const stored = toStored(platform, principal, policy);
    const result = await store.addPolicy(stored);
    if (result === "conflict") {
      const detail = `expected a new version, got "${reference}", which has other content`;
      throw new Fault(pipelineFaults.policyTaken, { detail });
    }
    return { added: result === "added", policy: stored };
  }

  async function list({ tenant }: Principal) {
    const defaults = catalogue.map((type) => referenceOf(type.defaultPolicy));
    await Promise.all(defaults.map((reference) => fetchPolicy(tenant, reference)));
    return store.policies(tenant);
  }

  return { find, list, add };
}

function remember(read: Map<string, ShelvedPolicy>, key: string, shelved: ShelvedPolicy): void {
  const oldest = read.size >= SHELF_SIZE_MAX ? read.keys().next().value : undefined;
  if (oldest !== undefined) read.delete(oldest);
  read.set(key, shelved);
}

function readPolicy(platform: Platform, body: unknown): Policy {
  const parsed = policySchema.safeParse(body);
  if (!parsed.success) {
    const flaws: Flaw[] = parsed.error.issues.map(({ path, message }) => {
      return { pointer: path.map((part) => `/${String(part)}`).join(""), message };
    });
    throw new Fault(pipelineFaults.badPolicy, { detail: "the policy breaks its schema", flaws });
  }
  const flaws = [...strangersIn(parsed.data), ...brokenTextsIn(parsed.data, "")];
  if (flaws.length > 0) {
    const detail = `expected a policy that can be kept and run, got ${flaws.length} flaws`;
    throw new Fault(pipelineFaults.badPolicy, { detail, flaws });
  }
  typeNamed(platform, parsed.data.type).checkPolicy(parsed.data);
  return parsed.data;
}

/** Solvers the plan names and nobody knows. */
function strangersIn({ plan }: Policy): Flaw[] {
  const known = solverCatalogue.map(({ name }) => name).join(", ");
  return plan.lanes.flatMap((lane, laneIndex) =>
    lane.flatMap(({ solver }, legIndex) => {
      if (solverNamed(solver) !== undefined) return [];
      const pointer = `/plan/lanes/${laneIndex}/${legIndex}/solver`;
      return [{ pointer, message: `expected one of ${known}, got "${solver}"` }];
    }),
  );
}

/** Texts with half a surrogate pair: they have no bytes a digest could be taken over. */
function brokenTextsIn(value: unknown, pointer: string): Flaw[] {
  if (typeof value === "string") {
    const message = "expected well-formed Unicode, got a lone surrogate";
    return value.isWellFormed() ? [] : [{ pointer, message }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    ...brokenTextsIn(name, pointer),
    ...brokenTextsIn(member, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`),
  ]);
}

function toStored(
  platform: Platform,
  principal: Pick<Principal, "tenant" | "name">,
  policy: Policy,
): StoredPolicy {
  return {
    tenant: principal.tenant,
    name: policy.name,
    version: policy.version,
    type: policy.type,
    body: canonicalJson(policy),
    digest: digest(policy),
    createdAtUtcMs: platform.clock.utcMs(),
    principal: principal.name,
  };
}
