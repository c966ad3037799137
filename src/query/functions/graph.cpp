#include <algorithm>
#include <utility>

#include "policygraph/text/normalise.hpp"
#include "query/functions/function.hpp"
#include "query/functions/pieces.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

NodeRow node_of(const Value& value, std::string_view function, const FunctionScope& scope) {
  if (value.kind() != ValueKind::node) refuse_type(function, "a node", value);
  const auto row = scope.snapshot.find(value.as_node());
  if (!row) refuse(ErrorType::entity_not_found, Trouble::deleted_entity_access, "the node was deleted");
  return *row;
}

EdgeRow edge_of(const Value& value, std::string_view function, const FunctionScope& scope) {
  if (value.kind() != ValueKind::edge) refuse_type(function, "a relationship", value);
  const auto row = scope.snapshot.find(value.as_edge());
  if (!row) refuse(ErrorType::entity_not_found, Trouble::deleted_entity_access, "the relationship was deleted");
  return *row;
}

const Path& path_of(const Value& value, std::string_view function) {
  if (value.kind() != ValueKind::path) refuse_type(function, "a path", value);
  return value.as_path();
}

// The key: assigned once and never reused.
Value id(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::node) return Value(static_cast<std::int64_t>(a[0].as_node().value));
  if (a[0].kind() == ValueKind::edge) return Value(static_cast<std::int64_t>(a[0].as_edge().value));
  refuse_type("id", "a node or a relationship", a[0]);
}

Value labels(std::span<const Value> a, const FunctionScope& scope) {
  ValueList out;
  for (const auto name : scope.snapshot.label_names(node_of(a[0], "labels", scope))) out.emplace_back(name);
  return Value(std::move(out));
}

// A relationship that the query deleted still has its type.
Value type(std::span<const Value> a, const FunctionScope& scope) {
  if (a[0].kind() == ValueKind::edge && scope.deleted_types != nullptr) {
    if (const auto gone = scope.deleted_types->find(a[0].as_edge()); gone != scope.deleted_types->end()) return Value(gone->second);
  }
  return Value(scope.snapshot.name(scope.snapshot.type(edge_of(a[0], "type", scope))));
}

Value keys(std::span<const Value> a, const FunctionScope& scope) {
  ValueList out;
  const auto& snapshot = scope.snapshot;
  if (a[0].kind() == ValueKind::map) {
    scope.limits.check(a[0].as_map().size() * sizeof(Value));
    for (const auto& [key, value] : a[0].as_map()) {
      scope.limits.step();
      out.emplace_back(key);
    }
  } else if (a[0].kind() == ValueKind::edge) {
    for (const auto property : snapshot.properties(edge_of(a[0], "keys", scope))) out.emplace_back(snapshot.name(property));
  } else {
    for (const auto property : snapshot.properties(node_of(a[0], "keys", scope))) out.emplace_back(snapshot.name(property));
  }
  return Value(std::move(out));
}

Value properties(std::span<const Value> a, const FunctionScope& scope) {
  if (a[0].kind() == ValueKind::map) return a[0];
  const auto& snapshot = scope.snapshot;
  ValueMap out;
  const auto fill = [&](auto row) {
    for (const auto property : snapshot.properties(row)) out.emplace(snapshot.name(property), snapshot.value(row, property));
  };
  if (a[0].kind() == ValueKind::edge) {
    fill(edge_of(a[0], "properties", scope));
  } else {
    fill(node_of(a[0], "properties", scope));
  }
  return Value(std::move(out));
}

Value start_node(std::span<const Value> a, const FunctionScope& scope) {
  return Value(scope.snapshot.key(scope.snapshot.source(edge_of(a[0], "startNode", scope))));
}
Value end_node(std::span<const Value> a, const FunctionScope& scope) {
  return Value(scope.snapshot.key(scope.snapshot.target(edge_of(a[0], "endNode", scope))));
}

template <class Key>
Value keys_as_list(const std::vector<Key>& keys, Limits& limits) {
  limits.check(keys.size() * sizeof(Value));
  ValueList out;
  out.reserve(keys.size());
  for (const auto key : keys) {
    limits.step();
    out.emplace_back(key);
  }
  return Value(std::move(out));
}
Value nodes(std::span<const Value> a, const FunctionScope& scope) { return keys_as_list(path_of(a[0], "nodes").nodes, scope.limits); }
Value relationships(std::span<const Value> a, const FunctionScope& scope) {
  return keys_as_list(path_of(a[0], "relationships").edges, scope.limits);
}
Value length(std::span<const Value> a, const FunctionScope&) {
  if (a[0].kind() == ValueKind::string || a[0].kind() == ValueKind::list) refuse_type("length", "a path, and size a text or a list", a[0]);
  return Value(static_cast<std::int64_t>(path_of(a[0], "length").edges.size()));
}

