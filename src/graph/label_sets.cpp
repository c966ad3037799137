#include "graph/label_sets.hpp"

#include <algorithm>
#include <utility>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr std::size_t kMaxLabels = 256;  // sets are compared name by name

std::uint64_t pair_of(std::uint32_t a, std::uint32_t b) noexcept { return (std::uint64_t{a} << 32) | b; }

}  // namespace

LabelSets::LabelSets(Schema schema) : schema_(std::move(schema)) { number({}); }

const LabelSets::Chain& LabelSets::chain(std::string_view label) {
  const auto found = chains_.find(label);
  if (found != chains_.end()) return found->second;
  const auto next = static_cast<std::uint32_t>(chains_.size());
  return chains_.emplace(label, Chain{next, schema_.chain(label)}).first->second;
}

std::uint32_t LabelSets::number(std::vector<std::string> names) {
  if (names.size() > kMaxLabels) {
    throw Error(ErrorCode::limit, "a node of " + std::to_string(names.size()) + " labels; it may have " + std::to_string(kMaxLabels));
  }
  const auto [place, is_new] = numbers_.try_emplace(std::move(names), static_cast<std::uint32_t>(sets_.size()));
  if (is_new) sets_.push_back(place->first);
  return place->second;
}

std::vector<std::string> LabelSets::joined(const std::vector<std::string>& names,
                                           const std::vector<std::string>& more) {
  std::vector<std::pair<std::size_t, std::string>> all;
  for (const auto* list : {&names, &more}) {
    for (const auto& name : *list) all.emplace_back(chain(name).labels.size(), name);
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  std::vector<std::string> result;
  for (auto& [depth, name] : all) result.push_back(std::move(name));
  return result;
}

std::uint32_t LabelSets::with(std::uint32_t set, std::string_view label) {
  if (label.empty()) return set;
  const auto& added = chain(label);
  const auto memo = with_.find(pair_of(set, added.number));
  if (memo != with_.end()) return memo->second;
  const auto& names = sets_[set];
  const bool has_all = std::ranges::all_of(added.labels, [&](const auto& name) { return std::ranges::find(names, name) != names.end(); });
  const auto result = has_all ? set : number(joined(names, added.labels));
  with_.emplace(pair_of(set, added.number), result);
  return result;
}

std::uint32_t LabelSets::united(std::uint32_t a, std::uint32_t b) {
  if (a == b || b == kEmpty) return a;
  if (a == kEmpty) return b;
  const auto memo = united_.find(pair_of(a, b));
  if (memo != united_.end()) return memo->second;
  const auto result = number(joined(sets_[a], sets_[b]));
  united_.emplace(pair_of(a, b), result);
  return result;
}

}  // namespace policygraph::inline v0::detail::graph
