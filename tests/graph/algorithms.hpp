#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "policygraph/graph/graph.hpp"
#include "policygraph/graph/views.hpp"

namespace policygraph::testing {

// A graph of tests/graph/algorithms.txt and what NetworkX and igraph say of it (algorithms.py).
struct Told {
  struct Edge {
    std::uint32_t from, to;
    double weight;
  };
  std::string name;
  std::uint32_t nodes = 0;
  std::vector<Edge> edges;
  std::map<std::string, std::vector<double>> answers;
  std::vector<std::pair<std::vector<double>, bool>> others;  // ends of edges; whether it is the same graph

  const std::vector<double>& answer(const std::string& question) const { return answers.at(question); }
  bool has(const std::string& question) const { return answers.contains(question); }
};

inline std::vector<double> read_numbers(std::istream& words) {
  std::vector<double> numbers;
  for (std::string word; words >> word;)
    numbers.push_back(word == "inf" ? std::numeric_limits<double>::infinity() : std::stod(word));
  return numbers;
}

inline std::vector<Told> read_told() {
  std::ifstream file("tests/graph/algorithms.txt");
  if (!file) throw std::runtime_error("tests/graph/algorithms.txt cannot be read");
  std::vector<Told> all;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string what;
    words >> what;
    if (what == "graph") {
      words >> all.emplace_back().name >> all.back().nodes;
    } else if (what == "edge") {
      Told::Edge edge{};
      words >> edge.from >> edge.to >> edge.weight;
      all.back().edges.push_back(edge);
    } else if (what == "other") {
      all.back().others.emplace_back(read_numbers(words), false);
    } else if (what == "is_isomorphic") {
      all.back().others.back().second = read_numbers(words).at(0) != 0;
    } else if (what != "end") {
      all.back().answers[what] = read_numbers(words);
    }
  }
  return all;
}

// The graph as a snapshot, and the row of each of its nodes.
struct Made {
  Snapshot snapshot;
  std::vector<NodeRow> row;
  std::vector<EdgeRow> edge;
};

enum class Form { plain, masked, turned };

// Plain; or with other nodes and edges in between that views then hide; or with every edge the other way round.
inline Made make(const Told& told, Form form) {
  auto graph = open_in_memory(Schema::open());
  auto transaction = graph.begin();
  std::vector<NodeKey> nodes, noise;
  std::vector<EdgeKey> edges;
  const bool is_masked = form == Form::masked;
  for (std::uint32_t i = 0; i < told.nodes; ++i) {
    if (is_masked && i % 2 == 0) noise.push_back(transaction.create_node({"Noise"}));
    nodes.push_back(transaction.create_node({is_masked && i % 3 == 0 ? "Other" : "Node"}));
    if (is_masked) noise.push_back(transaction.create_node({"Node", "Noise"}));
  }
  for (std::size_t i = 0; i < told.edges.size(); ++i) {
    const auto& edge = told.edges[i];
    const auto from = nodes[form == Form::turned ? edge.to : edge.from];
    const auto to = nodes[form == Form::turned ? edge.from : edge.to];
    edges.push_back(transaction.create_edge(from, i % 3 == 0 ? "A" : "B", to, {{"weight", edge.weight}}));
    if (!is_masked) continue;
    transaction.create_edge(from, "Noise", to, {{"weight", 0.125}});
    transaction.create_edge(to, "A", noise[i % noise.size()], {{"weight", 0.125}});
    transaction.create_edge(noise[(i * 7) % noise.size()], "B", from, {{"weight", 0.125}});
  }
  transaction.commit();
  Made made{graph.snapshot(), {}, {}};
  for (const auto key : nodes) made.row.push_back(*made.snapshot.find(key));
  for (const auto key : edges) made.edge.push_back(*made.snapshot.find(key));
  if (!is_masked) return made;
  const auto noisy = made.snapshot.label("Noise");
  made.snapshot = where(with_types(made.snapshot, {"A", "B"}),
                        [&, whole = made.snapshot](NodeRow row) { return !noisy || !whole.has_label(row, *noisy); });
  return made;
}

// A table by row, in the order of the graph's own nodes.
template <class Table>
std::vector<double> by_node(const Made& made, const Table& of_row) {
  std::vector<double> values;
  for (const auto row : made.row) values.push_back(static_cast<double>(of_row[row.value]));
  return values;
}

// Numbers of parts given anew, in order of the first node of each.
inline std::vector<double> renumbered(const std::vector<double>& parts) {
  std::map<double, double> numbers;
  std::vector<double> result;
  for (const auto part : parts) result.push_back(numbers.try_emplace(part, static_cast<double>(numbers.size())).first->second);
  return result;
}

inline bool is_near(const std::vector<double>& a, const std::vector<double>& b, double bound = 1e-9) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](double x, double y) { return x == y || std::abs(x - y) <= bound; });
}

}  // namespace policygraph::testing
