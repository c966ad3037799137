#include <optional>
#include <string>
#include <utility>

#include "graph/distinct_rows.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::distinct_rows;
using detail::graph::kNone;
using detail::graph::LabelSets;

std::string numbered(const char* what, std::uint64_t id) { return std::string(what) + " " + std::to_string(id); }

std::string described(const Snapshot& snapshot, NodeRow row) {
  const auto names = snapshot.label_names(row);
  const auto label = names.empty() ? std::string("node") : std::string(names.back());
  const auto caption = snapshot.caption(row);
  const auto key = std::to_string(snapshot.key(row).value);
  return label + " " + key + (caption == "node " + key ? "" : " ('" + caption + "')");
}

// A property that a label or a type wants, and where its values stand; null: no row has one.
struct Required {
  std::string_view property;
  const Column* column;

  bool is_missing(std::uint32_t row) const noexcept { return column == nullptr || !column->has(row); }
};

// Of each label set or each type, read when it first comes up.
class RequiredLists {
 public:
  template <class Read>
  const std::vector<Required>& of(std::size_t number, Read read) {
    if (lists_.size() <= number) lists_.resize(number + 1);
    if (!lists_[number]) lists_[number] = read();
    return *lists_[number];
  }

 private:
  std::vector<std::optional<std::vector<Required>>> lists_;
};

template <class Columns>
void add_required(std::vector<Required>& all, const Snapshot& snapshot, const Columns& columns,
                  const std::vector<PropertyRule>& rules) {
  for (const auto& rule : rules) {
    if (!rule.is_required) continue;
    const auto number = snapshot.property(rule.name);
    all.push_back({rule.name, number ? columns[static_cast<std::size_t>(*number)].get() : nullptr});
  }
}

std::vector<Required> required_of_set(const Snapshot& snapshot, std::uint32_t row) {
  const auto& data = snapshot.data();
  std::vector<Required> required;
  for (const auto name : data.labels_of(row).names) {
    if (const auto* rule = data.schema.label(name))
      add_required(required, snapshot, data.node_columns, rule->properties);
  }
  return required;
}

std::vector<Required> required_of_type(const Snapshot& snapshot, EdgeType type) {
  const auto& data = snapshot.data();
  std::vector<Required> required;
  const auto* rule = data.schema.relation(snapshot.name(type));
  if (rule != nullptr) add_required(required, snapshot, data.edge_columns, rule->properties);
  return required;
}

void add_row(std::vector<std::uint32_t>& rows, std::uint32_t row) {
  if (row != kNone && (rows.empty() || rows.back() != row)) rows.push_back(row);
}

void check_node(const Snapshot& snapshot, std::uint32_t row, RequiredLists& lists) {
  for (const auto& required : lists.of(snapshot.data().set_of(row), [&] { return required_of_set(snapshot, row); })) {
    if (!required.is_missing(row)) continue;
    throw Error(ErrorCode::schema, described(snapshot, NodeRow{row}) + " lacks the required property '" +
                                       std::string(required.property) + "'");
  }
}

void check_edge(const Snapshot& snapshot, std::uint32_t row, RequiredLists& lists) {
  const auto type = snapshot.type(EdgeRow{row});
  for (const auto& required :
       lists.of(static_cast<std::size_t>(type), [&] { return required_of_type(snapshot, type); })) {
    if (!required.is_missing(row)) continue;
    throw Error(ErrorCode::schema, "edge " + std::to_string(snapshot.key(EdgeRow{row}).value) + " (" +
                                       std::string(snapshot.name(type)) + ") lacks the required property '" +
                                       std::string(required.property) + "'");
  }
}

}  // namespace

void Transaction::State::check_evidence(EvidenceId id) const {
  if (id == last_rested_on && id) return;
  const auto where = document_of(id);
  if (!where) throw Error(ErrorCode::not_found, "there is no " + numbered("evidence", id.value));
  if (id.value <= tail_first.evidence && tail_gone.contains(where)) {
    throw Error(ErrorCode::conflict, numbered("evidence", id.value) + " is of a text that was replaced");
  }
}

std::uint32_t Transaction::State::set_of(NodeKey key) {
  const auto first_new = begun->history.counters().node;
  if (key.value > first_new) return set_of_new[key.value - first_new - 1];
  const auto known = set_of_old.find(key);
  if (known != set_of_old.end()) return known->second;
  auto set = sets.with(LabelSets::kEmpty, mention(key)->type());
  const auto row = begun->row_of(key);
  if (row != kNone) {
    for (const auto name : begun->labels_of(row).names) set = sets.with(set, name);
  }
  return set_of_old[key] = set;
}

detail::model::KnownRules& Transaction::State::rules_of(std::uint32_t set) {
  if (rules_of_set.size() <= set) rules_of_set.resize(set + std::size_t{1});
  auto& rules = rules_of_set[set];
  if (!rules) rules.emplace(graph->schema, sets.names(set));
  return *rules;
}

void Transaction::State::put_set(NodeKey key, std::uint32_t set) {
  const auto first_new = begun->history.counters().node;
  if (key.value > first_new)
    set_of_new[key.value - first_new - 1] = set;
  else
    set_of_old[key] = set;
}

