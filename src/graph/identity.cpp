#include "graph/identity.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "graph/history.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

class Classes {
 public:
  explicit Classes(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }

  std::uint32_t find(std::uint32_t key) noexcept {
    while (parent_[key] != key) {
      parent_[key] = parent_[parent_[key]];
      key = parent_[key];
    }
    return key;
  }

  void forbid(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    if (a == b) return;  // a person joined them; a rule does not part them
    apart_[a].insert(b);
    apart_[b].insert(a);
  }

  void unite(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    if (a == b || are_apart(a, b)) return;
    // The class with more enemies stays the root, so that each enemy moves a logarithmic number of times.
    if (enemies(a) < enemies(b)) std::swap(a, b);
    parent_[b] = a;
    move_enemies(b, a);
  }

  std::vector<std::uint32_t> smallest() {
    std::vector<std::uint32_t> least(parent_.size(), kNone);
    std::vector<std::uint32_t> result(parent_.size());
    for (std::uint32_t key = 0; key < parent_.size(); ++key) {
      const auto root = find(key);
      if (least[root] == kNone) least[root] = key;
      result[key] = least[root];
    }
    return result;
  }

 private:
  std::size_t enemies(std::uint32_t root) const noexcept {
    const auto found = apart_.find(root);
    return found == apart_.end() ? 0 : found->second.size();
  }
  bool are_apart(std::uint32_t a, std::uint32_t b) const noexcept {
    const auto found = apart_.find(a);
    return found != apart_.end() && found->second.contains(b);
  }
  void move_enemies(std::uint32_t from, std::uint32_t to) {
    const auto found = apart_.find(from);
    if (found == apart_.end()) return;
    const auto moved = std::move(found->second);
    apart_.erase(found);
    for (const auto enemy : moved) {
      apart_[enemy].erase(from);
      apart_[enemy].insert(to);
      apart_[to].insert(enemy);
    }
  }

  std::vector<std::uint32_t> parent_;
  std::unordered_map<std::uint32_t, std::unordered_set<std::uint32_t>> apart_;
};

}  // namespace

bool is_rule_made(std::string_view by) noexcept { return by.starts_with("rule:"); }

std::vector<std::uint32_t> identity_classes(std::size_t size, std::span<const NumberedJudgement> judgements) {
  std::vector<NumberedJudgement> stages[2];  // by persons, by rules
  for (const auto& numbered : judgements) {
    if (numbered.a != numbered.b) stages[is_rule_made(numbered.judgement->by) ? 1 : 0].push_back(numbered);
  }
  Classes classes(size);
  for (auto& stage : stages) {
    std::ranges::sort(stage, [](const NumberedJudgement& left, const NumberedJudgement& right) {
      const auto& a = *left.judgement;
      const auto& b = *right.judgement;
      return a.score != b.score ? a.score > b.score : a.id < b.id;
    });
    for (const auto& [judgement, a, b] : stage) {
      if (judgement->kind == JudgementKind::different) classes.forbid(a, b);
    }
    for (const auto& [judgement, a, b] : stage) {
      if (judgement->kind == JudgementKind::same) classes.unite(a, b);
    }
  }
  return classes.smallest();
}

}  // namespace policygraph::inline v0::detail::graph
