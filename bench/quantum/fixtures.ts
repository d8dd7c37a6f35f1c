/** Figure 5: chain strengths and unembedding against the shared cases. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import {
  brokenChains,
  chainStrength,
  DEFAULT_CHAIN_STRENGTH,
  type Ising,
  type Unembedding,
  unembed,
} from "#annealer";
import type { Reading } from "../../src/cli/bench/reading.ts";

const FOLDER = new URL("../../../shared/fixtures/embedding/", import.meta.url);
const number = z.number();
const strengthsSchema = z.object({
  cases: z.array(
    z.object({
      numVariables: number,
      quadratic: z.array(z.tuple([number, number, number])),
      uniformTorqueCompensation: number,
    }),
  ),
});
const readingsSchema = z.object({
  cases: z.array(
    z.object({
      method: z.enum(["majority_vote", "discard", "broken_chains"]),
      chains: z.array(z.array(number)),
      samples: z.array(z.array(number)),
      expected: z.array(z.array(z.union([number, z.boolean()]))),
    }),
  ),
});
type ReadingCase = z.infer<typeof readingsSchema>["cases"][number];

/** Every shared case. */
export function measureFixtures(): readonly Reading[] {
  const whats = ["chain strength by uniform torque compensation", "unembedding, chain breaks"];
  if (!existsSync(FOLDER)) return whats.map((what) => judged(what, undefined));
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"));
  const strengths = strengthsSchema.parse(read("chain-strength.json")).cases.map((one) => {
    const ising = isingOfTerms(one.numVariables, one.quadratic);
    return chainStrength(ising, DEFAULT_CHAIN_STRENGTH) === one.uniformTorqueCompensation;
  });
  const readings = readingsSchema.parse(read("unembed.json")).cases.map(isAsExpected);
  return [judged(whats[0], strengths), judged(whats[1], readings)];
}

function judged(what: string, cases: readonly boolean[] | undefined): Reading {
  const goal = "exact";
  if (cases === undefined) {
    return { what, goal, reached: "not measured: cases absent", spread: "", isMet: null };
  }
  const exact = cases.filter((isExact) => isExact).length;
  const reached = `${exact} of ${cases.length} to the last bit`;
  return { what, goal, reached, spread: "shared cases", isMet: exact === cases.length };
}

function isAsExpected({ method, chains, samples, expected }: ReadingCase): boolean {
  if (method === "broken_chains") {
    return JSON.stringify(brokenChains(samples, chains)) === JSON.stringify(expected);
  }
  const how: Unembedding = { kind: method === "discard" ? "discard" : "majority-vote" };
  const read = unembed(samples, chains, how, 0).samples.map((values) => [...values]);
  return JSON.stringify(read) === JSON.stringify(expected);
}

function isingOfTerms(
  spinCount: number,
  terms: readonly (readonly [number, number, number])[],
): Ising {
  return {
    spinCount,
    offset: 0,
    fields: new Float64Array(spinCount),
    firsts: Int32Array.from(terms, ([first]) => first),
    seconds: Int32Array.from(terms, ([, second]) => second),
    couplings: Float64Array.from(terms, ([, , coupling]) => coupling),
  };
}
