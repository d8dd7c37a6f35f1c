/**
 * What a ledger comes to, in words.
 */
import { wilsonInterval } from "#statistics";
import { CIRCUIT_SAMPLE_MS } from "./circuit-outlook.ts";
import { type Forecast, treeWords } from "./forecast.ts";
import type { Ledger } from "./ledger.ts";
import { chanceText } from "./quantities.ts";

/** Who won how often, what could not be tried, and what the devices would have to be like. */
export function ledgerWords({ rows }: Ledger): readonly string[] {
  const entries = rows.flatMap((row) => (row.kind === "studied" ? [row.entry] : []));
  const counted = (["inspired", "quantum"] as const).map((camp) => {
    const sums = { win: 0, tie: 0, loss: 0, "not-run": 0 };
    let slower = 0;
    for (const { verdicts, camps } of entries) {
      const outcome = verdicts.find(({ challenger }) => challenger === camp)?.outcome ?? "not-run";
      sums[outcome] += 1;
      const ms = camps.find((one) => one.camp === camp)?.timeToBest.ms ?? 0;
      if (outcome === "tie" && ms > camps[0].timeToBest.ms) slower += 1;
    }
    const { win, tie, loss } = sums;
    const told = `${win} wins, ${tie} ties (the best later in ${slower}), ${loss} losses`;
    return `${TITLES[camp]}: ${told}, ${sums["not-run"]} not run.`;
  });
  const unread = rows.length - entries.length;
  const circuits = entries.flatMap(({ circuit }) =>
    circuit.kind === "simulated" ? [circuit] : [],
  );
  const annealers = entries.flatMap(({ annealer }) =>
    annealer.kind === "embedded" ? [annealer] : [],
  );
  const useful = circuits.filter(({ errorAllowed }) => errorAllowed.kind === "rate").length;
  const read = annealers.filter(({ noiseAllowed }) => noiseAllowed !== null).length;
  return [
    `Beside the strongest classical solver on ${entries.length} problems, after the same CPU ` +
      `time. ${counted.join(" ")}` +
      (unread > 0 ? ` ${unread} files are in no format that is read here.` : ""),
    `${circuits.length} problems are small enough to simulate a circuit. At ` +
      `${CIRCUIT_SAMPLE_MS} ms a sample a device could have the best before the classical solver ` +
      `on ${useful} of them, with errors as rare as the last tables say. ${annealers.length} ` +
      `were embedded; an annealer would be first on ${read}. Hardware: not run.`,
  ];
}

const TITLES = Object.freeze({
  inspired: "Quantum-inspired",
  quantum: "Quantum, simulated",
} as const);
const LEVEL = 0.95;

/** The rule, and how often it is right. */
export function forecastWords(forecast: Forecast | null): readonly string[] {
  if (forecast === null) return ["One family alone: nothing to test a prediction on."];
  const { tree, cases, right, rightByHabit, precision } = forecast;
  const { value, lower, upper } = wilsonInterval(right, cases, LEVEL);
  const byOutcome = precision.map(({ outcome, predicted, right: hits }) => {
    return predicted === 0 ? `${outcome} never predicted` : `${outcome} ${hits} of ${predicted}`;
  });
  const added = right > rightByHabit ? "" : " The questions add nothing to that.";
  return [
    "A decision tree of at most two questions on what is to be seen before a run - camp, " +
      "variables, density, rows, groups, special structure - made without each family in turn " +
      `and tested on it, is right on ${right} of ${cases} verdicts (${chanceText(value)}; 95 % ` +
      `interval ${chanceText(lower)} to ${chanceText(upper)}, as if verdicts were independent). ` +
      `Always saying what is most frequent elsewhere is right on ${rightByHabit}.${added} ` +
      `Precision: ${byOutcome.join(", ")}.`,
    `Made from all families: ${treeWords(tree).join("; ")}.`,
  ];
}