void Transaction::State::check_relation(std::string_view type, std::uint32_t from_set, std::uint32_t to_set) {
  if (graph->schema.is_open()) return;
  auto place = type_numbers.find(type);
  if (place == type_numbers.end())
    place = type_numbers.emplace(type, static_cast<std::uint32_t>(type_numbers.size())).first;
  constexpr std::uint32_t kMostPacked = 1U << 20;
  const bool can_pack = from_set < kMostPacked && to_set < kMostPacked;
  const auto packed = (std::uint64_t{place->second} << 40) | (std::uint64_t{from_set} << 20) | to_set;
  if (can_pack && allowed.contains(packed)) return;
  graph->schema.check_relation(type, sets.names(from_set), sets.names(to_set));
  if (can_pack) allowed.insert(packed);
}

void Transaction::State::check_claim(Assertion& claim) {
  const auto& schema = graph->schema;
  if (claim.evidence.empty()) throw Error(ErrorCode::invalid_argument, "an assertion needs evidence");
  for (const auto id : claim.evidence) check_evidence(id);
  const auto require_mention = [&](NodeKey key) {
    if (!mention(key)) throw Error(ErrorCode::not_found, numbered("node", key.value) + " does not exist");
  };
  if (claim.attributed_to) require_mention(claim.attributed_to);
  if (claim.kind != ClaimKind::edge_property) require_mention(claim.subject);
  if (claim.kind == ClaimKind::edge) require_mention(claim.object);
  const bool is_value = claim.kind == ClaimKind::property || claim.kind == ClaimKind::edge_property;
  if (is_value && claim.value.is_null()) {
    throw Error(ErrorCode::invalid_argument,
                "a claim that '" + claim.name + "' is null; withdraw or reject the claims of its value instead");
  }
  if (claim.kind != ClaimKind::node && claim.name.empty())
    throw Error(ErrorCode::invalid_argument, "a claim about a property or an edge names it");
  if (!was_given(claim.edge) ||
      (!claim.edge && (claim.kind == ClaimKind::edge || claim.kind == ClaimKind::edge_property))) {
    throw Error(ErrorCode::not_found,
                numbered("edge", claim.edge.value) + " does not exist; `new_edge_key` gives keys");
  }
  switch (claim.kind) {
    case ClaimKind::node:
      if (!claim.name.empty())
        schema.check_label(claim.name);
      else if (!schema.is_open() && claim.review != Review::rejected)
        throw Error(ErrorCode::schema, "a node needs a label");
      break;
    case ClaimKind::property: {
      auto& rules = rules_of(set_of(claim.subject));
      if (rules.labels().empty() && !schema.is_open()) {
        throw Error(ErrorCode::schema,
                    numbered("node", claim.subject.value) + " has no label yet, so no property '" + claim.name + "'");
      }
      rules.check(claim.name, claim.value);
      break;
    }
    case ClaimKind::edge: {
      if (const auto stated = type_of(claim.edge); !stated.empty() && stated != claim.name) {
        throw Error(ErrorCode::conflict, numbered("edge", claim.edge.value) + " is of type '" + std::string(stated) +
                                             "', not '" + claim.name + "'");
      }
      if (!schema.is_open()) check_relation(claim.name, set_of(claim.subject), set_of(claim.object));
      break;
    }
    case ClaimKind::edge_property: {
      const auto type = type_of(claim.edge);
      if (type.empty())
        throw Error(ErrorCode::not_found,
                    numbered("edge", claim.edge.value) + " does not exist; claim it before its properties");
      claim.value = schema.coerced_relation(type, claim.name, std::move(claim.value));
      schema.check_relation_property(type, claim.name, claim.value);
      break;
    }
  }
}

bool Transaction::State::was_given(EdgeKey key) const noexcept {
  if (key.value > next.edge) return false;
  return key.value <= tail_first.edge || edge_claim[key.value - tail_first.edge - 1] != kUngiven;
}

std::string_view Transaction::State::type_of(EdgeKey key) const noexcept {
  if (key.value > tail_first.edge) {
    const auto claim = edge_claim[key.value - tail_first.edge - 1];
    return claim >= kUnclaimed ? std::string_view() : (*tail.claims)[claim].name();
  }
  const auto row = base->row_of(key);
  return row == kNone ? std::string_view() : std::string_view(base->edge_types[base->topology.type(row)]);
}

void Transaction::State::check_required() const {
  if (graph->schema.is_open()) return;
  const Snapshot snapshot(base);
  std::vector<std::uint32_t> nodes;
  std::vector<std::uint32_t> edges;
  for (const auto& part : parts) {
    NodeKey last;  // claims about one thing come together
    for (std::uint32_t place = 0, end = part->claims->size(); place < end; ++place) {
      const auto claim = (*part->claims)[place];
      if (const auto subject = claim.subject(); subject != last) add_row(nodes, base->row_of(last = subject));
      if (!claim.is_of_node()) add_row(edges, base->row_of(claim.edge()));
    }
  }
  for (const auto key : changed_nodes) add_row(nodes, base->row_of(key));
  RequiredLists of_nodes;
  RequiredLists of_edges;
  for (const auto row : distinct_rows(std::move(nodes), base->node_limit)) check_node(snapshot, row, of_nodes);
  for (const auto row : distinct_rows(std::move(edges), base->topology.edge_limit()))
    check_edge(snapshot, row, of_edges);
}

}  // namespace policygraph::inline v0
