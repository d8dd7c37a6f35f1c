/**
 * A device's twin from what IBM records about it: the answer of `GET /backends/{id}/properties`
 * (IBM Quantum Platform REST interface). Times come in several units, gates with their error and
 * length on each set of qubits.
 */
import { Fault } from "#foundation";
import { CIRCUIT_FAULTS } from "../faults.ts";
import type { GateCalibration, NoiseModel, QubitCalibration } from "./noise-model.ts";

const MICROSECONDS: Readonly<Record<string, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };

/**
 * The noise model that recorded properties describe.
 *
 * @param text the JSON document.
 * @throws Fault `circuit-noise-invalid` where it is not such a document.
 */
export function noiseModelOfIbm(text: string): NoiseModel {
  const document = parsed(text);
  const gates = listOf(document.gates, "gates").map(gateOf);
  return Object.freeze({
    name: String(document.backend_name ?? "device"),
    qubits: listOf(document.qubits, "qubits").map((row, qubit) => qubitRow(row, qubit)),
    gates: gates.filter(({ gate }) => gate !== "reset"),
  });
}

type Fields = Readonly<Record<string, unknown>>;

function qubitRow(row: unknown, qubit: number): QubitCalibration {
  const items = Array.isArray(row) ? row.filter(isFields) : [];
  const [t1, t2] = [durationUs(items, "T1"), durationUs(items, "T2")];
  const both = numberOf(items, "readout_error");
  const oneGivenZero = numberOf(items, "prob_meas1_prep0") ?? both;
  const zeroGivenOne = numberOf(items, "prob_meas0_prep1") ?? both;
  if (!isProbability(oneGivenZero) || !isProbability(zeroGivenOne)) {
    throw invalid(`qubit ${qubit}, expected its readout errors, got ${oneGivenZero}`);
  }
  const readout = { oneGivenZero, zeroGivenOne };
  if (t1 === undefined || t2 === undefined || t1 <= 0 || t2 <= 0) return { readout };
  // Fits may put T2 above its physical bound.
  return { timesUs: { t1, t2: Math.min(t2, 2 * t1) }, readout };
}

function gateOf(row: unknown): GateCalibration {
  const { gate, qubits, parameters } = isFields(row) ? row : {};
  if (typeof gate !== "string" || !Array.isArray(qubits) || !Array.isArray(parameters)) {
    throw invalid(`a gate, expected its name, qubits and parameters, got ${JSON.stringify(row)}`);
  }
  const items = parameters.filter(isFields);
  const error = numberOf(items, "gate_error") ?? 0;
  if (!isProbability(error)) throw invalid(`${gate}, expected an error below 1, got ${error}`);
  const lengthNs = 1000 * (durationUs(items, "gate_length") ?? 0);
  return { gate, qubits: qubits.map(Number), error, lengthNs };
}

function numberOf(items: readonly Fields[], name: string): number | undefined {
  const value = items.find((item) => item.name === name)?.value;
  return typeof value === "number" ? value : undefined;
}

function durationUs(items: readonly Fields[], name: string): number | undefined {
  const unit = items.find((item) => item.name === name)?.unit;
  const factor = MICROSECONDS[typeof unit === "string" ? unit.replace("µ", "u") : ""];
  const value = numberOf(items, name);
  if (value === undefined) return undefined;
  if (factor === undefined) throw invalid(`${name}, expected a unit of time, got ${unit}`);
  return value * factor;
}

function isProbability(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && value <= 1;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(`${name}, expected a list, got ${typeof value}`);
}

function parsed(text: string): Fields {
  try {
    const document: unknown = JSON.parse(text);
    if (isFields(document)) return document;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid(`JSON, got ${error.message}`);
  }
  throw invalid("a JSON object, got something else");
}

function invalid(expectation: string): Fault {
  const detail = `the device's properties: ${expectation}`;
  return new Fault(CIRCUIT_FAULTS.noiseInvalid, { detail });
}
