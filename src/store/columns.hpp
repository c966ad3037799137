#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/bytes.hpp"

namespace policygraph::inline v0::detail::store {

/// Most rows of one batch: what reading one may cost is bounded by it.
inline constexpr std::size_t kMostRows = 16'384;
inline constexpr std::size_t kMostEvidenceOfBatch = std::size_t{1} << 20;

enum class BatchKind : std::uint8_t { assertions = 1, mentions = 2, withdrawn = 3 };

/// A batch as bytes: a head, a directory, and the columns it lists (docs/store_format.md, "Batches").
class BatchOut {
 public:
  BatchOut(BatchKind kind, std::size_t rows) noexcept : kind_(kind), rows_(rows) {}
  void numbers(std::uint8_t column, std::span<const std::uint64_t> numbers);
  void strings(std::uint8_t column, std::span<const std::string_view> strings);
  void bytes(std::uint8_t column, std::string bytes);
  std::string take() const;

 private:
  struct Column {
    std::uint8_t id;
    std::string bytes;
  };
  BatchKind kind_;
  std::size_t rows_;
  std::vector<Column> columns_;
};

/// The same read back; views the caller's bytes. Throws Error(format) for whatever could not have been written. A column
/// that is not there is an empty one.
class BatchView {
 public:
  BatchView(BatchKind kind, std::string_view bytes);
  std::size_t rows() const noexcept { return rows_; }
  std::vector<std::uint64_t> numbers(std::uint8_t column, std::size_t most) const;
  std::vector<std::string_view> strings(std::uint8_t column) const;
  std::string_view bytes(std::uint8_t column) const;

 private:
  std::size_t rows_ = 0;
  std::map<std::uint8_t, std::string_view> columns_;
};

/// The strings of a batch, each once, in the order they come.
class Dictionary {
 public:
  /// `text` must live as long as this.
  std::uint64_t number(std::string_view text);
  const std::vector<std::string_view>& strings() const noexcept { return strings_; }

 private:
  std::unordered_map<std::string_view, std::uint64_t> numbers_;
  std::vector<std::string_view> strings_;
};

/// A list that was unpacked, taken from the front; past its end Error(format).
template <class T>
class Taken {
 public:
  explicit Taken(std::vector<T> items) : items_(std::move(items)) {}
  const T& next() {
    if (at_ == items_.size()) refuse_bytes("a column is shorter than the rows it is of");
    return items_[at_++];
  }
  void end() const {
    if (at_ != items_.size()) refuse_bytes("a column is longer than the rows it is of");
  }

 private:
  std::vector<T> items_;
  std::size_t at_ = 0;
};

/// Throws Error(format) for a number that no entry of the dictionary has.
inline std::string_view entry(const std::vector<std::string_view>& dictionary, std::uint64_t number) {
  if (number >= dictionary.size()) refuse_bytes("a string has a number that none has");
  return dictionary[static_cast<std::size_t>(number)];
}

}  // namespace policygraph::inline v0::detail::store
