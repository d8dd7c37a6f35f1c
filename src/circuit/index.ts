/**
 * Circuit: gates, circuits, OpenQASM 2 and 3, and their simulation. One table knows the gates;
 * circuits are built, written and drawn; programs run branch by branch on a state-vector engine.
 * Knows nothing of optimisation problems, devices or decisions.
 */
export {
  type ExchangeSpace,
  exchangePath,
  exchangeUnitary,
  firstState,
  firstStateControls,
  phaseWhere,
  qubitRotationTo,
  rotationsTo,
} from "./ansatz/exchange-space.ts";
export { hardwareEfficientAnsatz, problemAnsatz, type ZTerm } from "./ansatz/variational.ts";
export { CircuitBuilder, circuitOf, type GateOptions } from "./builder.ts";
export type {
  Circuit,
  Condition,
  Control,
  GateOperation,
  MatrixOperation,
  Operation,
  Register,
  Relation,
  UnitaryOperation,
} from "./circuit.ts";
export { all, any, bitIsSet, not, register } from "./conditions.ts";
export { drawSvg } from "./drawing/svg.ts";
export { drawText } from "./drawing/text.ts";
export {
  type StateVectorEngineOptions,
  stateVectorEngine,
} from "./fast-engine/state-vector-engine.ts";
export { CIRCUIT_FAULTS } from "./faults.ts";
export { type AppliedUnitary, appliedUnitary } from "./gates/applied-unitary.ts";
export type { GateCall, GateRow, GateStep } from "./gates/gate-row.ts";
export { gateRow, gateTable, type OpenQasmVersion } from "./gates/gate-table.ts";
export type { ComplexMatrix } from "./gates/matrix.ts";
export {
  bindParameter,
  negated,
  type Parameter,
  plus,
  type SymbolValues,
  scaled,
  symbol,
} from "./gates/parameter.ts";
export { unitaryPower } from "./gates/unitary-power.ts";
export type { Program } from "./machine/code.ts";
export { readoutByCharacter } from "./noise/deferred.ts";
export { noiseModelOfIbm } from "./noise/ibm-properties.ts";
export type {
  GateCalibration,
  NoiseModel,
  QubitCalibration,
  ReadoutError,
} from "./noise/noise-model.ts";

export { invertedReadout, type OutcomeWeights, unfoldedReadout } from "./noise/readout.ts";
export { simulateNoisy } from "./noise/simulate-noisy.ts";
export {
  type Extrapolation,
  foldedCircuit,
  type NoisyValue,
  zeroNoiseLimit,
} from "./noise/zero-noise.ts";
export { pauliSumOfText } from "./observable.ts";
export { circuitOfOpenQasm } from "./openqasm/circuit-of-openqasm.ts";
export type { Diagnostic, Position } from "./openqasm/source.ts";
export {
  type OpenQasmOptions,
  programOfOpenQasm,
  type Translation,
  translateOpenQasm,
} from "./openqasm/translation/translate.ts";
export { standardLibraryText } from "./openqasm/writing/definitions.ts";
export { gatePage } from "./openqasm/writing/gate-page.ts";
export { writeBraket } from "./openqasm/writing/write-braket.ts";
export { writeOpenQasm2 } from "./openqasm/writing/write-openqasm2.ts";
export { writeOpenQasm3 } from "./openqasm/writing/write-openqasm3.ts";
export { referenceEngine } from "./reference/dense-state.ts";
export {
  type ExpectationOptions,
  expectationValue,
  type SimulateOptions,
  type Simulation,
  simulate,
} from "./simulate.ts";
export type { Amplitudes, QuantumState, StateEngine } from "./state-engine.ts";
export { type CircuitStatistics, statisticsOf } from "./statistics.ts";
export { bindSymbols, controlled, inverted, powered, unboundSymbols } from "./transform.ts";
export { type Basis, bases } from "./transpile/basis.ts";
export {
  type CouplingMap,
  completeMap,
  couplingMap,
  gridMap,
  heavyHexMap,
  lineMap,
} from "./transpile/coupling-map.ts";
export { targetOfIbm } from "./transpile/ibm-configuration.ts";
export {
  type Target,
  type Transpilation,
  type TranspileOptions,
  transpile,
} from "./transpile/transpile.ts";
