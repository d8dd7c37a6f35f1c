// Simulated annealing by the C++ core of dwave-samplers.
//
// `linear FILE HOT COLD STEPS SWEEPS READS SEED`: a temperature that falls linearly in STEPS steps of
// SWEEPS sweeps each. Prints the CPU milliseconds of all reads, and the cut of each.
// `default FILE SECONDS SEED`: reads with the package's default schedule until that much CPU time is
// used up. Prints the CPU milliseconds, and the best cut.
//
// SA=SAMPLERS/dwave/samplers/sa/src
// g++ -O3 -march=native -std=c++17 -I $SA dwave-annealing.cc $SA/cpu_sa.cpp -o dwave-annealing
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <random>

#include "cpu-clock.h"
#include "cpu_sa.h"
#include "gset.h"

using namespace dwave::samplers::sa;

// Reads of one call, whose set-up they share.
static const int READS = 32;

static bool is_over(void *end_ms) { return cpu_ms() >= *static_cast<double *>(end_ms); }

// Reads from random starts, at most `reads`, until the CPU time `end_ms`; the cut of each.
static std::vector<double> anneal(const Graph &graph, const std::vector<double> &betas, int sweeps,
                                  int reads, double end_ms, std::mt19937_64 &random) {
  std::vector<std::int8_t> spins((size_t)reads * graph.vertices);
  for (auto &spin : spins) spin = random() & 1 ? 1 : -1;
  std::vector<double> energies(reads);
  const std::vector<double> weights(graph.weights.begin(), graph.weights.end());
  energies.resize(general_simulated_annealing(
      spins.data(), energies.data(), reads, std::vector<double>(graph.vertices, 0.0), graph.firsts,
      graph.seconds, weights, sweeps, betas, random(), Sequential, Metropolis, is_over, &end_ms));
  for (double &energy : energies) energy = (graph.total - energy) / 2;
  return energies;
}

// The package's own range (sampler.py, _default_ising_beta_range), 1000 betas in geometric order.
static std::vector<double> default_betas(const Graph &graph) {
  std::vector<double> reach(graph.vertices, 0.0);
  std::vector<double> least(graph.vertices, INFINITY);
  for (size_t edge = 0; edge < graph.weights.size(); edge += 1) {
    const double size = std::abs(graph.weights[edge]);
    for (int vertex : {graph.firsts[edge], graph.seconds[edge]}) {
      reach[vertex] += size;
      least[vertex] = std::min(least[vertex], size);
    }
  }
  const double smallest = *std::min_element(least.begin(), least.end());
  const double count = std::count(least.begin(), least.end(), smallest);
  const double hot = std::log(2) / (2 * *std::max_element(reach.begin(), reach.end()));
  const double cold = std::log(count / 0.01) / (2 * smallest);
  std::vector<double> betas;
  for (int step = 0; step < 1000; step += 1) betas.push_back(hot * std::pow(cold / hot, step / 999.0));
  return betas;
}

int main(int argc, char *argv[]) {
  Graph graph;
  if (argc < 5 || !read_graph(argv[2], graph)) return 2;
  const double begin = cpu_ms();
  if (std::strcmp(argv[1], "default") == 0) {
    const double end = begin + 1e3 * atof(argv[3]);
    const auto betas = default_betas(graph);
    std::mt19937_64 random(atol(argv[4]));
    double best = -INFINITY;
    while (cpu_ms() < end) {
      const auto cuts = anneal(graph, betas, 1, READS, end, random);
      best = std::max(best, *std::max_element(cuts.begin(), cuts.end()));
    }
    printf("%f\n%.0f\n", cpu_ms() - begin, best);
    return 0;
  }
  if (std::strcmp(argv[1], "linear") != 0 || argc != 9) return 2;
  const double hot = atof(argv[3]), cold = atof(argv[4]);
  const int steps = atoi(argv[5]), sweeps = atoi(argv[6]), reads = atoi(argv[7]);
  std::vector<double> betas;
  for (int step = 0; step < steps; step += 1) {
    betas.push_back(1 / (hot + (cold - hot) * step / (steps - 1)));
  }
  std::mt19937_64 random(atol(argv[8]));
  const auto cuts = anneal(graph, betas, sweeps, reads, INFINITY, random);
  printf("%f\n", cpu_ms() - begin);
  for (double cut : cuts) printf("%.0f\n", cut);
}
