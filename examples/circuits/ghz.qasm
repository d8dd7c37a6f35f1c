OPENQASM 3.1;
include "stdgates.inc";

// Three qubits that all agree.
qubit[3] q;
bit[3] c;
h q[0];
for int i in [0:1] {
  cx q[i], q[i + 1];
}
c = measure q;
