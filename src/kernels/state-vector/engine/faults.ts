/**
 * What can go wrong with a state vector for reasons its user can do something about.
 */
import { faultRows } from "#foundation";

/** The rows of this part. */
export const STATE_FAULTS = faultRows({
  tooLarge: {
    code: "state-too-large",
    category: "exhausted",
    retry: false,
    title: "The state vector does not fit into the memory WebAssembly can address.",
    remedy: "Use fewer qubits, or single precision, which has room for one more.",
  },
  noMemory: {
    code: "state-memory-refused",
    category: "unavailable",
    retry: true,
    title: "The machine does not give the memory for the state vector.",
    remedy: "Free memory, use fewer qubits, or a machine with more.",
  },
});
