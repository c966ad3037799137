#include "policygraph/text/tokens.hpp"

#include <bit>
#include <cstring>
#include <limits>
#include <string>

#include "append_tokens.hpp"
#include "char_class.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

using namespace detail::text;  // NOLINT: the bits of one enum, in one file

/// A code point with its class.
struct Char {
  char32_t value = 0;
  std::uint32_t size = 0;
  std::uint16_t bits = 0;

  bool is(std::uint16_t any) const noexcept { return (bits & any) != 0; }
};

class Tokenizer {
 public:
  Tokenizer(std::string_view text, std::vector<Token>& tokens)
      : text_(text), ascii_(ascii_classes()), tokens_(tokens), first_(tokens.size()) {}

  void run() {
    while (at_ < text_.size()) {
      if (text_[at_] == ' ') space_ = true, ++at_;
      else if (!plain_word_at(static_cast<std::uint8_t>(text_[at_]))) step(peek(at_));
    }
  }

 private:
  bool plain_word_at(std::uint8_t byte) {
    if (byte >= 0x80) return (byte & 0xFEU) == 0xD0 && plain_word();
    return (ascii_[byte] & kLetter) != 0 && (ascii_word() || plain_word());
  }

  Char peek(std::size_t offset) const noexcept {
    if (offset >= text_.size()) return {};
    const auto byte = static_cast<std::uint8_t>(text_[offset]);
    if (byte < 0x80) return {byte, 1, ascii_[byte]};
    // Two-byte letters are most of what is not ASCII here; a following byte that fits is all that has to be checked.
    if (byte >= 0xC2 && byte < 0xE0 && offset + 1 < text_.size()) {
      const auto tail = static_cast<std::uint8_t>(text_[offset + 1]);
      const char32_t value = ((byte & 0x1FU) << 6U) | (tail & 0x3FU);
      if ((tail & 0xC0U) == 0x80U) return {value, 2, ascii_[value]};
    }
    const CodePoint point = code_point_at(text_, offset);
    return {point.value, point.size, char_class(point.value)};
  }

  void step(Char c) {
    if (c.is(kBlank)) return skip_blank(c);
    if (c.is(kLetter)) return word();
    if (c.is(kDigit)) return number();
    if (c.is(kBreak)) return line_break();
    if (c.is(kIgnored)) {
      at_ += c.size;
      return;
    }
    single(c);
  }

  void skip_blank(Char c) noexcept {
    space_ = true;
    at_ += c.size;
  }

