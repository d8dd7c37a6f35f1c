/**
 * Kernels: numeric inner loops that give the same bits wherever they run. Knows nothing of problems
 * and solvers.
 */
export type { AnswerExchange } from "./answer-exchange.ts";
export type { Build, Precision } from "./assembly/lanes.ts";
export {
  type Assignment,
  type AssignmentStatus,
  linearAssignment,
} from "./assignment/linear-assignment.ts";
export { Oscillators } from "./bifurcation/oscillators.ts";
export type { BinaryQuadratic } from "./dense/one-flip/instance.ts";
export { pathRelinking } from "./dense/one-flip/path-relinking.ts";
export type { FlowPlacement, FlowTerm } from "./dense/placement/instance.ts";
export { placeFlows } from "./dense/placement/place-flows.ts";
export { selectPairs } from "./dense/selection/select-pairs.ts";
export { type CapacityNetwork, type Cut, maxFlow } from "./flow/max-flow.ts";
export { type Flow, type FlowStatus, minCostFlow } from "./flow/min-cost-flow.ts";
export type { FlowNetwork } from "./flow/network.ts";
export { type Transport, transportation } from "./flow/transportation.ts";
export {
  generalisedAssignment,
  type TaskAssignment,
} from "./generalised-assignment/generalised-assignment.ts";
export type { GeneralisedAssignment } from "./generalised-assignment/instance.ts";
export {
  atOnce,
  everyPart,
  everyRow,
  inSteps,
  rememberedInSteps,
  STEP_TERMS,
  type Steps,
} from "./in-steps.ts";
export { type KnapsackPacking, knapsack } from "./knapsack/knapsack.ts";
export type { MultiKnapsack } from "./knapsack/multi-dimensional/instance.ts";
export { type MultiPacking, multiKnapsack } from "./knapsack/multi-dimensional/multi-knapsack.ts";
export type { MultipleChoiceKnapsack } from "./knapsack/multiple-choice/instance.ts";
export {
  type Choice,
  multipleChoiceKnapsack,
} from "./knapsack/multiple-choice/multiple-choice-knapsack.ts";
export type { QuadraticKnapsack } from "./knapsack/quadratic/instance.ts";
export {
  type QuadraticPacking,
  quadraticKnapsack,
} from "./knapsack/quadratic/quadratic-knapsack.ts";
export type { Minimum } from "./minimise/minimum.ts";
export { nelderMead } from "./minimise/nelder-mead.ts";
export { quasiNewton, type Slope } from "./minimise/quasi-newton.ts";
export { spsa } from "./minimise/spsa.ts";
export { bindingOf, type WorldLineMove, WorldLines } from "./path-integral/world-lines.ts";
export { exp, exp2, log } from "./portable-math.ts";
export { cosineAndSine } from "./portable-trigonometry.ts";
export { eliminate, type Factor } from "./quadratic/eliminate.ts";
export { enumerate } from "./quadratic/enumerate.ts";
export {
  leastOfTerms,
  type QuadraticInstance,
  type QuadraticRow,
  rowCost,
} from "./quadratic/instance.ts";
export { russianDoll } from "./quadratic/russian-doll.ts";
export { withAncilla } from "./rank-two/ancilla.ts";
export { HalfPlanes } from "./rank-two/half-planes.ts";
export { UnitVectors } from "./rank-two/unit-vectors.ts";
export { exchangeCluster } from "./spin/cluster-move.ts";
export { BLOCK_SPINS, SpinReplicas } from "./spin/replicas.ts";
export { FIELD_MAX, fieldMax, type SpinGlass } from "./spin/spin-glass.ts";
export type { Costs, IndexedCosts, RealCosts } from "./state-vector/engine/costs.ts";
export { Crew } from "./state-vector/engine/crew.ts";
export { expectedCost } from "./state-vector/engine/expected-cost.ts";
export { STATE_FAULTS } from "./state-vector/engine/faults.ts";
export { STATE_QUBITS_MAX } from "./state-vector/engine/layout.ts";
export {
  probabilityOfOne,
  project,
  type Samples,
  sample,
} from "./state-vector/engine/measure.ts";
export { expectation, type PauliTerm, squaredNorm } from "./state-vector/engine/pauli.ts";
export { amplitudes, probabilities } from "./state-vector/engine/read-out.ts";
export {
  type ParkedState,
  StateVector,
  type StateVectorOptions,
} from "./state-vector/engine/state-vector.ts";
export {
  type ControlQubit,
  controlledZ,
  type StateOperation,
} from "./state-vector/plan/operation.ts";
export { mixingMatrix } from "./subspace/mixing-matrix.ts";
export { type PauliMask, PauliState, PauliSum, pauliMask } from "./subspace/pauli-state.ts";
export { ProductState } from "./subspace/product-state.ts";
