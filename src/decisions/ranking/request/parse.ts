/**
 * From a body to a request, or to one fault that lists every flaw.
 */
import { decisionFaults } from "../../faults.ts";
import { FLAWS_COUNTED_MAX, flawedInput, flawsOf, isRecord, refuseFlawed } from "../../flaws.ts";
import { limits, type RankingRequest, requestSchema } from "../schema.ts";
import { crossFlaws } from "./cross-flaws.ts";
import { isPair, surelyShaped } from "./shape.ts";

const WHAT = "flaws in a ranking request";

/** @throws Fault (invalid) listing every flaw of `body`. */
export function parseRanking(body: unknown): RankingRequest {
  if (surelyShaped(body)) {
    refuseFlawed(decisionFaults.requestInvalid, WHAT, crossFlaws(body));
    return body;
  }
  const clipped = clip(body);
  const parsed = requestSchema.safeParse(clipped);
  const flaws = crossFlaws(body);
  if (parsed.success && flaws.length === 0) return parsed.data;
  const shapeFlaws = parsed.success ? [] : flawsOf(parsed.error);
  throw flawedInput(decisionFaults.requestInvalid, WHAT, [...shapeFlaws, ...flaws]);
}

/**
 * Cuts lists to one entry more than they may have, embeddings after their first flaw, and pairs
 * after so many flaws that no more are counted: a refusal shall not cost much more than the longest
 * good request, however much is wrong.
 */
function clip(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const clipped = { ...body };
  cut(clipped, "candidates", limits.candidates);
  cut(clipped, "similarity", Math.min(limits.similarityPairs, flawedPairsEnd(body.similarity)));
  if (Array.isArray(clipped.candidates)) clipped.candidates = clipped.candidates.map(clipCandidate);
  if (isRecord(body.rules)) {
    const rules = { ...body.rules };
    cut(rules, "pinned", limits.pins);
    cut(rules, "excluded", limits.candidates);
    for (const name of ["maxPerGroup", "minPerGroup"]) {
      const counts = rules[name];
      if (!isRecord(counts)) continue;
      rules[name] = Object.fromEntries(Object.entries(counts).slice(0, limits.groupLimits + 1));
    }
    clipped.rules = rules;
  }
  return clipped;
}

/** The index at which as many flawed pairs have been seen as flaws are counted. */
function flawedPairsEnd(pairs: unknown): number {
  let flawed = 0;
  for (const [index, pair] of Array.isArray(pairs) ? pairs.entries() : []) {
    if (!isPair(pair)) flawed += 1;
    if (flawed === FLAWS_COUNTED_MAX) return index;
  }
  return Number.POSITIVE_INFINITY;
}

function clipCandidate(candidate: unknown): unknown {
  if (!isRecord(candidate)) return candidate;
  const clipped = { ...candidate };
  cut(clipped, "group", limits.groupsPerItem);
  const { embedding } = candidate;
  if (Array.isArray(embedding)) {
    const flaw = embedding.findIndex((axis) => !Number.isFinite(axis));
    cut(clipped, "embedding", flaw < 0 ? limits.embedding : Math.min(flaw, limits.embedding));
  }
  return clipped;
}

function cut(record: Record<string, unknown>, name: string, lengthMax: number): void {
  const list = record[name];
  if (Array.isArray(list) && list.length > lengthMax) record[name] = list.slice(0, lengthMax + 1);
}
