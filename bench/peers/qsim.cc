// A circuit by qsim: `qsim circuits QUBITS FILE` prints the CPU milliseconds that planning and
// running it on |0...0> take on one thread, median of three, with the best size of fused gates.
//
// g++ -O3 -march=native -std=c++17 -I QSIM qsim.cc -o qsim
#include <cstdio>
#include <cstring>
#include <limits>

#include "lib/circuit_qsim_parser.h"
#include "lib/formux.h"
#include "lib/fuser_mqubit.h"
#include "lib/io_file.h"
#include "lib/operation.h"
#include "lib/run_qsim.h"
#include "lib/simmux.h"

#include "cpu-clock.h"

struct Factory {
  using Simulator = qsim::Simulator<qsim::For>;
  using StateSpace = Simulator::StateSpace;
  StateSpace CreateStateSpace() const { return StateSpace(1); }
  Simulator CreateSimulator() const { return Simulator(1); }
};
using Runner = qsim::QSimRunner<qsim::IO, qsim::MultiQubitGateFuser<qsim::IO>, Factory>;

int main(int argc, char *argv[]) {
  if (argc != 4 || std::strcmp(argv[1], "circuits") != 0) return 2;
  qsim::Circuit<qsim::Operation<float>> circuit;
  const unsigned all = std::numeric_limits<unsigned>::max();
  if (!qsim::CircuitQsimParser<qsim::IOFile>::FromFile(all, argv[3], circuit)) return 1;
  auto space = Factory().CreateStateSpace();
  auto state = space.Create(circuit.num_qubits);
  if (space.IsNull(state)) return 1;
  double best = std::numeric_limits<double>::infinity();
  for (unsigned size = 2; size <= 4; size += 1) {
    Runner::Parameter parameter;
    parameter.max_fused_size = size;
    parameter.verbosity = 0;
    double times[3];
    for (double &time : times) {
      space.SetStateZero(state);
      const double start = cpu_ms();
      if (!Runner::Run(parameter, Factory(), circuit, state)) return 1;
      time = cpu_ms() - start;
    }
    best = std::min(best, median(times, 3));
  }
  std::printf("%.6f\n", best);
  return 0;
}
