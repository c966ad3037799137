#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "model/suggestion.hpp"
#include "policygraph/base/error.hpp"
#include "query/functions/function.hpp"
#include "query/run/value_bytes.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMostShown = 4'096;  // bytes of a value whose text is made to show its beginning

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

using Registry = std::map<std::string, const Function*, std::less<>>;

const Registry& registry() {
  static const Registry all = [] {
    Registry out;
    for (const auto subject : {string_functions(), numeric_functions(), list_functions(), graph_functions(), temporal_functions(),
                               truncate_functions(), duration_functions(), partial_date_functions(), decimal_functions(),
                               conversion_functions()}) {
      for (const auto& function : subject) out.emplace(lower(function.name), &function);
    }
    return out;
  }();
  return all;
}

constexpr AggregateFunction kAggregates[] = {
    {"count", Aggregate::count, 1, Type::integer},
    {"sum", Aggregate::sum, 1, Type::any},
    {"avg", Aggregate::average, 1, Type::any},
    {"min", Aggregate::least, 1, Type::any},
    {"max", Aggregate::greatest, 1, Type::any},
    {"collect", Aggregate::collect, 1, Type::list},
    {"stdev", Aggregate::deviation, 1, Type::floating},
    {"stdevp", Aggregate::population_deviation, 1, Type::floating},
    {"percentiledisc", Aggregate::percentile, 2, Type::any},
    {"percentilecont", Aggregate::percentile_between, 2, Type::floating},
};

}  // namespace

const Function* find_function(std::string_view name) {
  const auto found = registry().find(lower(name));
  return found == registry().end() ? nullptr : found->second;
}

std::string suggest_function(std::string_view name) {
  if (auto known = elsewhere(name); !known.empty()) return known;
  std::vector<std::string_view> names;
  for (const auto& [key, function] : registry()) names.push_back(function->name);
  for (const auto& aggregate : kAggregates) names.push_back(aggregate.name);
  return model::did_you_mean(name, names);
}

const AggregateFunction* find_aggregate(std::string_view name) {
  const auto wanted = lower(name);
  for (const auto& aggregate : kAggregates) {
    if (aggregate.name == wanted) return &aggregate;
  }
  return nullptr;
}

std::string_view type_text(Type type) noexcept {
  static constexpr std::array<std::string_view, 13> kTexts = {"value", "Boolean", "Integer", "Float", "Decimal", "number", "String",
                                                              "List",  "Map",     "Node",    "Relationship", "Path", "temporal value"};
  return kTexts[static_cast<std::size_t>(type)];
}

void refuse(ErrorType type, Trouble detail, std::string text) {
  throw ValueTrouble{type, detail, std::move(text)};
}

std::string a_kind(const Value& value) {
  const auto name = kind_name(value.kind());
  return (std::string_view("AEIOU").find(name.front()) == std::string_view::npos ? "a " : "an ") + std::string(name);
}

void refuse_type(std::string_view function, std::string_view expected, const Value& found) {
  refuse(ErrorType::type_error, Trouble::invalid_argument_value,
         std::string(function) + " takes " + std::string(expected) + ", found " + std::string(kind_name(found.kind())) + " " + excerpt(found));
}

namespace {

// Cut before a code point.
std::string cut(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  auto end = most - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

std::string excerpt(const Value& value) {
  constexpr std::size_t kMost = 60;
  if (value.kind() == ValueKind::string && value.as_string().size() > kMost) return "'" + cut(value.as_string().substr(0, kMost + 1), kMost) + "'";
  if (value_bytes(value, kMostShown) <= kMostShown) return cut(value.to_string(), kMost);
  if (value.kind() == ValueKind::list) return "a list of " + std::to_string(value.as_list().size()) + " items";
  if (value.kind() == ValueKind::map) return "a map of " + std::to_string(value.as_map().size()) + " entries";
  return "a path of " + std::to_string(value.as_path().edges.size()) + " relationships";
}

}  // namespace policygraph::inline v0::detail::query
