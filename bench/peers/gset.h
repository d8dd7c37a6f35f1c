// A graph of the G-set as an Ising problem: the energy is the sum of w s_i s_j, and (sum of w -
// energy) / 2 is the cut.
#pragma once
#include <cstdio>
#include <vector>

struct Graph {
  int vertices = 0;
  std::vector<int> firsts, seconds, weights;
  long total = 0;
};

inline bool read_graph(const char *path, Graph &graph) {
  FILE *file = fopen(path, "r");
  if (!file) return false;
  int edges = 0;
  bool whole = fscanf(file, "%d %d", &graph.vertices, &edges) == 2;
  for (int edge = 0; edge < edges && whole; edge += 1) {
    int first, second, weight;
    whole = fscanf(file, "%d %d %d", &first, &second, &weight) == 3;
    graph.firsts.push_back(first - 1);
    graph.seconds.push_back(second - 1);
    graph.weights.push_back(weight);
    graph.total += weight;
  }
  fclose(file);
  return whole;
}
