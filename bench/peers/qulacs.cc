// One-qubit gates by qulacs: `qulacs gate QUBITS` prints the CPU milliseconds of a gate on one
// thread, mean over all targets, median of five.
//
// g++ -O3 -march=native -D_USE_SIMD -I CSIM qulacs.cc CSIM/update_ops_matrix_dense_single.cpp
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "update_ops.hpp"

#include "cpu-clock.h"

int main(int argc, char *argv[]) {
  if (argc < 3 || std::strcmp(argv[1], "gate") != 0) return 2;
  const unsigned qubits = std::atoi(argv[2]);
  const ITYPE size = 1ULL << qubits;
  void *memory = nullptr;
  if (posix_memalign(&memory, 64, size * sizeof(CTYPE)) != 0) return 1;
  CTYPE *state = static_cast<CTYPE *>(memory);
  for (ITYPE z = 0; z < size; z += 1) state[z] = 1.0 / std::sqrt(double(size));
  const double c = std::cos(0.3), s = std::sin(0.3);
  const CTYPE matrix[4] = {CTYPE(c, 0), CTYPE(0, -s), CTYPE(0, -s), CTYPE(c, 0)};
  double times[5];
  for (int round = -1; round < 5; round += 1) {
    const double start = cpu_ms();
    for (unsigned target = 0; target < qubits; target += 1) {
      single_qubit_dense_matrix_gate(target, matrix, state, size);
    }
    if (round >= 0) times[round] = (cpu_ms() - start) / qubits;
  }
  std::printf("%.6f\n", median(times, 5));
  return 0;
}
