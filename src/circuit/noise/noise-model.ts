/**
 * Noise models: what happens after which gate, and how wrongly outcomes are read. Made from a
 * device's calibration, so a gate that was not calibrated is refused rather than taken for perfect.
 */
import { counted, Fault } from "#foundation";
import type { UnitaryOperation } from "../circuit.ts";
import { CIRCUIT_FAULTS } from "../faults.ts";
import { kindLabel } from "../labels.ts";
import {
  averageFidelity,
  depolarising,
  type NoiseEvent,
  type RelaxationTimes,
  relaxation,
} from "./event.ts";

/** How a measured qubit is misread. */
export interface ReadoutError {
  /** The probability of reading 1 where it was 0. */
  readonly oneGivenZero: number;
  /** The probability of reading 0 where it was 1. */
  readonly zeroGivenOne: number;
}

/** What is known of one qubit. */
export interface QubitCalibration {
  /** Microseconds; no relaxation if absent. */
  readonly timesUs?: RelaxationTimes;
  readonly readout: ReadoutError;
}

/** What is known of one gate. */
export interface GateCalibration {
  readonly gate: string;
  /** On these qubits in this order; on any if absent. */
  readonly qubits?: readonly number[];
  /** Average gate infidelity, relaxation included. */
  readonly error: number;
  readonly lengthNs: number;
}

/** A device as far as its noise is known. */
export interface NoiseModel {
  readonly name: string;
  readonly qubits: readonly QubitCalibration[];
  readonly gates: readonly GateCalibration[];
  /** What a reader of the calibration had to change, to be told to people. */
  readonly notes?: readonly string[];
}

/**
 * What happens after `operation`: relaxation of its qubits for its length, and as much depolarising
 * noise as its calibrated error has beyond that.
 *
 * @throws Fault `circuit-noise-unknown` for a gate or qubit that was not calibrated.
 */
export function noiseAfter(operation: UnitaryOperation, model: NoiseModel): readonly NoiseEvent[] {
  const qubits = [...operation.controls.map(({ qubit }) => qubit), ...operation.targets];
  if (qubits.length === 0) return [];
  const label = kindLabel(operation);
  const rows = model.gates.filter((row) => row.gate === label);
  const row =
    rows.find((one) => one.qubits?.join(" ") === qubits.join(" ")) ??
    rows.find((one) => one.qubits === undefined);
  if (row === undefined) throw unknown(model, `${label} on qubits ${qubits.join(", ")}`);
  const decay = qubits.flatMap((qubit) => {
    const { timesUs } = qubitOf(model, qubit);
    return timesUs === undefined ? [] : relaxation(qubit, timesUs, row.lengthNs / 1000);
  });
  const reached = averageFidelity(decay, qubits.length);
  const rest = (reached - (1 - row.error)) / (reached - 2 ** -qubits.length);
  return rest <= 0 ? decay : [...decay, depolarising(qubits, Math.min(1, rest))];
}

/**
 * How `qubit` is misread.
 *
 * @throws Fault `circuit-noise-unknown` when it was not calibrated.
 */
export function readoutOf(model: NoiseModel, qubit: number): ReadoutError {
  return qubitOf(model, qubit).readout;
}

function qubitOf(model: NoiseModel, qubit: number): QubitCalibration {
  const row = model.qubits[qubit];
  if (row === undefined) throw unknown(model, `qubit ${qubit}`);
  return row;
}

function unknown(model: NoiseModel, what: string): Fault {
  const gates = [...new Set(model.gates.map(({ gate }) => gate))].join(", ");
  const detail =
    `the noise model ${model.name}, expected what it has calibrated ` +
    `(${gates} on ${counted(model.qubits.length, "qubit")}), got ${what}`;
  return new Fault(CIRCUIT_FAULTS.noiseUnknown, { detail });
}
