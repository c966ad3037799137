#include <string>
#include <utility>

#include "graph/distinct_rows.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

// What the schema calls unique: looked at when a transaction ends, for the nodes that it touched.
namespace policygraph::inline v0 {
namespace {

using detail::graph::distinct_rows;
using detail::graph::kNone;

struct UniqueRule {
  std::string label;  // the one that has the property; those below it count too
  std::string property;
};

std::vector<UniqueRule> unique_rules(const Schema& schema) {
  std::vector<UniqueRule> rules;
  for (const auto& label : schema.labels()) {
    for (const auto& property : label.properties)
      if (property.is_unique) rules.push_back({label.name, property.name});
  }
  return rules;
}

std::string shown(const Snapshot& snapshot, NodeRow row) {
  const auto names = snapshot.label_names(row);
  return std::string(names.empty() ? "node" : names.back()) + " " + std::to_string(snapshot.key(row).value) + " ('" +
         snapshot.caption(row) + "')";
}

[[noreturn]] void refuse(const Snapshot& snapshot, NodeRow row, NodeRow other, const UniqueRule& rule) {
  throw Error(ErrorCode::conflict, shown(snapshot, row) + " and " + shown(snapshot, other) + " both have " +
                                       rule.property + " " + snapshot.value(row, rule.property).to_string() + "; '" +
                                       rule.property + "' is unique among " + rule.label +
                                       ": change one of them, or merge the two");
}

void check(const Snapshot& snapshot, NodeRow row, const UniqueRule& rule) {
  const auto label = snapshot.label(rule.label);
  if (!label || !snapshot.has_label(row, *label)) return;
  const auto value = snapshot.value(row, rule.property);
  if (value.is_null()) return;
  for (const auto other : snapshot.find_nodes(*snapshot.property(rule.property), value))
    if (other != row && snapshot.has_label(other, *label)) refuse(snapshot, row, other, rule);
}

}  // namespace

void Transaction::State::check_unique() const {
  const auto rules = unique_rules(graph->schema);
  if (rules.empty()) return;
  std::vector<std::uint32_t> rows;
  const auto touch = [&](NodeKey key) {
    if (const auto row = base->row_of(key); row != kNone) rows.push_back(row);
  };
  for (const auto& part : parts) {
    for (std::uint32_t place = 0; place < part->claims->size(); ++place) touch((*part->claims)[place].subject());
    for (const auto& judgement : *part->judgements) touch(judgement.a), touch(judgement.b);
    for (const auto id : part->withdrawn) touch(assertion(id).subject());
    for (const auto id : part->withdrawn_judgements) {
      const auto* judgement = base->history.judgement(id);
      if (judgement != nullptr) touch(judgement->a), touch(judgement->b);
    }
  }
  for (const auto key : changed_nodes) touch(key);
  const Snapshot snapshot(base);
  for (const auto row : distinct_rows(std::move(rows), base->node_limit)) {
    for (const auto& rule : rules) check(snapshot, NodeRow{row}, rule);
  }
}

}  // namespace policygraph::inline v0
