/**
 * The one page for people who decide about money: what was tried, what it did, what it is worth,
 * what can go wrong, and who did the work. Fields only; terminals, paper and browsers each lay them
 * out.
 */
import {
  type CaseReading,
  type FigureReading,
  figureTexts,
  kpiNamed,
  type MoneyRange,
  moneyText,
  shareText,
} from "#experiments";
import type { CentreWeek } from "../week/run-centre-week.ts";
import { CASE_WORDS } from "../week/week-case.ts";
import { SERVICE_LEVEL } from "../week/week-design.ts";

/** One figure, under today's rule and under Tandem. */
export interface BoardFigure {
  readonly title: string;
  readonly rule: string;
  readonly tandem: string;
  readonly change: string;
  readonly interval: string;
  readonly finding: FigureReading["finding"];
}

/** One amount of money with its interval. */
export interface MoneyLine {
  readonly title: string;
  readonly median: string;
  readonly lower: string;
  readonly upper: string;
}

/** The page. */
export interface Board {
  readonly title: string;
  readonly lead: string;
  readonly conclusion: string;
  readonly figures: readonly BoardFigure[];
  readonly money: readonly MoneyLine[];
  /** Payback, the chance of a gain, the gate, the worth of more testing. */
  readonly words: readonly string[];
  readonly risk: readonly string[];
  /** Which solvers gave the answers, and whether any was a quantum one. */
  readonly solvedBy: readonly string[];
  readonly assumptions: readonly string[];
}

/** Solvers that are circuits or annealing devices, or imitate one. */
const QUANTUM = new Set(["qaoa", "qaoa-warm", "recursive-qaoa", "vqe", "annealer-twin"]);

/** The page of a simulated week. */
export function boardOf(week: CentreWeek): Board {
  const { days, contacts, decisions, reading, worth } = week;
  const { net, benefits, costs } = worth;
  return {
    title: "Contact routing: is it worth it?",
    lead:
      `A simulated contact centre over ${days} opening days and ${count(contacts)} contacts. ` +
      "Hour by hour a coin gave it to its usual rule (the longest waiting contact to the longest " +
      `idle agent with the skill) or to Tandem, which made ${count(decisions)} decisions.`,
    conclusion: reading.conclusion.words,
    figures: [reading.primary, ...reading.guardrails].map((figure) =>
      figureOf(figure, net.median.currency),
    ),
    money: [moneyLine("Benefit", benefits), moneyLine("Cost", costs), moneyLine("Net", net)],
    words: worth.words,
    risk: risksOf(week, worth),
    solvedBy: solvedBy(week),
    assumptions: CASE_WORDS,
  };
}

function figureOf(figure: FigureReading, currency: string): BoardFigure {
  const { control, treated, change, interval } = figureTexts(figure, currency);
  const title = figureTitle(figure);
  return { title, rule: control, tandem: treated, change, interval, finding: figure.finding };
}

/** A service level is no figure without its x, its y and what becomes of who gave up. */
function figureTitle({ kpi }: FigureReading): string {
  const { title } = kpiNamed(kpi);
  if (kpi !== "service-level") return title;
  const { withinSeconds, abandoned } = SERVICE_LEVEL;
  return `${title} (within ${withinSeconds} s; abandoned: ${abandoned})`;
}

function moneyLine(title: string, { median, lower, upper }: MoneyRange): MoneyLine {
  return {
    title,
    median: moneyText(median),
    lower: moneyText(lower),
    upper: moneyText(upper),
  };
}

function risksOf({ reading, rungs, decisions }: CentreWeek, worth: CaseReading): string[] {
  const { net, probabilityOfGain, months } = worth;
  const loss = 1 - probabilityOfGain.value;
  const by = (name: string) => rungs.find(({ rung }) => rung === name)?.decisions ?? 0;
  const fallen = [
    ...(by("rule") === 0 ? [] : [`${count(by("rule"))} fell back on the rule`]),
    ...(by("safe") === 0 ? [] : [`${count(by("safe"))} fell back on the policy's safe answer`]),
  ];
  const unshown = [reading.primary, ...reading.guardrails].filter(
    ({ finding }) => finding === "not-shown",
  );
  return [
    `In ${shareText(loss)} of draws it loses money over ${months} months; ` +
      `one time in twenty it ends below ${moneyText(net.lower)}.`,
    ...(unshown.length === 0
      ? []
      : [
          `Not shown either way: ${unshown.map(({ kpi }) => kpiNamed(kpi).title).join(", ")}. ` +
            "That is no proof that nothing changes.",
        ]),
    fallen.length === 0
      ? "No decision had to fall back on the rule or on a safe answer."
      : `Of ${count(decisions)} decisions, ${fallen.join(" and ")}.`,
    "The centre is simulated: a real one differs, and should run this experiment itself.",
  ];
}

function solvedBy({ solvers, decisions }: CentreWeek): string[] {
  const byQuantum = solvers.filter(({ solver }) => QUANTUM.has(solver));
  const shares = solvers.map(
    ({ solver, decisions: times }) => `${solver} ${shareText(times / Math.max(decisions, 1))}`,
  );
  return [
    `Answers by solver: ${shares.length === 0 ? "none" : shares.join(", ")}.`,
    byQuantum.length === 0
      ? "All of them are classical. No answer is a quantum solver's: none is said to have helped."
      : `Quantum or imitating it: ${byQuantum.map(({ solver }) => solver).join(", ")}.`,
  ];
}

function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
