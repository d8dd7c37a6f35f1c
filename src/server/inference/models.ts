/**
 * Decision types as models: a policy version is a version of its type, named by its whole reference
 * (`homepage@1`). A bare number, all that many clients can send, is that version of the type's
 * default policy.
 */
import { Fault, type Principal } from "#foundation";
import { type Pipeline, pipelineFaults } from "#pipeline";
import { type ModelMetadata, REQUEST_TENSOR } from "#wire";
import type { ListedType } from "../front-desk.ts";
import { outputRows } from "./outputs.ts";

/** The type of this name. @throws Fault `unknown-decision-type`. */
export function modelNamed(types: readonly ListedType[], name: string): ListedType {
  const type = types.find(({ id }) => id === name);
  if (type !== undefined) return type;
  const known = types.map(({ id }) => id).join(", ");
  const detail = `model: expected one of ${known}, got ${JSON.stringify(name.slice(0, 40))}`;
  throw new Fault(pipelineFaults.unknownType, { detail });
}

/** The policy a version in an address stands for. */
export function policyOf(type: ListedType, version: string): string {
  return /^[1-9]\d{0,8}$/.test(version) ? `${type.defaultPolicy.name}@${version}` : version;
}

/** Versions of a type, as the tenant of `principal` has them. */
export async function versionsOf(
  pipeline: Pipeline,
  principal: Principal,
  type: ListedType,
): Promise<readonly string[]> {
  const policies = await pipeline.policies(principal);
  return policies
    .filter((policy) => policy.type === type.id)
    .map(({ name, version }) => `${name}@${version}`);
}

/** The versions, or the one asked for. @throws Fault `unknown-policy` if there is none of it. */
export async function versionsAsked(
  pipeline: Pipeline,
  principal: Principal,
  type: ListedType,
  version: string | undefined,
): Promise<readonly string[]> {
  const versions = await versionsOf(pipeline, principal, type);
  const asked = version === undefined ? undefined : policyOf(type, version);
  if (asked === undefined || versions.includes(asked)) return versions;
  const got = JSON.stringify(asked.slice(0, 80));
  const detail = `version: expected one of ${versions.join(", ")}, got ${got}`;
  throw new Fault(pipelineFaults.unknownPolicy, { detail });
}

/** What is published about a model. */
export function metadataOf(type: ListedType, versions: readonly string[]): ModelMetadata {
  return {
    name: type.id,
    versions: [...versions],
    platform: "tandem_decision",
    inputs: [{ name: REQUEST_TENSOR, datatype: "BYTES", shape: [-1] }],
    outputs: outputRows(type).map(({ name, datatype, shape }) => {
      return { name, datatype, shape: [...shape] };
    }),
  };
}
