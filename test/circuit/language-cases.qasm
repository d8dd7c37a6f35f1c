// What OpenQASM 3.1 means, feature by feature: short programs and what they must give.
// A case begins with its feature, then the probabilities of its outcomes; stdgates.inc is included.

//// nothing at all
//// gives "": 1

//// qubits without bits are reported as if measured
//// gives "10": 1
qubit[2] q;
x q[1];

//// a bit is 0 before it is written
//// gives "000": 1
bit[3] c;

//// a literal has its most significant bit first
//// gives "0011": 1
bit[4] c = "0011";

//// registers in order of declaration
//// gives "1 01 0": 1
bit b = 1;
bit[2] c = "01";
bit a;

//// measure of a register, index 0 to index 0
//// gives "001": 1
qubit[3] q;
bit[3] c;
x q[0];
c = measure q;

//// measure with an arrow
//// gives "1": 1
qubit q;
bit c;
x q;
measure q -> c;

//// measure without a target
//// gives "0": 0.5, "1": 0.5
qubit q;
bit c;
h q;
measure q;
h q;
c = measure q;

//// measured twice, the same
//// gives "11": 0.5, "00": 0.5
qubit q;
bit[2] c;
h q;
c[0] = measure q;
c[1] = measure q;

//// reset
//// gives "0": 1
qubit q;
bit c;
x q;
reset q;
c = measure q;

//// reset of one of two entangled qubits leaves a mixture
//// gives "10": 0.5, "00": 0.5
qubit[2] q;
bit[2] c;
h q[0];
cx q[0], q[1];
reset q[0];
h q[1];
c = measure q;

//// broadcast over registers and single qubits
//// gives "011": 1
qubit[2] a;
qubit b;
bit[3] c;
x a;
cx a, b;
c[0:1] = measure a;
c[2] = measure b;

//// physical qubits are numbered by use
//// gives "10": 1
bit[2] c;
x $7;
c[0] = measure $3;
c[1] = measure $7;

//// negative indices count from the end
//// gives "100": 1
qubit[3] q;
bit[3] c;
x q[-1];
c = measure q;

//// slices with a step
//// gives "10101": 1
qubit[5] q;
bit[5] c;
x q[0:2:4];
c = measure q;

//// slices backwards
//// gives "0001 1000": 1
bit[4] c = "0001";
bit[4] d;
d = c[3:-1:0];

//// sets of indices
//// gives "1001": 1
qubit[4] q;
bit[4] c;
x q[{0, 3}];
c = measure q;

//// aliases of slices and concatenations
//// gives "0110": 1
qubit[2] a;
qubit[2] b;
bit[4] c;
let ab = a ++ b;
let mid = ab[1:2];
x mid;
c = measure ab;

//// an alias keeps what it named when it was made
//// gives "01": 1
qubit[2] q;
bit[2] c;
int i = 0;
let r = q[{i}];
i = 1;
x r;
c = measure q;

//// inv, pow and ctrl from left to right
//// gives "11": 1
qubit[2] q;
bit[2] c;
x q[0];
ctrl @ pow(2) @ sx q[0], q[1];
c = measure q;

//// negctrl acts where the control is 0
//// gives "10": 1
qubit[2] q;
bit[2] c;
negctrl @ x q[0], q[1];
c = measure q;

//// ctrl(2) takes two controls
//// gives "111": 1
qubit[3] q;
bit[3] c;
x q[0:1];
ctrl(2) @ x q[0], q[1], q[2];
c = measure q;

//// the phase of U shows under ctrl: twice a controlled U(pi, 0, pi) is a Z of the control
//// gives "01": 1
qubit[2] q;
bit[2] c;
h q[0];
ctrl @ U(pi, 0, pi) q[0], q[1];
ctrl @ U(pi, 0, pi) q[0], q[1];
h q[0];
c = measure q;

