#include "side_effects.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "kit_value.hpp"

namespace policygraph::testing {
namespace {

template <class Row>
void observe_properties(Row row, std::uint64_t key, const Snapshot& snapshot, Observation& out) {
  for (const auto property : snapshot.properties(row)) {
    out.properties.emplace(std::is_same_v<Row, EdgeRow>, key, snapshot.name(property),
                           canonical(snapshot.value(row, property), snapshot, false));
  }
}

template <class Set>
std::size_t missing(const Set& from, const Set& in) {
  std::vector<typename Set::value_type> out;
  std::set_difference(from.begin(), from.end(), in.begin(), in.end(), std::back_inserter(out));
  return out.size();
}

}  // namespace

Observation observe(const Snapshot& snapshot) {
  Observation out;
  for (const auto row : snapshot.nodes()) {
    out.nodes.insert(snapshot.key(row));
    for (const auto label : snapshot.label_names(row)) out.labels.emplace(label);
    observe_properties(row, snapshot.key(row).value, snapshot, out);
  }
  for (const auto row : snapshot.edges()) {
    out.edges.insert(snapshot.key(row));
    observe_properties(row, snapshot.key(row).value, snapshot, out);
  }
  return out;
}

SideEffects side_effects(const Observation& before, const Observation& after) {
  SideEffects out;
  const auto compare = [&out](const std::string& name, const auto& old_ones, const auto& new_ones) {
    if (const auto come = missing(new_ones, old_ones); come > 0) out["+" + name] = come;
    if (const auto gone = missing(old_ones, new_ones); gone > 0) out["-" + name] = gone;
  };
  compare("nodes", before.nodes, after.nodes);
  compare("relationships", before.edges, after.edges);
  compare("labels", before.labels, after.labels);
  compare("properties", before.properties, after.properties);
  return out;
}

}  // namespace policygraph::testing
