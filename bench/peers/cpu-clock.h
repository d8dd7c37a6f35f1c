/* CPU time of this process, for the programs that measure peers. */
#pragma once
#include <time.h>

static inline double cpu_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

/* The median of `count` numbers, which are sorted. */
static inline double median(double *values, int count) {
  for (int i = 1; i < count; i += 1) {
    double value = values[i];
    int j = i;
    for (; j > 0 && values[j - 1] > value; j -= 1) values[j] = values[j - 1];
    values[j] = value;
  }
  return values[count / 2];
}