// exists(n.property): whether it has a value. Patterns are predicates of their own.
Value exists(std::span<const Value> a, const FunctionScope&) { return Value(!a[0].is_null()); }

// What a node is called where one line must do.
Value caption(std::span<const Value> a, const FunctionScope& scope) {
  return Value(scope.snapshot.caption(node_of(a[0], "caption", scope)));
}

Value modality(std::span<const Value> a, const FunctionScope& scope) {
  const bool is_edge = a[0].kind() == ValueKind::edge;
  const auto found = is_edge ? scope.snapshot.modality(edge_of(a[0], "modality", scope))
                             : scope.snapshot.modality(node_of(a[0], "modality", scope));
  return found == Modality::unknown ? Value() : Value(modality_name(found));
}

Value date_or_null(const PartialDate& date) { return date.is_unknown() ? Value() : Value(date); }
Value valid_from(std::span<const Value> a, const FunctionScope& scope) {
  return date_or_null(scope.snapshot.valid_from(edge_of(a[0], "valid_from", scope)));
}
Value valid_to(std::span<const Value> a, const FunctionScope& scope) {
  return date_or_null(scope.snapshot.valid_to(edge_of(a[0], "valid_to", scope)));
}

// The other names of a node: what its mentions call it, each once, sorted.
Value names(std::span<const Value> a, const FunctionScope& scope) {
  std::vector<std::string> out;
  for (auto&& mention : scope.snapshot.mentions(node_of(a[0], "names", scope))) {
    scope.limits.step();
    if (!mention.surface.empty()) out.push_back(std::move(mention.surface));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return Value(ValueList(out.begin(), out.end()));
}

// `wanted` begins with a space.
bool has_words(std::string_view name, const std::string& wanted, Limits& limits) {
  limits.step();
  const auto folded = " " + fold_words(name, limits);
  return TextSearch(wanted, limits).find(folded, 0) != std::string::npos;
}

// name_matches(node, text): the text, folded (case, accents, apostrophes and punctuation do not count), stands in the node's name,
// title or number, or in what a document calls it, beginning at a word.
Value name_matches(std::span<const Value> a, const FunctionScope& scope) {
  const auto row = node_of(a[0], "name_matches", scope);
  if (a[1].kind() != ValueKind::string) refuse_type("name_matches", "a string", a[1]);
  const auto wanted = " " + fold_words(a[1].as_string(), scope.limits);
  if (wanted.size() == 1) return Value(false);
  for (const auto property : {"name", "title", "number", "aliases", "number_aliases"}) {
    const auto value = scope.snapshot.value(row, property);
    if (value.kind() == ValueKind::string && has_words(value.as_string(), wanted, scope.limits)) return Value(true);
    if (value.kind() != ValueKind::list) continue;
    for (const auto& item : value.as_list()) {
      if (item.kind() == ValueKind::string && has_words(item.as_string(), wanted, scope.limits)) return Value(true);
    }
  }
  for (const auto& mention : scope.snapshot.mentions(row)) {
    if (has_words(mention.surface, wanted, scope.limits)) return Value(true);
  }
  return Value(false);
}

constexpr Function kFunctions[] = {
    {"id", 1, 1, Type::integer, id},
    {"labels", 1, 1, Type::list, labels},
    {"type", 1, 1, Type::string, type},
    {"keys", 1, 1, Type::list, keys},
    {"properties", 1, 1, Type::map, properties},
    {"startNode", 1, 1, Type::node, start_node},
    {"endNode", 1, 1, Type::node, end_node},
    {"nodes", 1, 1, Type::list, nodes},
    {"relationships", 1, 1, Type::list, relationships},
    {"rels", 1, 1, Type::list, relationships},
    {"length", 1, 1, Type::integer, length},
    {"exists", 1, 1, Type::boolean, exists, true},
    {"caption", 1, 1, Type::string, caption},
    {"modality", 1, 1, Type::string, modality},
    {"valid_from", 1, 1, Type::any, valid_from},
    {"valid_to", 1, 1, Type::any, valid_to},
    {"names", 1, 1, Type::list, names},
    {"name_matches", 2, 2, Type::boolean, name_matches},
};

}  // namespace

std::span<const Function> graph_functions() { return kFunctions; }

}  // namespace policygraph::inline v0::detail::query
