#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/alike_words.hpp"
#include "graph/on_demand.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0::detail::graph {

struct SeenNodes;

/// The names of nodes for questions by likeness and by beginning: some 100 bytes a name. Of a base it has all nodes, of a delta those
/// that changed.
class NameTable {
 public:
  struct Scored {
    std::uint32_t row;
    double score;
  };
  struct Folded {
    std::string_view name;
    std::uint32_t row;
  };

  explicit NameTable(const Snapshot::Data& data);

  /// The seen nodes among whose names are the `limit` likest, each once with its best, and maybe some more; in no order. `words`:
  /// of the key of what is looked for.
  std::vector<Scored> similar(const std::vector<std::string_view>& words, std::size_t limit, const SeenNodes& is_seen) const;
  /// The seen nodes with the first `limit` folded names that begin so, each once by its first; in order of the name, then of
  /// the row.
  std::vector<Folded> beginning(std::string_view folded, std::size_t limit, const SeenNodes& is_seen) const;
  std::size_t memory_bytes() const noexcept;

 private:
  struct Bounded {
    double most;
    std::uint32_t key;
  };
  using Entries = std::vector<std::pair<std::string, std::uint32_t>>;

  void put_keys(Entries entries);
  void put_words();
  void put_folded(Entries entries);
  std::string_view key(std::uint32_t key) const noexcept { return std::string_view(keys_).substr(key_starts_[key], key_starts_[key + 1] - key_starts_[key]); }
  std::vector<Bounded> bounds(const std::vector<std::string_view>& words) const;

  // Different keys, sorted, one after the other; of each: the sum of its words' weights, and the nodes that have it.
  std::string keys_;
  std::vector<std::uint32_t> key_starts_{0};
  std::vector<float> weights_;
  std::vector<std::uint32_t> row_starts_{0}, rows_;
  // Words, and the keys they stand in.
  AlikeWords words_;
  std::vector<std::uint32_t> word_starts_, word_keys_;
  // Folded names, sorted, with their nodes.
  std::string folded_;
  std::vector<std::uint32_t> folded_starts_{0}, folded_rows_;
};

}  // namespace policygraph::inline v0::detail::graph
