/**
 * From the description of a contact centre to the centre, or to one fault that lists every flaw.
 */
import { flawsOf, refuseFlawed } from "#decisions";
import { type Flaw, unreachable } from "#foundation";
import { WORLD_FAULTS } from "../../faults.ts";
import { bankWeek } from "../arrivals/bank-week.ts";
import { meanPerHour, type RateCurve, rateCurve, scaledCurve } from "../arrivals/rate-curve.ts";
import { type AgentGroup, type Centre, type ContactClass, WHOLE_AGENT } from "../centre.ts";
import { canServe, crossFlaws } from "./flaws.ts";
import { rosterOf } from "./roster.ts";
import { type CentreText, type ClassText, centreSchema, type GroupText, LIMITS } from "./schema.ts";

const WHAT = "flaws in a contact centre";

/**
 * The centre that `body` (parsed JSON) describes. `callsOf` turns the file name of an arrival
 * profile into a rate curve, see {@link callsCurve}.
 *
 * @throws Fault `world-centre-invalid` listing every flaw, and what `callsOf` throws.
 */
export function readCentre(body: unknown, callsOf: (file: string) => RateCurve): Centre {
  const parsed = centreSchema.safeParse(body);
  if (!parsed.success) refuseFlawed(WORLD_FAULTS.centreInvalid, WHAT, flawsOf(parsed.error));
  const text = centreSchema.parse(body);
  refuseFlawed(WORLD_FAULTS.centreInvalid, WHAT, crossFlaws(text));
  const centre = compile(text, callsOf);
  refuseFlawed(WORLD_FAULTS.centreInvalid, WHAT, tooBig(centre));
  return centre;
}

function compile(text: CentreText, callsOf: (file: string) => RateCurve): Centre {
  const runSeconds = text.hours * 3600;
  const classes = text.classes.map((one) => contactClass(one, callsOf));
  return Object.freeze({
    classes,
    groups: text.groups.map((group) => agentGroup(group, text.classes, runSeconds)),
    runSeconds,
    warmUpSeconds: text.warmUpHours * 3600,
    tickSeconds: text.tickSeconds,
    abandonments: text.abandonments,
  });
}

function contactClass(text: ClassText, callsOf: (file: string) => RateCurve): ContactClass {
  const { id, channel, dayCv, handle, patience, redial, withinSeconds, waitCost } = text;
  const { value, outcome } = text;
  const curve = curveOf(text.arrivals, callsOf);
  const perHour = meanPerHour(curve);
  return {
    ...{ id, channel, handle, patience, redial, withinSeconds, waitCost, perHour, value },
    outcome: outcome && { ...outcome, satisfaction: outcome.satisfaction },
    arrivals: { curve, dayCv },
    // In heavy traffic, queues in the ratio of rate times target give waits in that of the targets.
    queueShare: text.queueShare ?? perHour * Math.max(withinSeconds, 1),
  };
}

function curveOf(arrivals: ClassText["arrivals"], callsOf: (file: string) => RateCurve): RateCurve {
  switch (arrivals.kind) {
    case "constant":
      return rateCurve(3600, [arrivals.perHour]);
    case "bank-week":
      return bankWeek(arrivals.perDay);
    case "table":
      return rateCurve(arrivals.stepMinutes * 60, arrivals.perHour);
    case "calls":
      return scaledCurve(callsOf(arrivals.file), arrivals.share);
    default:
      return unreachable(arrivals);
  }
}

function agentGroup(
  group: GroupText,
  classes: readonly ClassText[],
  runSeconds: number,
): AgentGroup {
  const { id, site, interference, skills, concurrency = {} } = group;
  return {
    ...{ id, site, interference },
    proficiency: Float64Array.from(classes, (one) =>
      canServe(group, one) ? skills[one.skill ?? one.id] : 0,
    ),
    load: Int32Array.from(classes, ({ channel }) => WHOLE_AGENT / (concurrency[channel] ?? 1)),
    agents: rosterOf(group, runSeconds),
  };
}

/** What a run would take more memory for than it is worth. */
function tooBig({ classes, runSeconds }: Centre): Flaw[] {
  const contacts = classes.reduce((sum, one) => sum + (one.perHour * runSeconds) / 3600, 0);
  if (contacts <= LIMITS.contactsPerRun) return [];
  const expected = `a run of at most ${LIMITS.contactsPerRun} contacts`;
  const message = `expected ${expected}, got ${Math.round(contacts)} on average`;
  return [{ pointer: "/hours", message }];
}
