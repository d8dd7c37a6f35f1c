/**
 * What a device would have to be like, problem by problem: circuits, then annealers. What could not
 * be simulated or embedded has its row.
 */
import { unreachable } from "#foundation";
import type { Block } from "../kernels/page.ts";
import type { AnnealerOutlook } from "./annealer-outlook.ts";
import type { ErrorAllowed } from "./break-even.ts";
import { CIRCUIT_SAMPLE_MS, type CircuitOutlook } from "./circuit-outlook.ts";
import type { Entry } from "./entry.ts";
import type { LedgerRow } from "./ledger.ts";
import { chanceText, msText } from "./quantities.ts";

/** Both tables. */
export function outlookTables(rows: readonly LedgerRow[]): readonly Block[] {
  const studied = rows.flatMap((row) =>
    row.kind === "studied" ? [{ file: row.file, entry: row.entry }] : [],
  );
  const circuits = studied.map(({ file, entry }) => [file, ...circuitCells(entry.circuit, entry)]);
  const annealers = studied.flatMap(({ file, entry }) =>
    annealerCells(entry.annealer).map((cells, at) => [at === 0 ? file : "", ...cells]),
  );
  return [
    { kind: "table", rows: [CIRCUIT_HEAD, ...circuits] },
    { kind: "table", rows: [ANNEALER_HEAD, ...annealers] },
  ];
}

const CIRCUIT_HEAD = Object.freeze([
  ...["circuit", "bits", "best in a measurement", "in a uniform draw", "two-qubit gates"],
  ...["on heavy-hex", "sample time allowed", "error rate at half that time"],
  `error rate at ${CIRCUIT_SAMPLE_MS} ms`,
]);

const ANNEALER_HEAD = Object.freeze([
  ...["annealer", "noise", "reads", "best among them", "sample time allowed", "noise allowed"],
]);

function circuitCells(circuit: CircuitOutlook, { camps }: Entry): readonly string[] {
  if (circuit.kind === "not-simulated") {
    return [`cannot tell: ${circuit.reason}`, "-", "-", "-", "-", "-", "-", "-"];
  }
  const { bits, chance, uniformChance, gates, heavyHexGates } = circuit;
  const [{ timeToBest }] = camps;
  return [
    ...[`${bits}`, chanceText(chance), chanceText(uniformChance)],
    ...[gates, heavyHexGates].map((count) => (count === null ? "not counted" : `${count}`)),
    `${msText(circuit.sampleMsAllowed)}${timeToBest.isAtLeast ? " or more" : ""}`,
    ...[circuit.errorAllowedAtHalf, circuit.errorAllowed].map(errorText),
  ];
}

function errorText(allowed: ErrorAllowed): string {
  switch (allowed.kind) {
    case "never":
      return "never";
    case "any":
      return "any: a guess would do";
    case "rate":
      return chanceText(allowed.rate);
    default:
      return unreachable(allowed);
  }
}

function annealerCells(annealer: AnnealerOutlook): readonly (readonly string[])[] {
  if (annealer.kind === "not-embedded") {
    return [[`cannot tell: ${annealer.reason}`, "-", "-", "-", "-"]];
  }
  const { levels, noiseAllowed } = annealer;
  return levels.map(({ noiseFactor, reads, hits, sampleMsAllowed }, at) => [
    ...[`${noiseFactor} times`, `${reads}`, `${hits}`],
    `${hits === 0 ? "below " : ""}${msText(sampleMsAllowed)}`,
    at > 0 ? "" : noiseAllowed === null ? "never" : `${noiseAllowed} times`,
  ]);
}
