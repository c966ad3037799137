#pragma once

#include <optional>
#include <unordered_map>

#include "query/run/evaluator.hpp"

namespace policygraph::inline v0::detail::query {

// What WHERE asks of every node and every relationship of a path, and of its length, asked while the path is still sought: what fails
// it leads nowhere. What cannot be worked out here is let through; the filter behind asks it again.
class PathTests {
 public:
  PathTests(Execution& execution, const Step& step);

  void begin(const Batch& batch, std::uint32_t row);
  // Whether all are admitted.
  bool is_empty() const { return !has_node_tests_ && !has_edge_tests_; }
  bool admits(NodeRow node);
  bool admits(EdgeRow edge);

  struct Lengths {
    std::uint32_t least = 0;
    std::uint32_t most = 0;
    bool is_sure = true;  // nothing but these bounds is asked of the length
  };
  // None where no length will do.
  std::optional<Lengths> lengths();

 private:
  using Known = std::unordered_map<std::uint32_t, bool>;
  bool holds(bool is_of_nodes, const Value& item);
  bool narrow(const LengthBound& bound, std::int64_t wanted, Lengths& out) const;
  bool reads_row() const;

  Execution& execution_;
  const Step& step_;
  Evaluator evaluator_;
  const Batch* batch_ = nullptr;
  std::uint32_t row_ = 0;
  bool has_node_tests_ = false, has_edge_tests_ = false, reads_row_ = false;
  std::size_t moves_ = 0;
  Known nodes_, edges_;
};

}  // namespace policygraph::inline v0::detail::query
