/**
 * The faults of the circuit room: what a caller who brings a program or a circuit can do something
 * about.
 */
import { faultRows } from "#foundation";

/** The register of this room. */
export const CIRCUIT_FAULTS = faultRows({
  openQasmInvalid: {
    code: "openqasm-invalid",
    category: "invalid",
    retry: false,
    title: "The OpenQASM program is not valid.",
    remedy: "Correct the program at the lines and columns named in the detail.",
  },
  openQasmUnsupported: {
    code: "openqasm-unsupported",
    category: "refused",
    retry: false,
    title:
      "The program reached a timing, calibration or external statement, which a simulator lacks.",
    remedy: "Remove the statement, or run the program on a device that offers it.",
  },
  runTimeError: {
    code: "openqasm-run-time-error",
    category: "invalid",
    retry: false,
    title: "The program did something undefined while it ran.",
    remedy: "Correct the program at the line and column named in the detail.",
  },
  inputInvalid: {
    code: "circuit-input-invalid",
    category: "invalid",
    retry: false,
    title: "The inputs do not fit the program's input declarations.",
    remedy: "Give one value of the declared type for every declared input and nothing else.",
  },
  stepsExhausted: {
    code: "circuit-steps-exhausted",
    category: "exhausted",
    retry: false,
    title: "The program ran for more steps than are allowed.",
    remedy: "Check its loops for an end that is never reached.",
  },
  tooManyQubits: {
    code: "circuit-qubits-too-many",
    category: "exhausted",
    retry: false,
    title: "The circuit has more qubits than the simulator can hold.",
    remedy: "Use fewer qubits, or a machine and a simulator with more memory.",
  },
  memoryExhausted: {
    code: "circuit-memory-exhausted",
    category: "exhausted",
    retry: false,
    title: "The computation did not fit into its memory.",
    remedy: "Use fewer variables, branches or qubits, or ask for shots in place of --exact.",
  },
  distributionTooLarge: {
    code: "circuit-distribution-too-large",
    category: "exhausted",
    retry: false,
    title: "The exact distribution needs more branches or outcomes than are allowed.",
    remedy: "Ask for shots instead of the exact distribution.",
  },
  observableInvalid: {
    code: "circuit-observable-invalid",
    category: "invalid",
    retry: false,
    title: "The observable is not a sum of Pauli products on the program's qubits.",
    remedy: "Write terms such as 0.5 Z0 Z1 with + or - between them.",
  },
  notFlat: {
    code: "circuit-not-flat",
    category: "refused",
    retry: false,
    title: "The program computes with measured values in a way a circuit cannot express.",
    remedy:
      "Simulate the program itself, or restrict measured values to the conditions of if and while.",
  },
  notWritable: {
    code: "circuit-not-writable",
    category: "refused",
    retry: false,
    title: "The circuit has a part that this version of OpenQASM cannot express.",
    remedy: "Write OpenQASM 3, or replace the part named in the detail.",
  },
  controlsTooMany: {
    code: "circuit-controls-too-many",
    category: "exhausted",
    retry: false,
    title: "A gate has more controls than it can be taken apart with.",
    remedy: "Write the gate with further qubits that hold what the controls have in common.",
  },
  deviceInvalid: {
    code: "circuit-device-invalid",
    category: "invalid",
    retry: false,
    title: "The device cannot carry the circuit.",
    remedy: "Describe a connected device with as many qubits as the circuit has, or more.",
  },
  noiseUnknown: {
    code: "circuit-noise-unknown",
    category: "invalid",
    retry: false,
    title: "The circuit uses a gate or a qubit that the noise model has not calibrated.",
    remedy: "Transpile the circuit for the device first, or take a model of what it uses.",
  },
  noiseInvalid: {
    code: "circuit-noise-invalid",
    category: "invalid",
    retry: false,
    title: "The file does not describe a device's noise.",
    remedy: "Give the properties of a device as recorded from IBM's interface.",
  },
  readoutInvalid: {
    code: "circuit-readout-invalid",
    category: "invalid",
    retry: false,
    title: "The outcomes do not fit the readout errors, or the errors leave nothing to correct.",
    remedy: "Give one readout error below one half for every bit of an outcome.",
  },
  notUnitary: {
    code: "circuit-not-unitary",
    category: "invalid",
    retry: false,
    title: "Only circuits of gates alone can be inverted, controlled or raised to a power.",
    remedy: "Move measurements, resets and classical control out of the part.",
  },
});
