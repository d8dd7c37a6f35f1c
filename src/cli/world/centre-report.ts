/**
 * What `tandem world contact-centre` says: a document for programs, and a table for people made
 * from the same fields.
 */
import type { Estimate } from "#statistics";
import { type Centre, MEASURES, type Measure, type MeasureName } from "#worlds";
import type { Estimates, PolicyDifference, PolicyReport } from "./replications.ts";

/** The whole result. */
export interface CentreReport {
  readonly world: "contact-centre";
  readonly seed: number;
  readonly replications: number;
  readonly hours: number;
  /** The first hours of every run, simulated and not counted. */
  readonly warmUpHours: number;
  readonly withinSeconds: Readonly<Record<string, number>>;
  readonly abandonments: Centre["abandonments"];
  /** The first policy asked for. */
  readonly policy: string;
  readonly measures: Estimates;
  readonly classes: PolicyReport["classes"];
  /** The other policies asked for, and what they have more than the first. */
  readonly others: readonly PolicyReport[];
  readonly differences: readonly PolicyDifference[];
  /** What Erlang's formulas say, where they apply. */
  readonly closedForm?: Readonly<Partial<Record<MeasureName, number>>> | undefined;
  readonly notes: readonly string[];
}

const NUMBER_WIDTH = 10;
const TITLE_WIDTH = Math.max(...MEASURES.map(({ title }) => title.length)) + 2;

/** The report as a table. */
export function reportText(report: CentreReport): string {
  const { replications, hours, warmUpHours, seed, closedForm, others, classes } = report;
  const lines = [
    `contact-centre: ${replications} runs of ${hours} h, the first ${warmUpHours} h of each not ` +
      `counted, seed ${seed}`,
    serviceLevelLine(report),
    "",
    ...tableOf(report.policy, report.measures, closedForm),
    ...(Object.keys(classes).length > 1
      ? Object.entries(classes).flatMap(([id, measures]) => ["", ...classLines(id, measures)])
      : []),
    ...others.flatMap(({ policy, measures }) => ["", ...tableOf(policy, measures)]),
    ...report.differences.flatMap(({ policy, lessPolicy, measures }) => [
      "",
      ...tableOf(`${policy} less ${lessPolicy}, the same contacts`, measures),
    ]),
    ...(report.notes.length > 0 ? ["", ...report.notes.map((note) => `note: ${note}`)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

function serviceLevelLine({ withinSeconds, abandonments }: CentreReport): string {
  const targets = Object.entries(withinSeconds);
  const distinct = new Set(targets.map(([, seconds]) => seconds));
  const within =
    distinct.size === 1
      ? `${[...distinct][0]} s`
      : targets.map(([id, seconds]) => `${seconds} s (${id})`).join(", ");
  return `service level: answered within ${within}; abandoned contacts ${ABANDONED[abandonments]}`;
}

const ABANDONED = Object.freeze({
  missed: "count as missed",
  excluded: "do not count",
  "short-excluded": "count as missed unless they gave up within the time",
});

/** Of a class, only what is its own. */
function classLines(id: string, measures: Estimates): string[] {
  return tableOf(`class ${id}`, { ...measures, occupancy: undefined });
}

function tableOf(
  title: string,
  measures: Estimates | Readonly<Record<string, Estimate | undefined>>,
  closedForm: CentreReport["closedForm"] = undefined,
): string[] {
  const formula = closedForm === undefined ? "" : "Erlang".padStart(NUMBER_WIDTH + 2);
  const interval = "95 % interval".padStart(2 * NUMBER_WIDTH + 5);
  const head = `${"".padEnd(TITLE_WIDTH)}${"mean".padStart(NUMBER_WIDTH)}  ${interval}${formula}`;
  const found = new Map(Object.entries(measures));
  const rows = MEASURES.flatMap((measure) => {
    const estimate = found.get(measure.name);
    return estimate === undefined ? [] : [row(measure, estimate, closedForm?.[measure.name])];
  });
  return [title, head, ...rows];
}

function row(measure: Measure, { value, lower, upper }: Estimate, formula?: number): string {
  const show = (number: number) => shown(measure, number).padStart(NUMBER_WIDTH);
  const interval = `${show(lower)} ... ${show(upper)}`;
  const title = `  ${measure.title}`.padEnd(TITLE_WIDTH);
  return `${title}${show(value)}  ${interval}${formula === undefined ? "" : `  ${show(formula)}`}`;
}

function shown({ unit }: Measure, number: number): string {
  switch (unit) {
    case "share":
      return `${(100 * number).toFixed(2)} %`;
    case "seconds":
      return `${number.toFixed(2)} s`;
    case "contacts":
    case "points":
      return number.toFixed(2);
  }
}
