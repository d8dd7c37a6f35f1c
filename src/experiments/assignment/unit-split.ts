/**
 * Experiments that split units - customers, orders - between arms by a hash, for decision types
 * whose units do not share anything. Where they do, what one arm takes the other lacks, and the
 * comparison is wrong in a way no sample size mends; such a split is refused.
 */
import { Fault, type Flaw } from "#foundation";
import { EXPERIMENT_FAULTS } from "../faults.ts";
import type { ArmName } from "./switchback-design.ts";

/** A split of units. */
export interface SplitDesign {
  readonly kind: "split";
  /** Its name; another name splits independently. */
  readonly experiment: string;
  /** The share of units in the experiment, above 0 and at most 1; the others get control. */
  readonly coverage: number;
  /** The share of covered units that are treated, in (0, 1). */
  readonly treatedShare: number;
}

/** What one unit was given. */
export interface UnitAssignment {
  readonly arm: ArmName;
  readonly propensity: number;
  /** Whether the unit is part of the experiment; if not, its outcome is not counted. */
  readonly isCovered: boolean;
  /** Where the hash puts it, in [0, 1). */
  readonly bucket: number;
}

/** The facts of a decision type that say whether its units can be split. */
export interface SplitSubject {
  readonly decisionType: string;
  /** The shared resources its decisions draw on, such as agents or stock. */
  readonly drawsOn: readonly string[];
}

const BUCKETS = 10_000;

/**
 * The design, if it can be run for this decision type.
 *
 * @throws Fault `experiment-split-refused` where decisions draw on shared capacity, naming it;
 * `experiment-design-invalid` for shares out of range.
 */
export function checkedSplit(design: SplitDesign, subject: SplitSubject): SplitDesign {
  const { decisionType, drawsOn } = subject;
  if (drawsOn.length > 0) {
    const what = drawsOn.join(", ");
    const detail =
      `${decisionType}: expected units that share nothing, got a type that draws on ${what}: ` +
      "what the treated take or set free changes what the untreated find, so their difference " +
      "is not the effect of treating everybody";
    throw new Fault(EXPERIMENT_FAULTS.splitRefused, { detail });
  }
  const flaws: Flaw[] = [];
  const expect = (holds: boolean, member: keyof SplitDesign, wanted: string) => {
    const got = JSON.stringify(design[member]);
    if (!holds) flaws.push({ pointer: `/${member}`, message: `expected ${wanted}, got ${got}` });
  };
  const { coverage, treatedShare } = design;
  expect(design.experiment !== "", "experiment", "a name");
  expect(coverage > 0 && coverage <= 1, "coverage", "a share above 0 and at most 1");
  expect(treatedShare > 0 && treatedShare < 1, "treatedShare", "a share between 0 and 1");
  if (flaws.length === 0) return design;
  const detail = `design of a split: expected no flaws, got ${flaws.length}`;
  throw new Fault(EXPERIMENT_FAULTS.designInvalid, { detail, flaws });
}

/**
 * What a unit is given: a pure function of experiment and unit. Each arm takes the buckets from its
 * own lower end, so that raising the coverage moves nobody between arms.
 */
export function assignUnit(design: SplitDesign, unit: string): UnitAssignment {
  const { experiment, coverage, treatedShare } = design;
  const bucket = bucketOf(experiment, unit);
  const controlShare = 1 - treatedShare;
  const isControl = bucket < controlShare * coverage;
  const isTreated = bucket >= controlShare && bucket < controlShare + treatedShare * coverage;
  return {
    arm: isTreated ? "treatment" : "control",
    propensity: isTreated ? treatedShare : isControl ? controlShare : 1,
    isCovered: isControl || isTreated,
    bucket,
  };
}

/**
 * One of 10,000 buckets, as GrowthBook's hash of version 2 gives it: FNV-1a of 32 bits, twice.
 *
 * Source: G. Fowler, L. C. Noll and P. Vo, draft-eastlake-fnv; GrowthBook SDK, `hash`.
 */
function bucketOf(experiment: string, unit: string): number {
  return (fnv1a(String(fnv1a(experiment + unit))) % BUCKETS) / BUCKETS;
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
