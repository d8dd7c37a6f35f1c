/**
 * The policies a simulated centre can be routed by: the references, which are functions, and the
 * platform itself, which is asked for a decision at every event.
 */
import { linearAssignment } from "#kernels";
import {
  type Centre,
  type CentreSnapshot,
  type Pairing,
  pairingsOf,
  type RunKey,
  type RunTally,
  referencePolicies,
  routingRequest,
  simulate,
  simulateWaiting,
} from "#worlds";
import { decideTick } from "../decide-tick.ts";
import { type Reached, reachPlatform } from "../reach-platform.ts";
import type { Terminal } from "../terminal.ts";

/** A policy that can run a centre. */
export interface CentrePolicy {
  readonly name: string;
  readonly run: (centre: Centre, key: RunKey) => Promise<RunTally>;
}

/** How a policy is listed. */
export interface PolicyRow {
  readonly name: string;
  readonly summary: string;
}

const REFERENCES = referencePolicies(linearAssignment);
/** The policy that asks the platform. */
export const PLATFORM_POLICY = "routing";

const PLATFORM: PolicyRow = Object.freeze({
  name: PLATFORM_POLICY,
  summary: "the platform's own decision of that type, in this process or at --url",
});

/** Every policy there is, the one that counts if none is named first. */
export const CENTRE_POLICIES: readonly PolicyRow[] = Object.freeze([...REFERENCES, PLATFORM]);

/**
 * Does `work` with the policies of these names, of which the platform is opened only if it is one
 * of them, and closed at the end.
 */
export async function withPolicies<Result>(
  terminal: Terminal,
  { names, url }: { readonly names: readonly string[]; readonly url: string | undefined },
  work: (policies: readonly CentrePolicy[]) => Promise<Result>,
): Promise<Result> {
  if (!names.includes(PLATFORM.name)) return work(names.flatMap(referenceNamed));
  const place =
    url === undefined ? ({ kind: "memory" } as const) : { kind: "server" as const, url };
  const platform = await reachPlatform(terminal, place);
  const run = (centre: Centre, key: RunKey) =>
    simulateWaiting(centre, (snapshot) => decide(platform, snapshot), key);
  try {
    return await work(
      names.flatMap((name) => (name === PLATFORM.name ? [{ name, run }] : referenceNamed(name))),
    );
  } finally {
    await platform.close();
  }
}

function referenceNamed(name: string): CentrePolicy[] {
  return REFERENCES.filter((one) => one.name === name).map(({ route }) => ({
    name,
    run: async (centre, key) => simulate(centre, route, key),
  }));
}

async function decide(platform: Reached, snapshot: CentreSnapshot): Promise<readonly Pairing[]> {
  return pairingsOf((await decideTick(platform, routingRequest(snapshot))).answer);
}
