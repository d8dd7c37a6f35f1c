/**
 * Noise models written down in a test.
 */
import type { GateCalibration, NoiseModel, QubitCalibration } from "#circuit";

const PERFECT = { oneGivenZero: 0, zeroGivenOne: 0 };

/** Four qubits alike, and gates with an error and a length. */
export function model(
  gates: Readonly<Record<string, { error?: number; lengthNs?: number }>>,
  qubit: Partial<QubitCalibration> = {},
): NoiseModel {
  return {
    name: "made up",
    qubits: new Array<QubitCalibration>(4).fill({ readout: PERFECT, ...qubit }),
    gates: Object.entries(gates).map(
      ([gate, { error = 0, lengthNs = 0 }]): GateCalibration => ({ gate, error, lengthNs }),
    ),
  };
}
