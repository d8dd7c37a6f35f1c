/**
 * An experiment as a JSON document: its design, what was to be asked of it, and what was seen; read
 * in one go, to a reading.
 */
import { Fault, type Flaw, randomStream } from "#foundation";
import { checkedSwitchback, type SwitchbackDesign } from "../assignment/switchback-design.ts";
import { checkedSplit } from "../assignment/unit-split.ts";
import { EXPERIMENT_FAULTS } from "../faults.ts";
import { KPI_NAMES, kpiNamed } from "../outcomes/kpis.ts";
import { type ContactOutcome, type Staffing, tallySlices } from "../outcomes/slice-totals.ts";
import type { UnitOutcome } from "../outcomes/unit-outcome.ts";
import { readSplit, type SplitReading } from "../reading/read-split.ts";
import { readSwitchback } from "../reading/read-switchback.ts";
import type { ExperimentReading } from "../reading/reading.ts";
import { type Improvement, inGoodDirection } from "../roi/measured-uplift.ts";
import { choiceAt, type Members, membersOf, textAt } from "./members.ts";

/** A document that was read. */
export type ReadExperiment = { readonly improvement: Improvement } & (
  | {
      readonly kind: "switchback";
      readonly reading: ExperimentReading;
      /** Contacts of a burn-in, or of no slice: they do not count. */
      readonly contactsLeftOut: number;
    }
  | { readonly kind: "split"; readonly reading: SplitReading }
);

const ABANDONED = ["missed", "left-out", "short-left-out", "short-met"] as const;
const LEVEL = { above: 0.5, max: 0.999, usual: 0.95 };

/**
 * Reads an experiment. The same document, the same reading.
 *
 * @throws Fault `experiment-observations-invalid` or `experiment-design-invalid`, naming every
 * flaw; `experiment-split-refused`.
 */
export function readExperiment(document: unknown): ReadExperiment {
  const flaws: Flaw[] = [];
  const members = membersOf(document, "", flaws);
  const kind = members.choice("kind", ["switchback", "split"]);
  return kind === "switchback" ? switchbackOf(members, flaws) : splitOf(members, flaws);
}

function switchbackOf(members: Members, flaws: Flaw[]): ReadExperiment {
  const design: SwitchbackDesign = {
    kind: "switchback",
    experiment: members.text("experiment"),
    seed: members.number("seed", { whole: true }),
    pools: members.list("pools", (value, at) => textAt(value, at, flaws), 1),
    startUtcMs: members.number("startUtcMs", { whole: true }),
    sliceMs: members.number("sliceMs", { above: 0, whole: true }),
    burnInMs: members.number("burnInMs", { min: 0, whole: true }),
    slicesPerPeriod: members.number("slicesPerPeriod", { min: 1, max: 10_000, whole: true }),
    periods: members.number("periods", { min: 2, max: 10_000, whole: true }),
  };
  const rule = members.object("serviceLevel", (one) => ({
    withinSeconds: one.number("withinSeconds", { min: 0 }),
    abandoned: one.choice("abandoned", ABANDONED),
  }));
  const primary = members.choice("primary", KPI_NAMES);
  const guardrails = members.list("guardrails", (value, at) => {
    return choiceAt(value, at, KPI_NAMES, flaws);
  });
  const names = new Set([primary, ...guardrails]);
  if (flaws.length === 0 && names.size <= guardrails.length) {
    members.flaw("expected each figure once, and not the primary", "guardrails");
  }
  const level = members.number("level", LEVEL);
  const isOver = members.flag("isOver", false);
  const contacts = members.list("contacts", (value, at) => contactOf(membersOf(value, at, flaws)));
  const staffing = members.list("staffing", (value, at) => staffingOf(membersOf(value, at, flaws)));
  refuse(design.experiment, flaws);
  checkedSwitchback(design);
  strangers(members, "contacts", contacts, design.pools);
  strangers(members, "staffing", staffing, design.pools);
  refuse(design.experiment, flaws);
  const slices = tallySlices(design, rule, contacts, staffing);
  const plan = { primary, guardrails, abandoned: rule.abandoned, level };
  // The document's own coins: whoever reads it, and for whatever purpose, finds the same.
  const random = randomStream(design.seed, "experiment-reading", design.experiment);
  const reading = readSwitchback(design, plan, { slices, isOver }, random);
  const { effect, control, standardError } = reading.primary;
  const { isSound } = reading.sampleRatio;
  const absolute = isSound ? { value: effect.value, standardError } : undefined;
  const { better } = kpiNamed(primary);
  const counted = slices.reduce((sum, { offered }) => sum + offered, 0);
  return {
    ...{ kind: "switchback", reading, contactsLeftOut: contacts.length - counted },
    improvement: inGoodDirection(better, absolute, control),
  };
}

