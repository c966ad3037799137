#include "query/functions/pieces.hpp"

#include <algorithm>

#include "policygraph/base/error.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kLongestWord = std::size_t{1} << 20U;
// Shorter texts are looked for by comparing at each place: at most so many times the length of the other.
constexpr std::size_t kShortText = 32;

// Where the words that begin at `start` are cut: before a space, or at the end.
std::size_t end_of_words(std::string_view text, std::size_t start) {
  if (text.size() - start <= kPieceBytes) return text.size();
  const auto space = text.find(' ', start + kPieceBytes);
  const auto end = space == std::string_view::npos ? text.size() : space;
  if (end - start <= kLongestWord) return end;
  throw Error(ErrorCode::limit, "a text with a word of more than " + std::to_string(kLongestWord) + " bytes is not folded");
}

}  // namespace

void append(std::string& out, std::string_view text, Limits& limits) {
  limits.check(out.size() + text.size());
  for (; text.size() > kPieceBytes; text.remove_prefix(kPieceBytes)) {
    limits.tick();
    out.append(text.substr(0, kPieceBytes));
  }
  out.append(text);
}

std::size_t item_bytes(const Value& item) noexcept {
  return sizeof(Value) + (item.kind() == ValueKind::string && item.as_string().size() > 15 ? item.as_string().size() : 0);
}

void append(ValueList& out, std::span<const Value> items, Limits& limits) {
  std::size_t bytes = out.size() * sizeof(Value);
  while (!items.empty()) {
    const auto piece = items.first(std::min(items.size(), kPieceItems));
    for (const auto& item : piece) bytes += item_bytes(item);
    limits.check(bytes);
    limits.step(piece.size());
    out.insert(out.end(), piece.begin(), piece.end());
    items = items.subspan(piece.size());
  }
}

std::size_t count_code_points(std::string_view text, Limits& limits) {
  std::size_t count = 0;
  for (; text.size() > kPieceBytes; text.remove_prefix(kPieceBytes)) {
    limits.tick();
    count += policygraph::count_code_points(text.substr(0, kPieceBytes));
  }
  return count + policygraph::count_code_points(text);
}

std::string fold_words(std::string_view text, Limits& limits) {
  if (text.size() <= kPieceBytes) return fold_name(text);
  std::string out;
  for (std::size_t start = 0; start < text.size();) {
    limits.tick();
    const auto end = end_of_words(text, start);
    const auto words = fold_name(text.substr(start, end - start));
    if (!out.empty() && !words.empty()) out += ' ';
    append(out, words, limits);
    start = end;
  }
  return out;
}

TextSearch::TextSearch(std::string_view wanted, Limits& limits) : wanted_(wanted), limits_(limits), room_(limits) {
  if (wanted.size() <= kShortText) return;
  room_.take(wanted.size() * sizeof(std::size_t));
  border_.resize(wanted.size());
  for (std::size_t i = 1, length = 0; i < wanted.size(); ++i) {
    limits.step();
    while (length > 0 && wanted[i] != wanted[length]) length = border_[length - 1];
    length += wanted[i] == wanted[length] ? 1U : 0U;
    border_[i] = length;
  }
}

std::size_t TextSearch::find(std::string_view text, std::size_t start) {
  return border_.empty() ? find_short(text, start) : find_long(text, start);
}

std::size_t TextSearch::find_short(std::string_view text, std::size_t start) {
  for (; start + wanted_.size() <= text.size(); start += kPieceBytes) {
    limits_.step();
    const auto piece = text.substr(start, kPieceBytes + wanted_.size() - 1);
    if (const auto at = piece.find(wanted_); at != std::string_view::npos) return start + at;
    if (text.size() - start > kPieceBytes) limits_.tick();
  }
  return std::string_view::npos;
}

std::size_t TextSearch::find_long(std::string_view text, std::size_t start) {
  std::size_t length = 0;
  for (auto at = start; at < text.size(); ++at) {
    limits_.step();
    while (length > 0 && text[at] != wanted_[length]) length = border_[length - 1];
    length += text[at] == wanted_[length] ? 1U : 0U;
    if (length == wanted_.size()) return at + 1 - length;
  }
  return std::string_view::npos;
}

}  // namespace policygraph::inline v0::detail::query