//// a root and its power cancel
//// gives "0": 1
qubit q;
bit c;
pow(3) @ inv @ pow(1/3.0) @ x q;
x q;
c = measure q;

//// inv of a root is not the root of an inverse
//// gives "0": 1
qubit q;
bit c;
h q;
inv @ pow(0.5) @ z q;
pow(0.5) @ inv @ z q;
h q;
c = measure q;

//// a power of a defined gate
//// gives "00": 1
gate g a, b { h a; cx a, b; } qubit[2] q;
bit[2] c;
pow(3) @ g q[0], q[1];
pow(-3) @ g q[0], q[1];
c = measure q;

//// a root of a defined gate
//// gives "01": 1
gate g a, b { cx a, b; x a; } qubit[2] q;
bit[2] c;
pow(0.5) @ g q[0], q[1];
pow(0.5) @ g q[0], q[1];
c = measure q;

//// gphase of a whole program is not seen
//// gives "1": 1
qubit q;
bit c;
gphase(0.3);
x q;
c = measure q;

//// gates with loops in their bodies
//// gives "1": 1
gate g a { for int i in [1:3] { x a; } } qubit q;
bit c;
g q;
c = measure q;

//// integers wrap around
//// gives "1": 1
uint[4] n = 15;
n += 1;
bit c = n == 0;

//// signed integers too
//// gives "1": 1
int[4] n = 7;
n += 1;
bit c = n == -8;

//// division of integers drops the rest
//// gives "11": 1
bit[2] c;
c[0] = 7 / 2 == 3;
c[1] = -7 / 2 == -3;

//// division of floats does not
//// gives "1": 1
bit c = 7 / 2.0 == 3.5;

//// ** before unary minus, from the right
//// gives "11": 1
bit[2] c;
c[0] = -2 ** 2 == -4;
c[1] = 2 ** 3 ** 2 == 512;

//// & after ==, && after |
//// gives "1": 1
bit c = (6 & 3 == 3) == false || true;

//// shifts drop bits
//// gives "1 0001": 1
uint[4] n = 9;
n <<= 1;
bit c = n == 2;
bit[4] r = "1000";
r >>= 3;

//// bits of an integer
//// gives "1010": 1
uint[4] n = 10;
bit[4] c;
c[0] = n[0];
c[1] = n[1];
c[2:3] = n[2:3];

//// bits of an integer can be set
//// gives "1": 1
int[32] n = 15;
n[4:7] = "1010";
bit c = n == 175;

//// a register is cast to a number
//// gives "0110 1": 1
bit[4] c = "0110";
bit ok = uint[4](c) == 6;

//// and a signed one has a sign
//// gives "11 1": 1
bit[2] c = "11";
bit ok = int[2](c) == -1;

//// popcount, rotl, rotr
//// gives "1001 0011 1100 1": 1
bit[4] c = "1001";
bit[4] l = rotl(c, 1);
bit[4] r = rotr(c, 1);
bit n = popcount(c) == 2;

//// angles count in parts of a turn
//// gives "0100": 1
angle[4] a = pi / 2;
bit[4] c = bit[4](a);

//// angles are added modulo a turn
//// gives "0001": 1
angle[4] a = 7 * (pi / 8);
angle[4] b = 5 * (pi / 4);
bit[4] c = bit[4](a + b);

//// an angle times an integer, divided by an angle
//// gives "0100 1": 1
angle[4] a = 5 * (pi / 4);
uint[4] two = 2;
bit[4] c = bit[4](two * a);
angle[4] b = pi / 8;
bit ok = a / b == 10;

//// complex numbers
//// gives "1": 1
complex[float[64]] a = 10.0 + 5.0im;
complex[float[64]] b = -2.0 - 7.0im;
bit c = real(a * b) == 15.0 && imag(a * b) == -80.0;