/** A pool the design does not name is a slip of the pen: its contacts would silently not count. */
function strangers(
  members: Members,
  name: "contacts" | "staffing",
  entries: readonly { readonly pool: string }[],
  pools: readonly string[],
): void {
  for (const [at, { pool }] of entries.entries()) {
    if (pools.includes(pool)) continue;
    members.flaw(`expected one of ${pools.join(", ")}, got ${pool}`, `${name}/${at}/pool`);
  }
}

function splitOf(members: Members, flaws: Flaw[]): ReadExperiment {
  const design = {
    kind: "split",
    experiment: members.text("experiment"),
    coverage: members.number("coverage", { above: 0, max: 1, usual: 1 }),
    treatedShare: members.number("treatedShare", { above: 0, max: 1, usual: 0.5 }),
  } as const;
  const subject = {
    decisionType: members.text("decisionType"),
    drawsOn: members.list("drawsOn", (value, at) => textAt(value, at, flaws)),
  };
  const plan = {
    metric: members.text("metric"),
    better: members.choice("better", ["higher", "lower", "neither"], "higher"),
    scale: "relative",
    level: members.number("level", LEVEL),
    unitsPlanned: members.number("unitsPlanned", { min: 1 }),
  } as const;
  const isOver = members.flag("isOver", false);
  const units = members.list("units", (value, at) => unitOf(membersOf(value, at, flaws)));
  refuse(design.experiment, flaws);
  checkedSplit(design, subject);
  const reading = readSplit(design, plan, { units, isOver });
  const { single, standardError, sampleRatio } = reading;
  const isRead = single !== undefined && standardError !== undefined && sampleRatio.isSound;
  const relative = isRead ? { value: single.value, standardError } : undefined;
  return { kind: "split", reading, improvement: inGoodDirection(plan.better, relative, 1) };
}

function contactOf(members: Members): ContactOutcome {
  const end = members.choice("end", ["answered", "abandoned"]);
  return {
    pool: members.text("pool"),
    arrivedAtUtcMs: members.number("arrivedAtUtcMs"),
    end,
    waitSeconds: members.number("waitSeconds", { min: 0 }),
    handleSeconds: members.number("handleSeconds", { min: 0, usual: 0 }),
    costMinor: members.number("costMinor", { whole: true, usual: 0 }),
    ...(members.has("isResolved") ? { isResolved: members.flag("isResolved", false) } : {}),
    ...(members.has("isTransferred")
      ? { isTransferred: members.flag("isTransferred", false) }
      : {}),
    ...(members.has("satisfaction") ? { satisfaction: members.number("satisfaction") } : {}),
  };
}

function staffingOf(members: Members): Staffing {
  return {
    pool: members.text("pool"),
    slice: members.number("slice", { min: 0, whole: true }),
    staffedSeconds: members.number("staffedSeconds", { min: 0 }),
    busySeconds: members.number("busySeconds", { min: 0 }),
  };
}

function unitOf(members: Members): UnitOutcome {
  return {
    unit: members.text("unit"),
    value: members.number("value"),
    ...(members.has("before") ? { before: members.number("before") } : {}),
  };
}

function refuse(experiment: string, flaws: readonly Flaw[]): void {
  if (flaws.length === 0) return;
  const detail = `document of ${experiment}: expected no flaws, got ${flaws.length}`;
  throw new Fault(EXPERIMENT_FAULTS.observationsInvalid, { detail, flaws: flaws.slice(0, 100) });
}
