#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "graph/claim_table.hpp"
#include "graph/record_tables.hpp"
#include "store/claim_columns.hpp"
#include "store/columns.hpp"

namespace policygraph::inline v0::detail::store {

/// The strings of a batch, each once, by their numbers in a graph's table of strings.
class NumberedStrings {
 public:
  explicit NumberedStrings(const graph::StringTable& all) noexcept : all_(all) {}
  std::uint64_t number(std::uint32_t number_in_table);
  /// Of a text that may not be in the table. It must live until `clear`.
  std::uint64_t number(const std::string& text);
  const std::vector<std::string_view>& strings() const noexcept { return strings_; }
  void clear();

 private:
  static constexpr std::size_t kFew = 64;  // are looked through: a small commit must not cost what the table has
  std::uint32_t add(std::uint32_t number_in_table);
  void spread();

  const graph::StringTable& all_;
  std::vector<std::uint32_t> numbers_;  // by number in the table: that of the batch + 1; empty while they are few
  std::vector<std::uint32_t> used_;     // of the table
  std::vector<std::uint32_t> places_;   // of those, in the batch
  std::map<std::string_view, std::uint64_t> others_;
  std::vector<std::string_view> strings_;
};

/// Claims as `claim_batch` writes them, byte for byte, from where a graph keeps them packed: no record is made of any but
/// the odd ones.
class PackedClaims {
 public:
  /// All claims are of tables with these strings.
  explicit PackedClaims(const graph::StringTable& strings) : strings_(strings) {}
  void add(graph::Claim claim);
  std::size_t size() const noexcept { return columns_[kIds].size(); }
  /// What was added, as a batch; nothing is left.
  std::string take();

 private:
  struct Known {
    const graph::ClaimShape* kept = nullptr;
    std::uint64_t number = 0;
  };
  void put_number(ClaimColumn column, std::uint64_t number) { columns_[column].push_back(number); }
  std::uint64_t number_of(const StoredShape& shape);
  std::uint64_t number_of(const graph::ClaimShape& shape);
  void add_places(graph::Claim claim);
  void add_plain_value(graph::Claim claim);
  void add_odd(graph::Claim claim);
  void add_odd_value(graph::Claim claim, const Value& value, StoredForm form);

  NumberedStrings strings_;
  std::array<std::vector<std::uint64_t>, kOthers + 1> columns_;
  std::map<StoredShape, std::uint64_t> numbers_;
  std::vector<StoredShape> shapes_;
  std::array<Known, 64> known_;
  std::deque<std::string> dates_;  // strings of the batch that are in no table
  ByteOut floats_, wide_, others_;
};

/// The same of mentions, as `mention_batch` writes them.
class PackedMentions {
 public:
  explicit PackedMentions(const graph::StringTable& strings) noexcept : strings_(strings) {}
  void add(graph::KeptMention mention);
  std::size_t size() const noexcept { return key_.size(); }
  std::string take();

 private:
  NumberedStrings strings_;
  std::vector<std::uint64_t> key_, type_, surface_, evidence_;
};

}  // namespace policygraph::inline v0::detail::store
