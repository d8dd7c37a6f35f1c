OPENQASM 3.1;
include "stdgates.inc";

// Two qubits that always agree.
qubit[2] q;
bit[2] c;
h q[0];
cx q[0], q[1];
c = measure q;