  /// A word of ASCII letters alone that a plain sign follows: told eight bytes at a time. Else nothing is taken.
  bool ascii_word() {
    constexpr std::size_t kTogether = 8;
    constexpr std::uint64_t kEach = 0x0101010101010101U, kHigh = kEach * 0x80U, kSmall = kEach * 0x20U;
    if constexpr (std::endian::native != std::endian::little) return false;
    std::size_t end = at_;
    std::uint64_t lower = 0;
    for (bool goes_on = true; goes_on;) {
      if (end + kTogether > text_.size()) return false;
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, text_.data() + end, kTogether);
      const std::uint64_t small = (bytes | kSmall) & ~kHigh;
      const std::uint64_t letters = (small + kEach * (0x80U - 'a')) & ~(small + kEach * (0x7FU - 'z')) & ~bytes & kHigh;
      const std::uint64_t others = letters ^ kHigh;
      const std::uint64_t taken = (letters & (others - 1)) >> 2U;  // in front of the first other: the bit that tells small letters
      lower |= taken & bytes;
      goes_on = others == 0;
      end += goes_on ? kTogether : static_cast<std::size_t>(std::countr_zero(others)) / 8;
    }
    const auto behind = static_cast<std::uint8_t>(text_[end]);
    if (end == at_ || behind >= 0x80 || (ascii_[behind] & (kMark | kDigit | kApostrophe | kDash)) != 0) return false;
    Token token;
    token.span = {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)};
    token.script = Script::latin;
    token.space_before = space_;
    token.is_capitalised = (text_[at_] & 0x20) == 0;
    token.is_upper = lower == 0 && end - at_ > 1;
    put(token);
    return true;
  }

  /// A word of plain letters alone that a plain sign or the end follows, as most are; else nothing is taken.
  bool plain_word() {
    const Letters letters = plain_letters(at_);
    if (letters.count == 0) return false;
    if (letters.end < text_.size()) {
      const auto byte = static_cast<std::uint8_t>(text_[letters.end]);
      if (byte >= 0x80 || (ascii_[byte] & (kMark | kDigit | kApostrophe | kDash)) != 0) return false;
    }
    Token token;
    token.span = {static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(letters.end)};
    token.space_before = space_;
    name_word(token, peek(at_).is(kUpper), letters.bits, letters.count);
    put(token);
    return true;
  }

  static void name_word(Token& token, bool is_capitalised, std::uint32_t seen, std::uint32_t letters) noexcept {
    token.is_capitalised = is_capitalised;
    token.is_upper = letters > 1 && (seen & kUpper) != 0 && (seen & kLower) == 0;
    token.script = script_of(static_cast<std::uint16_t>(seen));
  }

  Token& push(std::size_t start, std::size_t end, TokenKind kind) {
    Token token;
    token.span = {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
    token.kind = kind;
    token.space_before = space_;
    return put(token);
  }

  Token& put(const Token& token) {
    if (tokens_.size() == tokens_.capacity()) grow(token.span.start);
    space_ = false;
    at_ = token.span.end;
    return tokens_.emplace_back(token);
  }

  /// Room for as many tokens as the text so far lets expect: doubling would cost half as much again on a large text.
  [[gnu::noinline]] void grow(std::size_t start) {
    const std::size_t left = text_.size() - start;
    const double dense = static_cast<double>(tokens_.size() - first_) / static_cast<double>(start + 1);
    tokens_.reserve(tokens_.size() + tokens_.size() / 16 + static_cast<std::size_t>(dense * static_cast<double>(left)) + 8);
  }

  void single(Char c) {
    if (c.is(kApostrophe)) quote_open_ = c.value == 0x2018 || (c.value != 0x2019 && !quote_open_);
    // A mark with nothing to stand on is a sign of its own.
    push(at_, at_ + c.size, c.is(kPunctuation) ? TokenKind::punctuation : TokenKind::symbol);
  }

  void line_break() {
    const std::size_t start = at_;
    std::size_t end = at_;
    std::size_t at = at_;
    std::size_t breaks = 0;
    bool blank_after = false;
    bool paragraph = false;
    for (Char c = peek(at); c.is(kBreak | kBlank | kIgnored); c = peek(at)) {
      const bool pair = c.value == U'\r' && at + 1 < text_.size() && text_[at + 1] == '\n';
      at += pair ? 2 : c.size;
      blank_after = !c.is(kBreak);
      if (blank_after) continue;
      ++breaks;
      paragraph = paragraph || c.value == 0x2029;
      end = at;
    }
    Token& token = push(start, end, TokenKind::line_break);
    token.is_paragraph = paragraph || breaks > 1;
    at_ = at;
    space_ = true;
    quote_open_ = false;
  }

  void word() {
    const std::size_t start = at_;
    std::uint16_t seen = 0;
    std::uint32_t letters = 0;
    Char last{};
    const Char first = peek(at_);
    while (true) {
      take_plain_letters(seen, letters, last);  // most words have no others
      const Char c = peek(at_);
      if (c.is(kLetter)) {
        seen = static_cast<std::uint16_t>(seen | (c.is(kLatin | kCyrillic) ? c.bits : c.bits | kSymbol));
        ++letters;
      } else if (!c.is(kMark | kDigit) && !joins(c, last)) {
        break;
      }
      if (!c.is(kMark)) last = c;
      at_ += c.size;
    }
    name_word(push(start, at_, TokenKind::word), first.is(kUpper), seen, letters);
  }

  /// What letters there are, one after another, by their classes alone.
  struct Letters {
    std::size_t end = 0;   ///< behind the last
    std::size_t size = 0;  ///< bytes of the last
    std::uint32_t bits = 0;
    std::uint32_t count = 0;
  };

  /// Letters of ASCII and of the Cyrillic block that they share their first bytes with, from `start` on.
  [[gnu::always_inline]] Letters plain_letters(std::size_t start) const noexcept {
    Letters out{start};
    for (; out.end + 1 < text_.size(); out.end += 2, ++out.count) {  // all of those are letters
      const std::uint32_t value = cyrillic_at(out.end, static_cast<std::uint8_t>(text_[out.end]));
      if (value == 0) break;
      out.bits |= ascii_[value];
      out.size = 2;
    }
    for (; out.end < text_.size(); out.end += out.size, ++out.count) {
      const auto byte = static_cast<std::uint8_t>(text_[out.end]);
      const auto value = byte < 0x80 ? byte : cyrillic_at(out.end, byte);
      const std::uint32_t more = ascii_[value];
      if ((more & kLetter) == 0) break;
      out.bits |= more;
      out.size = byte < 0x80 ? 1 : 2;
    }
    return out;
  }

  void take_plain_letters(std::uint16_t& seen, std::uint32_t& letters, Char& last) noexcept {
    const Letters found = plain_letters(at_);
    if (found.count == 0) return;
    at_ = found.end;
    seen = static_cast<std::uint16_t>(seen | found.bits);
    letters += found.count;
    last = peek(at_ - found.size);
  }

  /// The letter that begins with that byte, from U+0400 to U+047F; 0: it is none of them.
  std::uint32_t cyrillic_at(std::size_t at, std::uint8_t byte) const noexcept {
    if ((byte & 0xFEU) != 0xD0 || at + 1 >= text_.size()) return 0;
    const auto tail = static_cast<std::uint8_t>(text_[at + 1]);
    return (tail & 0xC0U) == 0x80U ? (byte & 0x1FU) << 6U | (tail & 0x3FU) : 0;
  }

  /// Whether an apostrophe or a hyphen after `last` belongs to the word.
  bool joins(Char c, Char last) const noexcept {
    if (!c.is(kApostrophe | kDash) || !last.is(kLetter | kApostrophe)) return false;
    const Char next = peek(at_ + c.size);
    if (c.is(kDash)) {
      const bool is_hyphen = c.value == U'-' || c.value == 0x2010 || c.value == 0x2011;
      return is_hyphen && next.is(kLetter);
    }
    if (!last.is(kLetter)) return false;
    if (next.is(kLetter)) return true;
    if (c.value == 0x2BB || c.value == 0x2BC) return true;
    // At the end of a word the sign is part of Uzbek o‘ and g‘ unless it closes a quotation.
    const bool makes_letter = last.value == U'o' || last.value == U'g' || last.value == U'O' || last.value == U'G';
    return makes_letter && !quote_open_ && c.value != 0x2032;
  }

  static Script script_of(std::uint16_t seen) noexcept {
    const bool latin = (seen & kLatin) != 0;
    const bool cyrillic = (seen & kCyrillic) != 0;
    const bool other = (seen & kSymbol) != 0;
    if (latin + cyrillic + other > 1) return Script::mixed;
    if (latin) return Script::latin;
    return cyrillic ? Script::cyrillic : Script::other;
  }

  bool digit_at(std::size_t offset) const noexcept {
    return offset < text_.size() && text_[offset] >= '0' && text_[offset] <= '9';
  }

  std::size_t digits_from(std::size_t offset) const noexcept {
    while (digit_at(offset)) ++offset;
    return offset;
  }

  /// The end of a blank and a group of exactly three digits at `offset`, or 0.
  std::size_t blank_group(std::size_t offset) const noexcept {
    const Char blank = peek(offset);
    if (!blank.is(kBlank) || blank.value == U'\t') return 0;
    const std::size_t start = offset + blank.size;
    if (!digit_at(start) || !digit_at(start + 1) || !digit_at(start + 2) || digit_at(start + 3)) return 0;
    return start + 3;
  }

  void number() {
    const std::size_t start = at_;
    std::size_t end = digits_from(at_);
    if (end - start <= 3 && text_[start] != '0') {
      for (std::size_t group = blank_group(end); group != 0; group = blank_group(end)) end = group;
    }
    while (end < text_.size() && (text_[end] == '.' || text_[end] == ',') && digit_at(end + 1)) end = digits_from(end + 1);
    push(start, end, TokenKind::number);
  }

  std::string_view text_;
  const std::uint16_t* ascii_;
  std::vector<Token>& tokens_;
  std::size_t first_;  ///< of this text's
  std::size_t at_ = 0;
  bool space_ = false;
  bool quote_open_ = false;  ///< an apostrophe since the line began opened a quotation
};

}  // namespace

void detail::text::append_tokens(std::string_view text, std::vector<Token>& tokens) {
  if (text.size() > std::numeric_limits<std::uint32_t>::max() / 4) {
    throw Error(ErrorCode::limit, "text of " + std::to_string(text.size()) + " bytes is past the limit of 1 GiB");
  }
  Tokenizer(text, tokens).run();
}

std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  tokens.reserve(text.size() / 7 + 8);
  detail::text::append_tokens(text, tokens);
  return tokens;
}

}  // namespace policygraph::inline v0
