#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "extract/reading.hpp"

namespace policygraph::inline v0::detail::extract {

// Walking over the tokens of one sentence: line breaks are passed over, and what lies outside reads as nothing.
class Walk {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  Walk(const Reading& reading, const Sentence& sentence) noexcept : Walk(reading, sentence.first, sentence.last) {}
  Walk(const Reading& reading, std::uint32_t first, std::uint32_t last) noexcept : reading_(&reading), first_(first), last_(last) {}

  const Reading& reading() const noexcept { return *reading_; }
  std::uint32_t first() const noexcept { return first_; }
  std::uint32_t last() const noexcept { return last_; }
  bool has(std::uint32_t i) const noexcept { return i >= first_ && i < last_; }

  // kNone at the end.
  std::uint32_t next(std::uint32_t i) const noexcept { return i == kNone ? kNone : at(i + 1); }
  // kNone at the start.
  std::uint32_t before(std::uint32_t i) const noexcept {
    if (i == kNone || i <= first_) return kNone;
    return is_break(i - 1) ? before_break(i - 1) : i - 1;
  }
  // The token at `i` or after it that is no line break.
  std::uint32_t at(std::uint32_t i) const noexcept {
    if (!has(i)) return kNone;
    return is_break(i) ? behind_break(i) : i;
  }

  bool is_word(std::uint32_t i) const noexcept { return has(i) && token(i).kind == TokenKind::word; }
  bool is_number(std::uint32_t i) const noexcept { return has(i) && token(i).kind == TokenKind::number; }
  bool is_capitalised(std::uint32_t i) const noexcept { return is_word(i) && token(i).is_capitalised; }
  bool is_lower(std::uint32_t i) const noexcept { return is_word(i) && !token(i).is_capitalised; }
  char32_t sign(std::uint32_t i) const noexcept { return has(i) ? reading_->sign(i) : 0; }  // of a punctuation mark or symbol, else 0
  bool is_sign(std::uint32_t i, char32_t wanted) const noexcept { return sign(i) == wanted; }
  bool is_dash(std::uint32_t i) const noexcept { return sign(i) != 0 && is_dash_sign(sign(i)); }
  bool is_open_quote(std::uint32_t i) const noexcept;
  bool is_close_quote(std::uint32_t i) const noexcept;
  // No blank stands between this token and the one before it.
  bool is_glued(std::uint32_t i) const noexcept { return has(i) && i > first_ && !token(i).space_before; }

  const Token& token(std::uint32_t i) const noexcept { return reading_->token(i); }
  std::string_view text(std::uint32_t i) const noexcept { return has(i) ? reading_->text(i) : std::string_view(); }
  std::string_view folded(std::uint32_t i) const noexcept { return has(i) ? reading_->folded(i) : std::string_view(); }

  // The number of a token of plain digits, at most `most` of them.
  std::optional<int> digits(std::uint32_t i, std::size_t most = 9) const noexcept;

 private:
  bool is_break(std::uint32_t i) const noexcept { return token(i).kind == TokenKind::line_break; }
  std::uint32_t before_break(std::uint32_t i) const noexcept;
  std::uint32_t behind_break(std::uint32_t i) const noexcept;
  static bool is_dash_sign(char32_t sign) noexcept;

  const Reading* reading_;
  std::uint32_t first_;
  std::uint32_t last_;
};

std::optional<int> parse_digits(std::string_view text, std::size_t most = 9) noexcept;

}  // namespace policygraph::inline v0::detail::extract
