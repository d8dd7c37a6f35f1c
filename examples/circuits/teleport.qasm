OPENQASM 3.1;
include "stdgates.inc";

// Moves a state to another qubit: corrections follow from what was measured.
qubit source;
qubit[2] pair;
bit[2] seen;
bit result;
ry(1.2) source;
h pair[0];
cx pair[0], pair[1];
cx source, pair[0];
h source;
seen[0] = measure source;
seen[1] = measure pair[0];
if (seen[1]) { x pair[1]; }
if (seen[0]) { z pair[1]; }
result = measure pair[1];
