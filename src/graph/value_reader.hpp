#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/column_data.hpp"
#include "graph/derivation.hpp"

namespace policygraph::inline v0::detail::graph {

/// Whether the schema gives the node of that row other names.
bool may_have_aliases(const Snapshot::Data& data, std::uint32_t row);

/// The names of nodes: of two that one reads, the other is an alias.
inline constexpr std::array<std::string_view, 2> kNamesOfNodes = {"name", "title"};
inline constexpr std::string_view kAliases = "aliases";

/// It says what a thing is like, not that there is one.
inline bool is_value(Claim claim) noexcept { return !claim.is_existence() && claim.value_kind() != ValueKind::null; }

/// What a property of one row reads as: what the claim says; or a list, put together into `made`.
struct ReadClaim {
  Claim claim;
  const Value* made = nullptr;
};
/// Requires: claims of one property of one row, one at least, in order of id.
ReadClaim read_of(const History& history, std::span<const Claim> claims, std::deque<Value>& made);

/// Reads the claims of one table (nodes or edges) row by row: what each property reads as.
class ValueReader {
 public:
  using HasAliases = std::function<bool(std::uint32_t row)>;
  /// `made` keeps the lists that are put together.
  ValueReader(const History& history, NameNumbers& names, std::deque<Value>& made, HasAliases has_aliases);

  /// Of all claims only those of these names, by number in the graph's table of strings, are read.
  void read_only(std::vector<std::uint32_t> names) { wanted_ = std::move(names); }
  /// Requires: rows come in order.
  void read_row(std::uint32_t row, std::span<const std::uint32_t> claims);
  /// By number of the name: the value that each row reads, in order of row.
  std::vector<ColumnEntries> take() { return std::move(values_); }

 private:
  using NumberedClaims = std::vector<std::pair<std::uint32_t, Claim>>;
  bool is_wanted(Claim claim) const noexcept {
    return !wanted_ || std::ranges::find(*wanted_, claim.name_number()) != wanted_->end();
  }
  void sort_row();
  const Value* read_property(std::span<const NumberedClaims::value_type> claims);
  void gather_aliases(std::uint32_t row);
  struct KeptName {
    std::string_view text;
    std::optional<std::uint32_t> number = {};  // in the graph's table of strings; empty: nothing is called so
  };
  void add_losers(ValueList& losers, const KeptName& name);
  ColumnEntries& column_of(std::string_view property);

  const History& history_;
  NameNumbers& names_;
  std::deque<Value>& made_;
  HasAliases has_aliases_;
  std::array<KeptName, 2> names_of_nodes_{{{kNamesOfNodes[0]}, {kNamesOfNodes[1]}}};
  std::optional<std::vector<std::uint32_t>> wanted_;  // empty: all
  std::vector<ColumnEntries> values_;
  NumberedClaims row_;
  std::vector<Claim> competing_;  // those of one property
};

}  // namespace policygraph::inline v0::detail::graph
