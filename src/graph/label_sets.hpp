#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policygraph/model/schema.hpp"

namespace policygraph::inline v0::detail::graph {

/// Numbers the sets of labels that come up while claims are read. Each set is closed upwards: a label brings its
/// ancestors.
class LabelSets {
 public:
  static constexpr std::uint32_t kEmpty = 0;
  explicit LabelSets(Schema schema);

  /// The set with `label` and its ancestors added; `label` may be "" (nothing is added).
  std::uint32_t with(std::uint32_t set, std::string_view label);
  /// The same where labels have numbers: `number` is that of `label`, whoever gave it.
  std::uint32_t with(std::uint32_t set, std::string_view label, std::uint32_t number) {
    auto& known = recent_[(number ^ set) % recent_.size()];
    if (known.number != number || known.set != set) known = {number, set, with(set, label)};
    return known.result;
  }
  std::uint32_t united(std::uint32_t a, std::uint32_t b);
  /// Names, the most general first, then by name.
  const std::vector<std::string>& names(std::uint32_t set) const noexcept { return sets_[set]; }
  std::size_t size() const noexcept { return sets_.size(); }

 private:
  struct Chain {
    std::uint32_t number;
    std::vector<std::string> labels;
  };
  struct Recent {
    std::uint32_t number = 0xFFFFFFFFU, set = 0, result = 0;
  };
  const Chain& chain(std::string_view label);
  std::uint32_t number(std::vector<std::string> names);
  std::vector<std::string> joined(const std::vector<std::string>& names, const std::vector<std::string>& more);

  Schema schema_;
  std::map<std::string, Chain, std::less<>> chains_;
  std::deque<std::vector<std::string>> sets_;  // a deque: names that were given out stay where they are
  std::map<std::vector<std::string>, std::uint32_t> numbers_;
  std::array<Recent, 64> recent_;                            // of numbered labels
  std::unordered_map<std::uint64_t, std::uint32_t> with_;    // (set, chain) -> set
  std::unordered_map<std::uint64_t, std::uint32_t> united_;  // (set, set) -> set
};

}  // namespace policygraph::inline v0::detail::graph
