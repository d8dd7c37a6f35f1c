/**
 * `--explain`: what presolve and the detector made of a problem, and who was asked to solve it.
 */
import { counted, unreachable } from "#foundation";
import { describeStep, type QuadraticProblem, type ReductionStep, VALUE_MAX } from "#problem";
import type { Approach, Attempt, BareReport, Lane, SolvedPart } from "#runtime";

/** What samples cannot hold, and what that means for the answer; absent where they hold all. */
export function rangeText({ cut }: Approach): string | undefined {
  if (cut === undefined) return undefined;
  const { first, count: reaching, unbounded } = cut;
  const who = reaching === 1 ? `${first} reaches` : `${first} and ${reaching - 1} more reach`;
  const end = unbounded === undefined ? "" : `; ${unbounded} improves the objective without end`;
  return `${who} beyond 32 bits: searched up to ${VALUE_MAX}, so nothing is proved${end}`;
}

/** Reasons told, where nobody found anything. */
const REASONS_SHOWN = 5;

/** Why there is no answer, solver by solver; absent where there is one, or none can be. */
export function nothingText({ status, best, attempts }: BareReport): string | undefined {
  if (best !== undefined || status === "infeasible") return undefined;
  if (attempts.length === 0) return "nobody had the time to begin";
  const reasons = [...new Set(attempts.map(reasonText))];
  const rest = reasons.length - REASONS_SHOWN;
  const more = rest > 0 ? [`and ${rest} more (--explain lists all)`] : [];
  return [...reasons.slice(0, REASONS_SHOWN), ...more].join(`\n${" ".repeat(11)}`);
}

function reasonText({ solver, end, method, fault }: Attempt): string {
  const detail = fault ?? method;
  return `${solver} ${endText(end)}${detail === undefined ? "" : `: ${detail}`}`;
}

function endText(end: Attempt["end"]): string {
  switch (end) {
    case "finished":
      return "came to its end";
    case "expired":
      return "had used up its time";
    case "stopped":
      return "was told to stop";
    case "abandoned":
      return "was not back in time";
    case "failed":
      return "failed";
    case "unstarted":
      return "did not begin";
    default:
      return unreachable(end);
  }
}

/** Steps of one rule shown in full. */
const STEPS_SHOWN = 3;

/** Attempts told by themselves. */
const ATTEMPTS_SHOWN = 30;

/** The approach and what came of it in words, one fact a line. */
export function explanation(
  problem: QuadraticProblem,
  { approach, attempts }: Pick<BareReport, "approach" | "attempts">,
): string {
  const { structure, plan, parts } = approach;
  const lanes =
    parts !== undefined
      ? []
      : plan.lanes.map((lane, index) => {
          return `  thread ${index + 1}: ${laneText(lane)}`;
        });
  const range = rangeText(approach);
  const lines = [
    `problem    ${sizes(problem)}, to ${problem.sense}`,
    ...(range === undefined ? [] : [`range      ${range}`]),
    ...reductionLines(problem, approach),
    ...(structure === undefined
      ? []
      : [`structure  ${structure.kind}`, ...structure.evidence.map((line) => `  ${line}`)]),
    ...(parts === undefined ? [] : partsLines(parts)),
    ...(lanes.length === 0 ? [] : ["plan", ...lanes]),
    ...(attempts.length === 0 ? [] : ["attempts", ...attemptsLines(attempts)]),
  ];
  return `${lines.join("\n")}\n`;
}

/** Who ran, when, and what it found, and at which of its ticks. */
function attemptsLines(attempts: readonly Attempt[]): readonly string[] {
  const rest = attempts.length - ATTEMPTS_SHOWN;
  const lines = attempts.slice(0, ATTEMPTS_SHOWN).map((attempt) => `  ${attemptText(attempt)}`);
  return rest > 0 ? [...lines, `  and ${rest} more`] : lines;
}

function attemptText(attempt: Attempt): string {
  const { lane, solver, end, ticks, improvements, bound, startedMs, endedMs } = attempt;
  const last = improvements.at(-1);
  const when = `${startedMs.toFixed(0)} to ${endedMs.toFixed(0)} ms`;
  const found = last === undefined ? "" : `, ${last.objective} at tick ${last.tick} of ${ticks}`;
  const bounded = bound === undefined ? "" : `, bound ${bound}`;
  return `thread ${lane + 1}, ${when}: ${solver}, ${end}${found}${bounded}`;
}

/** Who has a turn when; of those that compete, who goes on. */
function laneText(lane: Lane): string {
  const texts = lane.map((entry) => {
    if ("solver" in entry) return entry.solver;
    const names = entry.contenders.map(({ solver }) => solver);
    if (names.length === 1) return names[0];
    const goesOn = ["the best of", "the second of"][entry.places[0]] ?? "heats of";
    return `${goesOn} ${names.join(", ")}`;
  });
  return texts.join(", then ");
}

/** Parts of one size, structure and fate on one line. */
function partsLines(parts: readonly SolvedPart[]): readonly string[] {
  const alike = Map.groupBy(parts, partText);
  const lines = [...alike].map(([text, own]) => `  ${own.length} of ${text}`);
  return [`parts      ${parts.length} apart, each by its own plan`, ...lines];
}

function partText({ variables, structure, plan, report }: SolvedPart): string {
  const size = counted(variables.length, "variable");
  if (structure === undefined || report === undefined) return `${size}: not begun`;
  const lead = laneText(plan?.lanes[0] ?? []) || "nobody";
  const found = report.best === undefined ? "" : `, answer by ${report.best.solver}`;
  return `${size}: ${structure}, ${lead}; ${report.status}${found}`;
}

function reductionLines(problem: QuadraticProblem, { reduction }: Approach): readonly string[] {
  if (reduction === undefined) return ["presolve   left the problem as it is"];
  const byRule = Map.groupBy(reduction.steps, ({ rule }) => rule);
  const steps = [...byRule].flatMap(([rule, found]) => ruleLines(problem, rule, found));
  const outcome =
    reduction.kind === "infeasible"
      ? `found a contradiction: ${reduction.conflict.join(", ") || "bounds that clash"}`
      : `left ${sizes(reduction.problem)}`;
  return [`presolve   ${outcome}`, ...steps];
}

function ruleLines(
  problem: QuadraticProblem,
  rule: string,
  steps: readonly ReductionStep[],
): readonly string[] {
  const shown = steps.slice(0, STEPS_SHOWN).map((step) => `    ${describeStep(problem, step)}`);
  const rest = steps.length - STEPS_SHOWN;
  const more = rest > 0 ? [`    and ${rest} more`] : [];
  return [`  ${rule}: ${counted(steps.length, "step")}`, ...shown, ...more];
}

function sizes({ variableCount, constraints, objective }: QuadraticProblem): string {
  const products = objective.biases.length;
  return [
    counted(variableCount, "variable"),
    counted(constraints.count, "constraint"),
    counted(products, "product"),
  ].join(", ");
}
