#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "model/suggestion.hpp"
#include "policygraph/base/error.hpp"
#include "query/functions/function.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

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

void refuse_type(std::string_view function, std::string_view expected, const Value& found) {
  auto shown = found.to_string();
  if (shown.size() > 60) shown = shown.substr(0, 57) + "...";
  refuse(ErrorType::type_error, Trouble::invalid_argument_value,
         std::string(function) + " takes " + std::string(expected) + ", found " + std::string(kind_name(found.kind())) + " " + shown);
}

void check_size(std::size_t bytes, const FunctionScope& scope) {
  if (bytes > scope.max_bytes) {
    throw Error(ErrorCode::limit, "a value of more than " + std::to_string(scope.max_bytes) + " bytes; raise max_memory");
  }
}

}  // namespace policygraph::inline v0::detail::query
