#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/limits.hpp"

// Work on long texts and lists, with a look at the limits every so often.
namespace policygraph::inline v0::detail::query {

inline constexpr std::size_t kPieceBytes = 65'536;
inline constexpr std::size_t kPieceItems = 1'024;

// Appends; the bytes are checked for before they are taken.
void append(std::string& out, std::string_view text, Limits& limits);
void append(ValueList& out, std::span<const Value> items, Limits& limits);
// The bytes of an item that a new list holds: a long text is copied, all else is plain or shared.
std::size_t item_bytes(const Value& item) noexcept;

std::size_t count_code_points(std::string_view text, Limits& limits);
// Folded as names are (fold_name), words together. Throws Error(limit) for a word of more than a mebibyte.
std::string fold_words(std::string_view text, Limits& limits);

// Where a text stands in others: linear time whatever the two are.
class TextSearch {
 public:
  // `wanted` must outlive it, and not be empty.
  TextSearch(std::string_view wanted, Limits& limits);
  // The first place from `start`, npos where there is none.
  std::size_t find(std::string_view text, std::size_t start);

 private:
  std::size_t find_short(std::string_view text, std::size_t start);
  std::size_t find_long(std::string_view text, std::size_t start);

  std::string_view wanted_;
  Limits& limits_;
  Room room_;
  std::vector<std::size_t> border_;  // of each beginning of `wanted`: the longest that is its end too (Knuth, Morris and Pratt 1977)
};

}  // namespace policygraph::inline v0::detail::query
