/**
 * The decision type `routing` in a simulated centre: every floor is a request it takes, and its
 * rule, written apart from the reference policy of the same words, makes the same run of it.
 */
import { describe, expect, test } from "vitest";
import { routingAnswerSchema, typeNamed } from "../../src/decisions/index.ts";
import { present, randomStream } from "../../src/foundation/index.ts";
import { linearAssignment } from "../../src/kernels/index.ts";
import {
  type CentreEvent,
  type CentreSnapshot,
  type Pairing,
  pairingsOf,
  referencePolicies,
  routingRequest,
  simulate,
  simulateWaiting,
} from "../../src/worlds/index.ts";
import { runHere } from "../cli/run-here.ts";
import { randomCentre } from "./random-centres.ts";

const WHOLE_AGENT = 2520;
const routing = present(typeNamed("routing"), "the type routing");
const [longestWaiting] = referencePolicies(linearAssignment);

/** The pairs that the type's own rule makes of a floor. */
function byRule(snapshot: CentreSnapshot): readonly Pairing[] {
  const setting = { policy: routing.defaultPolicy, items: undefined, atUtcMs: 0 };
  const posed = routing.parse(routingRequest(snapshot)).pose(setting);
  const answer = posed.read(present(posed.rule(), "the rule's sample"));
  expect(posed.check(answer).broken).toEqual([]);
  return pairingsOf(routingAnswerSchema.parse(answer));
}

describe("the type's rule", () => {
  // Of agents with something in hand already, the two need not take the same.
  const centres = Array.from({ length: 60 }, (_, index) =>
    randomCentre(randomStream(index, "routing-tick")),
  ).filter(({ groups }) => groups.every(({ load }) => load.every((part) => part === WHOLE_AGENT)));

  test("is tried where one contact is all an agent can do", () => {
    expect(centres.length).toBeGreaterThan(5);
  });

  test.each(centres.slice(0, 8))("is the policy longest-waiting", async (centre) => {
    const key = { seed: 1, replication: 0 };
    const events: CentreEvent[] = [];
    const run = simulate(centre, byRule, key, (event) => events.push(event));
    const expected: CentreEvent[] = [];
    simulate(centre, longestWaiting.route, key, (event) => expected.push(event));
    expect(events).toEqual(expected);
    // A router that takes its time stands in the same virtual time.
    expect(await simulateWaiting(centre, async (floor) => byRule(floor), key)).toEqual(run);
  });
});

test("the platform routes a centre from the command line", async () => {
  const { code, out, err } = await runHere([
    ...["world", "contact-centre", "--rate", "10/h", "--handle", "10min", "--agents", "2"],
    ...["--length", "3h", "--warm-up", "0s", "--replications", "2", "--json"],
    ...["--policy", "routing", "--policy", "longest-waiting"],
  ]);
  expect([code, err]).toEqual([0, ""]);
  const { policy, measures, differences } = JSON.parse(out);
  expect(policy).toBe("routing");
  expect(measures.contacts.value).toBeGreaterThan(10);
  expect(differences[0].measures.contacts.value).toBe(0);
});

test("what answers in the platform's place is found out", async () => {
  const fetchNothing = async () => Response.json({ answer: { contacts: "all of them" } });
  const { code, err } = await runHere(
    [
      ...["world", "contact-centre", "--rate", "10/h", "--handle", "10min", "--agents", "2"],
      ...["--length", "3h", "--warm-up", "0s", "--replications", "2"],
      ...["--policy", "routing", "--url", "http://127.0.0.1:9"],
    ],
    { fetch: fetchNothing },
  );
  expect(code).toBe(1);
  expect(err).toContain("expected the reply to a routing decision");
});
