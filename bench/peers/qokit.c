/* One QAOA layer by QOKit: `qokit qaoa QUBITS` prints the CPU milliseconds of a layer with integer
 * costs on one thread, median of three. Its time does not depend on the costs.
 *
 * gcc -O3 -march=native -ffast-math -I CSIM qokit.c CSIM/fur.c CSIM/diagonal.c CSIM/qaoa_fur.c -lm
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpu-clock.h"
#include "qaoa_fur.h"

#define ROUNDS 3

int main(int argc, char *argv[]) {
  if (argc < 3 || strcmp(argv[1], "qaoa") != 0) return 2;
  const unsigned qubits = atoi(argv[2]);
  const size_t size = (size_t)1 << qubits;
  double *re = malloc(size * sizeof(double));
  double *im = calloc(size, sizeof(double));
  double *costs = malloc(size * sizeof(double));
  if (!re || !im || !costs) return 1;
  for (size_t z = 0; z < size; z += 1) {
    re[z] = 1.0 / size;
    costs[z] = (double)(z % 61);
  }
  double gamma = 0.3, beta = 0.4, times[ROUNDS];
  apply_qaoa_furx(re, im, &gamma, &beta, costs, qubits, size, 1);
  for (int round = 0; round < ROUNDS; round += 1) {
    const double start = cpu_ms();
    apply_qaoa_furx(re, im, &gamma, &beta, costs, qubits, size, 1);
    times[round] = cpu_ms() - start;
  }
  printf("%.6f\n", median(times, ROUNDS));
  return 0;
}
