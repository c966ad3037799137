#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "policygraph/base/interner.hpp"

namespace policygraph::inline v0::detail::graph {

/// The strings of a column by number. It grows from snapshot to snapshot and shares what is old: strings that came
/// since the first derivation stand in further tables, of which two of like size become one, so there are few of them
/// and a string is moved a logarithmic number of times. Numbers never change.
class Dictionary {
 public:
  /// Requires: number < size().
  std::string_view operator[](std::uint32_t number) const noexcept {
    return number < first_size_ ? (*tables_.front().strings)[number] : later(number);
  }
  std::optional<std::uint32_t> find(std::string_view text) const noexcept;
  std::uint32_t size() const noexcept;
  std::size_t memory_bytes() const noexcept;

  /// Adds what is new, and shares the rest with copies made before. Amortised O(length log size).
  class Writer {
   public:
    explicit Writer(Dictionary& dictionary) : dictionary_(dictionary), first_(dictionary.size()) {}
    std::uint32_t number(std::string_view text);
    /// What was added is there from now on.
    void finish();

   private:
    Dictionary& dictionary_;
    std::uint32_t first_;
    Interner added_;
  };

 private:
  struct Table {
    std::uint32_t first = 0;  // the number of its first string
    std::shared_ptr<const Interner> strings;
  };
  std::string_view later(std::uint32_t number) const noexcept;
  void join_last();

  std::uint32_t first_size_ = 0;
  std::vector<Table> tables_;
};

}  // namespace policygraph::inline v0::detail::graph
