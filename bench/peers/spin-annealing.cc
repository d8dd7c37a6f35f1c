// Our own annealing of 16 replicas in the lanes of a vector, in C++: the same algorithm as the
// project's kernel for couplings of +-1 and fields below 128, to see what WebAssembly costs.
//
// `linear FILE HOT COLD STEPS SWEEPS ROUNDS SEED`: as dwave-annealing.cc; each round is 16 reads.
//
// g++ -O3 -march=native -std=c++17 spin-annealing.cc -o spin-annealing
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>

#include "cpu-clock.h"
#include "gset.h"

typedef int8_t Lanes __attribute__((vector_size(16)));
typedef int64_t Halves __attribute__((vector_size(16)));
static const int LANES = 16, TABLE = 1 << 15, BLOCK = 512;

struct Replicas {
  std::vector<Lanes> spins, fields;
  std::vector<uint32_t> starts, middles, neighbours;
  std::vector<float> logarithms;
  std::vector<int8_t> table;
  uint32_t random;
};

static void fill(Replicas &r, double temperature) {
  const float factor = temperature / 2;
  for (int i = 0; i < TABLE; i += 1) {
    r.table[i] = (int8_t)std::max(-128, (int)(r.logarithms[i] * factor));
  }
  std::copy(r.table.begin(), r.table.begin() + BLOCK, r.table.begin() + TABLE);
}

static void sweep(Replicas &r) {
  const size_t count = r.spins.size();
  Lanes *const fields = r.fields.data();
  const uint32_t *const neighbours = r.neighbours.data();
  uint32_t random = r.random;
  const int8_t *cut = nullptr;
  for (size_t i = 0; i < count; i += 1) {
    if (i % (BLOCK / LANES) == 0) {
      random ^= random << 13;
      random ^= random >> 17;
      random ^= random << 5;
      cut = &r.table[random & (TABLE - 1)];
    }
    Lanes threshold;
    std::memcpy(&threshold, cut, LANES);
    cut += LANES;
    const Lanes spin = r.spins[i];
    const Lanes flipped = ((fields[i] ^ spin) - spin) >= threshold;
    const Halves any = (Halves)flipped;
    if ((any[0] | any[1]) == 0) continue;
    r.spins[i] = spin ^ flipped;
    Lanes step = (spin | 1) & flipped;
    step += step;
    uint32_t entry = r.starts[i];
    for (; entry < r.middles[i]; entry += 1) fields[neighbours[entry]] -= step;
    for (; entry < r.starts[i + 1]; entry += 1) fields[neighbours[entry]] += step;
  }
  r.random = random;
}

// Whether every field fits into a byte.
static bool is_narrow(const Graph &graph) {
  std::vector<int> reach(graph.vertices, 0);
  for (size_t edge = 0; edge < graph.weights.size(); edge += 1) {
    if (std::abs(graph.weights[edge]) != 1) return false;
    reach[graph.firsts[edge]] += 1;
    reach[graph.seconds[edge]] += 1;
  }
  return *std::max_element(reach.begin(), reach.end()) < 128;
}

static void lay_out(Replicas &r, const Graph &graph, std::mt19937_64 &random) {
  const int count = graph.vertices;
  std::vector<std::vector<uint32_t>> up(count), down(count);
  for (size_t edge = 0; edge < graph.weights.size(); edge += 1) {
    auto &lists = graph.weights[edge] > 0 ? up : down;
    lists[graph.firsts[edge]].push_back(graph.seconds[edge]);
    lists[graph.seconds[edge]].push_back(graph.firsts[edge]);
  }
  for (int i = 0; i < count; i += 1) {
    r.starts.push_back(r.neighbours.size());
    r.neighbours.insert(r.neighbours.end(), up[i].begin(), up[i].end());
    r.middles.push_back(r.neighbours.size());
    r.neighbours.insert(r.neighbours.end(), down[i].begin(), down[i].end());
  }
  r.starts.push_back(r.neighbours.size());
  for (int i = 0; i < TABLE; i += 1) r.logarithms.push_back(std::log((i + 0.5) / TABLE));
  std::shuffle(r.logarithms.begin(), r.logarithms.end(), random);
  r.table.resize(TABLE + BLOCK);
  r.random = random() | 1;
}

static void scatter(Replicas &r, const Graph &graph, std::mt19937_64 &random) {
  r.spins.assign(graph.vertices, Lanes{});
  r.fields.assign(graph.vertices, Lanes{});
  for (auto &spin : r.spins) {
    for (int lane = 0; lane < LANES; lane += 1) spin[lane] = random() & 1 ? -1 : 0;
  }
  for (size_t edge = 0; edge < graph.weights.size(); edge += 1) {
    const int8_t weight = graph.weights[edge];
    const int first = graph.firsts[edge], second = graph.seconds[edge];
    r.fields[first] += weight * (r.spins[second] | 1);
    r.fields[second] += weight * (r.spins[first] | 1);
  }
}

int main(int argc, char *argv[]) {
  Graph graph;
  if (argc != 9 || std::strcmp(argv[1], "linear") != 0 || !read_graph(argv[2], graph)) return 2;
  if (!is_narrow(graph)) return 3;
  const double hot = atof(argv[3]), cold = atof(argv[4]);
  const int steps = atoi(argv[5]), sweeps = atoi(argv[6]), rounds = atoi(argv[7]);
  std::mt19937_64 random(atol(argv[8]));
  Replicas r;
  lay_out(r, graph, random);
  std::vector<long> cuts;
  double ms = 0;
  for (int round = 0; round < rounds; round += 1) {
    const double begin = cpu_ms();
    scatter(r, graph, random);
    for (int step = 0; step < steps; step += 1) {
      fill(r, hot + (cold - hot) * step / (steps - 1));
      for (int count = 0; count < sweeps; count += 1) sweep(r);
    }
    ms += cpu_ms() - begin;
    for (int lane = 0; lane < LANES; lane += 1) {
      long doubled = 0;
      for (int i = 0; i < graph.vertices; i += 1) doubled += r.fields[i][lane] * (r.spins[i][lane] | 1);
      cuts.push_back((graph.total - doubled / 2) / 2);
    }
  }
  printf("%f\n", ms);
  for (long cut : cuts) printf("%ld\n", cut);
}