//// functions
//// gives "1": 1
bit c = floor(2.7) + ceiling(2.1) + sqrt(9.0) == 8.0 && mod(7, 4) == 3 && arctan(tan(0.5)) > 0.49 && pow(2, 3) == 8;

//// arrays, negative indices, slices, copies
//// gives "1": 1
array[int[8], 3] a = {1, 2, 3};
array[int[8], 2, 3] b;
b[1] = a;
a[0] = 9;
bit c = b[1, 0] == 1 && a[-1] == 3 && b[-1, 2] == 3;

//// arrays joined, slices assigned
//// gives "1": 1
array[int[8], 2] a = {0, 1};
array[int[8], 3] b = {2, 3, 4};
array[int[8], 5] j = a ++ b;
b[1:2] = a[0:1];
bit c = j[4] == 4 && b[1] == 0 && b[2] == 1;

//// sizeof
//// gives "111": 1
array[float[64], 8, 4] a;
bit[3] c;
c[0] = sizeof(a) == 8;
c[1] = sizeof(a, 1) == 4;
c[2] = sizeof(a[0]) == 4;

//// subroutines with arrays by reference
//// gives "1": 1
array[int[8], 4] a = {1, 2, 3, 4};
def put(mutable array[int[8], #dim = 1] v) { v[0] = 7; } put(a[2:3]);
bit c = a[2] == 7;

//// subroutines with values, results, qubits
//// gives "1": 1
def twice(int[8] n) -> int[8] { return 2 * n; } bit c = twice(twice(3)) == 12;

//// a subroutine that measures
//// gives "01": 1
def flip(qubit a) -> bit { x a; return measure a; } qubit q;
bit[2] c;
c[0] = flip(q);
c[1] = flip(q);

//// a subroutine given its qubits like a gate
//// gives "11": 1
def turn(angle[32] a) { } def pair(int n, qubit[2] p) { for int i in [1:n] x p; } qubit[2] q;
bit[2] c;
pair(3) q;
c = measure q;

//// variables of a subroutine are new in each call
//// gives "1": 1
def count() -> int { int n; n += 1; return n; } int a = count();
int b = count();
bit c = a + b == 2;

//// && does not call what it does not need
//// gives "1": 1
array[int[8], 1] n;
def bump(mutable array[int[8], 1] v) -> bool {
   v[0] += 1;
   return true;
} bool b = false && bump(n);
b = true || bump(n);
b = true && bump(n);
bit c = n[0] == 1;

//// for over a range downwards
//// gives "1": 1
uint[8] m = 0;
for uint i in [3:-1:1] { m = 10 * m + i; } bit c = m == 321 % 256;

//// for over a set, a register, an array
//// gives "101 1": 1
int m = 0;
for int i in {1, 5, 10} m += i;
bit[3] r = "101";
for bit b in r { if (b) m += 100; } array[int[8], 2] a = {1, 2};
for int[8] i in a m += 1000 * i;
bit c = m == 3216;

//// an empty range
//// gives "1": 1
int m = 0;
for int i in [2:1] m += 1;
bit c = m == 0;

//// changing the loop variable does not change the loop
//// gives "1": 1
int m = 0;
for int i in [0:2] { m += 1; i = 5; } bit c = m == 3;

//// while, break, continue
//// gives "1": 1
int i = 0;
int m = 0;
while (true) { i += 1; if (i == 2) continue; if (i > 4) break; m += i; } bit c = m == 8;

//// switch takes one case, without falling through
//// gives "1": 1
int m = 0;
for int i in [0:4] {
   switch (i) {
     case 0, 3 {
       m += 1;
    } case 1 {
       m += 10;
    } default {
       m += 100;
    }
  }
} bit c = m == 212;

//// inner scopes hide names
//// gives "1": 1
int a = 1;
{ int a = 5; a += 1; } if (true) { int a = 7; } bit c = a == 1;

//// variables of a block are new in each round
//// gives "1": 1
int m = 0;
for int i in [1:3] { int n; n += i; m += n; } bit c = m == 6;

//// end stops at once
//// gives "01": 1
bit[2] c;
c[0] = 1;
if (c[0]) { end; } c[1] = 1;

//// const is known when sizes are
//// gives "10": 1
const uint N = 2 + 1;
qubit[N] q;
bit[N - 1] c;
x q[N - 1];
c = measure q[1:2];

//// if on an outcome
//// gives "0 0": 0.5, "1 1": 0.5
qubit[2] q;
bit c;
bit d;
h q[0];
c = measure q[0];
if (c == 1) x q[1];
d = measure q[1];

//// arithmetic with an outcome
//// gives "0 0": 0.5, "1 1": 0.5
qubit q;
bit c;
int n = 3;
h q;
c = measure q;
n += int(c);
bit d = n == 4;

//// an outcome as an index
//// gives "1 11": 1
qubit[2] q;
bit c;
bit[2] d;
x q[0];
c = measure q[0];
x q[uint(c)];
d = measure q;

//// repeat until success ends
//// gives "0 1": 1
qubit q;
bit c = 1;
int n = 0;
while (c) { h q; c = measure q; if (c) { x q; } n += 1; if (n == 50) break; } bit d = n > 0;

//// output restricts what is reported
//// gives "10": 1
qubit q;
bit hidden;
output bit[2] c;
x q;
hidden = measure q;
c[1] = hidden;

//// an output can be an integer
//// gives "0101": 1
output uint[4] n;
n = 5;

//// annotations, pragmas, nop and barriers change nothing
//// gives "1": 1
pragma vendor.thing
@keep this
qubit q;
bit c;
nop q;
barrier q;
barrier;
x q;
c = measure q;

//// the values of a set are those at the beginning of the loop
//// gives "1": 1
int n = 1;
int m = 0;
for int i in {n, n + 1} {
  n = 50;
  m += i;
}
bit c = m == 3;

//// repeat until success: a rotation by the angle whose cosine is -3/5, then undone
//// gives "00 0": 1
def segment(qubit[2] anc, qubit psi) -> bit[2] {
  bit[2] b;
  reset anc;
  h anc;
  ccx anc[0], anc[1], psi;
  s psi;
  ccx anc[0], anc[1], psi;
  z psi;
  h anc;
  measure anc -> b;
  return b;
}
qubit target;
qubit[2] ancilla;
bit[2] flags = "11";
bit result;
h target;
while (uint[2](flags) != 0) {
  flags = segment(ancilla, target);
}
rz(pi - arccos(3.0 / 5)) target;
h target;
result = measure target;

//// what a run assigns wraps around to the width, and so does a cast of a constant
//// gives "111": 1
int[8] a = 100;
int[8] b = a + a;
uint[4] k = uint[4](20);
int[8] d = int[8](1000);
bit[3] c;
c[0] = b == -56;
c[1] = k == 4;
c[2] = d == -24;

//// a literal of more than 64 bits has the width it needs
//// gives "11": 1
uint[128] a = 99999999999999999999999;
bit[2] c;
c[0] = a == 99999999999999999999999;
c[1] = a - 99999999999999999999998 == 1;

//// a subroutine that returns on every way, by each kind of statement that chooses
//// gives "1 0 1": 1
def chosen(int n) -> bit {
  switch (n) {
    case 1 { return 1; }
    default { if (n > 1) { return 0; } else return 1; }
  }
}
bit a = chosen(1);
bit b = chosen(2);
bit c = chosen(0);

//// an output without bits stands in the key in decimals
//// gives "0.1 -1-0.5i 1": 0.5, "0.3 -1-0.5i 1": 0.5
output float[64] mean;
output complex[float[64]] amplitude;
output bit one;
qubit q;
h q;
bit c = measure q;
if (c) mean = 0.1; else mean = 0.3;
amplitude = -1 - 0.5 im;
one = true;
