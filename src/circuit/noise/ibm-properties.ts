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
  // IBM records no error of a reset.
  const rows = listOf(document.gates, "gates").filter(
    (row) => !isFields(row) || row.gate !== "reset",
  );
  const qubits = listOf(document.qubits, "qubits").map(qubitRow);
  return Object.freeze({
    name: String(document.backend_name ?? "device"),
    qubits: qubits.map(({ calibration }) => calibration),
    gates: rows.map(gateOf),
    notes: qubits.flatMap(({ notes }) => notes),
  });
}

type Fields = Readonly<Record<string, unknown>>;

function qubitRow(
  row: unknown,
  qubit: number,
): { readonly calibration: QubitCalibration; readonly notes: readonly string[] } {
  const place = `qubit ${qubit}`;
  const items = Array.isArray(row) ? row.filter(isFields) : [];
  const [t1, t2] = ["T1", "T2"].map((name) => {
    const time = durationUs(items, place, name);
    if (time <= 0) throw invalid(`${place}, expected ${name} above 0, got ${time} us`);
    return time;
  });
  const misread = (name: string) =>
    probability(items, place, items.some((item) => item.name === name) ? name : "readout_error");
  const readout = {
    oneGivenZero: misread("prob_meas1_prep0"),
    zeroGivenOne: misread("prob_meas0_prep1"),
  };
  // Fits may put T2 above its physical bound.
  const bound = 2 * t1;
  const notes =
    t2 <= bound ? [] : [`${place}: T2 of ${t2} us is above 2 T1 and was taken as ${bound} us`];
  return { calibration: { timesUs: { t1, t2: Math.min(t2, bound) }, readout }, notes };
}

function gateOf(row: unknown): GateCalibration {
  const { gate, qubits, parameters } = isFields(row) ? row : {};
  if (typeof gate !== "string" || !Array.isArray(qubits) || !Array.isArray(parameters)) {
    throw invalid(`a gate, expected its name, qubits and parameters, got ${JSON.stringify(row)}`);
  }
  const place = `${gate} on ${qubits.join(", ")}`;
  const items = parameters.filter(isFields);
  const error = probability(items, place, "gate_error");
  const lengthUs = durationUs(items, place, "gate_length");
  if (lengthUs < 0) throw invalid(`${place}, expected gate_length from 0 up, got ${lengthUs} us`);
  return { gate, qubits: qubits.map(Number), error, lengthNs: 1000 * lengthUs };
}

function numberOf(items: readonly Fields[], place: string, name: string): number {
  const value = items.find((item) => item.name === name)?.value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  const got = value === undefined ? "none" : JSON.stringify(value);
  throw invalid(`${place}, expected a number for ${name}, got ${got}`);
}

function durationUs(items: readonly Fields[], place: string, name: string): number {
  const value = numberOf(items, place, name);
  const unit = items.find((item) => item.name === name)?.unit;
  const factor = MICROSECONDS[typeof unit === "string" ? unit.replace("µ", "u") : ""];
  if (factor === undefined)
    throw invalid(`${place}, ${name}, expected a unit of time, got ${unit}`);
  return value * factor;
}

function probability(items: readonly Fields[], place: string, name: string): number {
  const value = numberOf(items, place, name);
  if (value >= 0 && value <= 1) return value;
  throw invalid(`${place}, expected ${name} from 0 to 1, got ${value}`);
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
