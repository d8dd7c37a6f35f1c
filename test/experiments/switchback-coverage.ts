/**
 * How far the experiments can be believed: simulated centres whose true effect is known, each put
 * through a switchback and through a split of its customers; and centres where nothing was
 * changed, to count false alarms.
 *
 * `npx node test/experiments/switchback-coverage.ts --centres 1000 --seed 1`
 */
import { parseArgs } from "node:util";
import { wilsonInterval } from "#statistics";
import { coverage, falseAlarms, percent } from "./campaign.ts";
import { FIGURES } from "./trial.ts";

const { values } = parseArgs({
  options: {
    centres: { type: "string", default: "1000" },
    "null-runs": { type: "string", default: "2000" },
    "truth-days": { type: "string", default: "224" },
    "burn-in-minutes": { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
  },
});
const [centres, nullRuns, truthDays, seed] = [
  Number(values.centres),
  Number(values["null-runs"]),
  Number(values["truth-days"]),
  Number(values.seed),
];
const burnInSeconds = 60 * Number(values["burn-in-minutes"]);

const say = (line: string) => process.stdout.write(`${line}\n`);
const started = process.cpuUsage();
const found = coverage({ centres, truthDays, burnInSeconds, seed });
const burnIn = `burn-in ${values["burn-in-minutes"]} min`;
say(`${centres} centres, 28 days each, slices of 60 min, ${burnIn}, seed ${seed}`);
say("figure         covered by 95 %          true effect   bias      user split's bias");
for (const [figure, name] of FIGURES.entries()) {
  const { covered, trueMean, bias, splitBias } = found[figure];
  const { lower, upper } = wilsonInterval(covered, centres, 0.95);
  say(
    [
      name.padEnd(14),
      `${percent(covered / centres)} (${percent(lower)} to ${percent(upper)})`.padEnd(25),
      trueMean.toPrecision(4).padEnd(12),
      percent(bias).padEnd(10),
      percent(splitBias),
    ].join(" "),
  );
}
say(`${nullRuns} runs without any difference, ${FIGURES[0]}; nominal 5 %`);
const judged = nullRuns > 0 ? falseAlarms({ runs: nullRuns, burnInSeconds, seed }) : [];
for (const { name, alarms } of judged) {
  const { lower, upper } = wilsonInterval(alarms, nullRuns, 0.95);
  say(`${name.padEnd(44)} ${percent(alarms / nullRuns)} (${percent(lower)} to ${percent(upper)})`);
}
const { user, system } = process.cpuUsage(started);
say(`${((user + system) / 1e6).toFixed(0)} CPU-s`);
