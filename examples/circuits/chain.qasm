OPENQASM 3.1;
include "stdgates.inc";

// As many qubits as single precision has room for: give --precision f32, and 2 GiB.
qubit[28] q;
bit[28] c;
h q[0];
for int i in [0:26] {
  cx q[i], q[i + 1];
}
ry(0.3) q[27];
rx(0.2) q[3];
c = measure q;
