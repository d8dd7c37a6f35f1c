OPENQASM 3.1;
include "stdgates.inc";

// One layer of QAOA for the largest cut of a square.
input float gamma;
input float beta;
qubit[4] q;
bit[4] c;
h q;
for int i in [0:3] {
  cx q[i], q[(i + 1) % 4];
  rz(2 * gamma) q[(i + 1) % 4];
  cx q[i], q[(i + 1) % 4];
}
rx(2 * beta) q;
c = measure q;
