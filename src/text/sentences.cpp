#include <algorithm>
#include <array>
#include <optional>

#include "char_class.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/utf8.hpp"
#include "torn_lines.hpp"

namespace policygraph::inline v0 {
namespace {

/// A sentence of more tokens is cut: what reads sentences may be quadratic in one.
constexpr std::size_t kMostTokens = 4096;
constexpr std::size_t kLongList = 3840;  // tokens from which on a comma of a list ends a sentence
constexpr std::size_t kTokensOfSentence = 16;  ///< or so
constexpr std::size_t kWidest = 160;    ///< a line longer than this was not wrapped by hand
constexpr std::size_t kNarrowest = 40;  ///< nor is text wrapped at fewer letters
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

/// The width a text is wrapped at, from the widths of its lines; 0: its line breaks mean something.
class WrapWidth {
 public:
  static constexpr std::size_t kFewestLines = 3;  ///< that tell a width

  void add(std::size_t width) {
    ++lines_;
    if (width > kWidest) ++long_lines_;
    else ++widths_[width];
  }

  std::size_t width() const {
    if (lines_ < kFewestLines || long_lines_ * 20 > lines_) return 0;
    const std::size_t wide = at_least_of(9, 10);
    if (wide < kNarrowest) return 0;
    std::size_t near = 0;
    std::size_t past = long_lines_;
    for (std::size_t w = 0; w < widths_.size(); ++w) {
      if (w * 10 >= wide * 8 && w * 20 <= wide * 23) near += widths_[w];
      if (w * 20 > wide * 23) past += widths_[w];
    }
    return near * 10 >= lines_ * 3 && past * 25 <= lines_ ? wide : 0;
  }

 private:
  std::size_t at_least_of(std::size_t share, std::size_t of) const {
    std::size_t seen = 0;
    std::size_t w = 0;
    while (w < kWidest && (seen += widths_[w]) * of < lines_ * share) ++w;
    return w;
  }

  std::array<std::size_t, kWidest + 1> widths_{};
  std::size_t lines_ = 0;
  std::size_t long_lines_ = 0;
};

/// Some signs: those of ASCII as bits, the others one by one.
class Signs {
 public:
  consteval explicit Signs(std::u32string_view signs) {
    for (const char32_t c : signs) {
      if (c < 0x80) ascii_[c >> 6U] |= std::uint64_t{1} << (c & 63U);
      else others_[count_++] = c;
    }
  }

  constexpr bool has(char32_t c) const noexcept {
    if (c < 0x80) return (ascii_[c >> 6U] >> (c & 63U) & 1U) != 0;
    for (std::size_t i = 0; i < count_; ++i) {
      if (others_[i] == c) return true;
    }
    return false;
  }

 private:
  std::array<std::uint64_t, 2> ascii_{};
  std::array<char32_t, 12> others_{};
  std::size_t count_ = 0;
};

constexpr Signs kTerminals{U".!?\u2026\u3002\uFF01\uFF1F"};
constexpr Signs kClosers{U")]}\u00BB\u201D\u2019\u203A\"'\u201C"};
constexpr Signs kOpeners{U"([{\u00AB\u201C\u201E\u2018\u2039\"'"};
constexpr Signs kBullets{U"*\u2022\u00B7\u25AA\u25CF\u25CB\u25A0\u2023\u2043\uF0B7\u25E6\u2713"};
constexpr Signs kDashes{U"-\u2010\u2011\u2013\u2014\u2212"};
constexpr Signs kNeverFirst{U",;:)]}%\u00BB"};   ///< no sentence begins with them
constexpr Signs kNeverLast{U",([{\u00AB\u2116"};   ///< no line ends a sentence with them
constexpr Signs kNeverBelow{U",;:)]}\u00BB"};      ///< nor begins one

bool is_terminal(char32_t c) { return kTerminals.has(c); }
bool is_closer(char32_t c) { return kClosers.has(c); }
bool is_opener(char32_t c) { return kOpeners.has(c); }
bool is_bullet(char32_t c) { return kBullets.has(c); }
bool is_dash_sign(char32_t c) { return kDashes.has(c); }

class Splitter {
 public:
  Splitter(std::string_view text, std::span<const Token> tokens, const Language& language)
      : text_(text), tokens_(tokens), language_(language), breaks_(find_breaks()), wrap_(measure()), torn_(torn_lines()) {}

  std::vector<Sentence> run() {
    sentences_.reserve(tokens_.size() / kTokensOfSentence + 1);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind < TokenKind::punctuation) {
        i = take_words(i);
        continue;
      }
      if (tokens_[i].kind == TokenKind::line_break) {
        if (start_ != kNone && break_ends(i)) close();
        line_ = i + 1;
        continue;
      }
      take(i);
      if (is_terminal(sign(i))) i = after_terminal(i);
      if (start_ != kNone && last_ - start_ >= kLongList && (last_ - start_ >= kMostTokens || parts_list(i))) close();
    }
    if (start_ != kNone) close();
    return std::move(sentences_);
  }

 private:
  // Looking at tokens. Every index may be past the end.

  bool has(std::size_t i) const { return i < tokens_.size(); }
  bool is(std::size_t i, TokenKind kind) const { return has(i) && tokens_[i].kind == kind; }
  bool is_break(std::size_t i) const { return is(i, TokenKind::line_break); }
  bool spaced(std::size_t i) const { return has(i) && tokens_[i].space_before; }
  std::string_view text_of(std::size_t i) const { return text_.substr(tokens_[i].span.start, tokens_[i].span.size()); }

  /// The code point of a punctuation mark or symbol, else 0.
  char32_t sign(std::size_t i) const {
    if (!is(i, TokenKind::punctuation) && !is(i, TokenKind::symbol)) return 0;
    const auto byte = static_cast<unsigned char>(text_[tokens_[i].span.start]);
    return byte < 0x80 ? byte : code_point_at(text_, tokens_[i].span.start).value;
  }

  bool is_small_word(std::size_t i) const {
    if (!is(i, TokenKind::word) || tokens_[i].is_capitalised) return false;
    const char32_t first = code_point_at(text_, tokens_[i].span.start).value;
    return (detail::text::char_class(first) & detail::text::kLower) != 0;
  }

  std::size_t letters_of(std::size_t i) const { return count_code_points(text_of(i)); }

  // A comma or semicolon that no number follows: no name or date is torn there.
  bool parts_list(std::size_t i) const {
    const char32_t mark = sign(i);
    return (mark == U',' || mark == U';') && has(i + 1) && !is(i + 1, TokenKind::number);
  }

  // Building.

  void take(std::size_t i) {
    if (start_ == kNone) start_ = i;
    last_ = i + 1;
  }

  /// Takes the words and numbers from `i` on, one at least, and gives the last.
  std::size_t take_words(std::size_t i) {
    take(i);
    const std::size_t end = std::min(tokens_.size(), start_ + kMostTokens);
    while (last_ < end && tokens_[last_].kind < TokenKind::punctuation) ++last_;
    const std::size_t taken = last_ - 1;
    if (last_ - start_ >= kMostTokens) close();
    return taken;
  }

  void close() {
    const Span span{tokens_[start_].span.start, tokens_[last_ - 1].span.end};
    sentences_.push_back({span, static_cast<std::uint32_t>(start_), static_cast<std::uint32_t>(last_)});
    start_ = kNone;
  }

  // Full stops.

  /// Takes what closes the sentence with the terminal at `i` (more of them, quotes, brackets, "[7]"), ends the sentence if it
  /// ends here, and gives the last token taken.
  std::size_t after_terminal(std::size_t i) {
    std::size_t next = i + 1;
    bool is_single = sign(i) == U'.';
    while (has(next)) {
      if (is_terminal(sign(next)) && !spaced(next)) {
        is_single = false;
        ++next;
      } else if (is_closer(sign(next)) && !spaced(next)) {
        ++next;
      } else if (sign(next) == U'[' && is(next + 1, TokenKind::number) && sign(next + 2) == U']') {
        next += 3;
      } else {
        break;
      }
    }
    take(next - 1);
    if (terminal_ends(i, next, is_single)) close();
    else if (is_single) held_ = next;
    return next - 1;
  }

  bool terminal_ends(std::size_t i, std::size_t next, bool is_single) const {
    std::size_t after = next;
    if (is_break(after)) {
      if (tokens_[after].is_paragraph) return true;
      ++after;
    }
    if (!has(after)) return true;
    const bool glued = after == next && !spaced(after);
    if (!may_start(after, next - i > 1)) return false;
    if (!is_single) return !glued;
    return glued ? glued_ends(i, after) : stop_ends(i, after);
  }

  /// Whether the token can be the first of a sentence.
  bool may_start(std::size_t i, bool was_closed) const {
    const char32_t c = sign(i);
    if (kNeverFirst.has(c)) return false;
    if (is_dash_sign(c)) return !was_closed && spaced(i + 1) && !is_small_word(i + 1);
    for (std::size_t opened = 0; opened < 3 && is_opener(sign(i)); ++opened) ++i;
    return !is_small_word(i);
  }

  /// "tugadi.Bugun": a full word, a stop and a capitalised word without a blank; not "R.Minnihanov", not "gov.uz".
  bool glued_ends(std::size_t i, std::size_t after) const {
    if (i == start_ || !is_small_word(i - 1) || letters_of(i - 1) < 4) return false;
    return is(after, TokenKind::word) && tokens_[after].is_capitalised && letters_of(after) > 1 && sign(after + 1) != U'.';
  }

  bool stop_ends(std::size_t i, std::size_t after) const {
    if (i == start_) return true;
    const std::size_t before = i - 1;
    if (is(before, TokenKind::number)) return before != start_;
    if (!is(before, TokenKind::word)) return true;
    if (const auto known = abbreviation_ends(before, after)) return *known;
    return !is_initial(before);
  }

  /// Whether a sentence ends after the abbreviation at `i`; empty when it is none.
  std::optional<bool> abbreviation_ends(std::size_t i, std::size_t after) const {
    const bool before_number = is(after, TokenKind::number);
    // "no" and "art" are words too: they are short for something only before a number.
    if (!before_number && !tokens_[i].is_capitalised && language_.is_stop_word(text_of(i))) return std::nullopt;
    if (i >= start_ + 2 && sign(i - 1) == U'.' && is(i - 2, TokenKind::word)) {
      const std::uint32_t from = tokens_[i - 2].span.start;
      const std::string_view pair = text_.substr(from, tokens_[i].span.end - from);
      if (language_.is_final_abbreviation(pair)) return !before_number;
      if (language_.is_abbreviation(pair)) return false;
    }
    if (language_.is_final_abbreviation(text_of(i))) return !before_number;
    if (language_.is_abbreviation(text_of(i))) return false;
    return std::nullopt;
  }

  /// One letter, or one that takes two signs ("Sh.", "Yu.", "Дж.", "O‘.").
  bool is_initial(std::size_t i) const {
    if (tokens_[i].span.size() > 5) return false;
    const std::size_t letters = letters_of(i);
    if (letters == 1) return true;
    if (letters != 2 || !tokens_[i].is_capitalised || tokens_[i].is_upper) return false;
    static constexpr std::array<std::string_view, 14> kDigraphs{"Sh", "Ch", "Yo", "Yu", "Ya", "Ye", "Ts",
                                                                "Kh", "Zh", "Ju", "Ja", "Дж", "Ph", "Th"};
    const std::string_view word = text_of(i);
    const bool has_sign = (detail::text::char_class(code_point_before(word, word.size()).value) & detail::text::kApostrophe) != 0;
    return has_sign || std::find(kDigraphs.begin(), kDigraphs.end(), word) != kDigraphs.end();
  }

  // Line breaks.

  bool break_ends(std::size_t i) const {
    if (!has(i + 1)) return true;
    if (tokens_[i].is_paragraph) return !goes_on_below(i);
    const char32_t before = sign(i - 1);
    const bool is_wrapped = wraps(i);
    if (is_list_item(i + 1, is_wrapped && before != U':' && before != U';')) return true;
    if (held_ == i) return false;
    if (is_rule(i)) return true;
    if (before == U';' || before == U':') return !is_wrapped || !is_small_word(i + 1);
    if (is_wrapped || is_small_word(i + 1) || parts_sum(i)) return false;
    return !kNeverLast.has(before) && !kNeverBelow.has(sign(i + 1));
  }

  /// "EUR" at the end of a line, and its number below.
  bool parts_sum(std::size_t i) const { return is(i - 1, TokenKind::word) && tokens_[i - 1].is_upper && letters_of(i - 1) == 3 && is(i + 1, TokenKind::number); }

  /// Whether nothing but signs, two at least, stands before the break: "--", "* * *".
  bool is_rule(std::size_t i) const {
    if (i - start_ < 2 || i - start_ > 128) return false;
    for (std::size_t at = start_; at < i; ++at) {
      if (sign(at) == 0) return false;
    }
    return true;
  }

  /// A sentence cut by a page or a picture: no mark ends the part above, and the part below begins small.
  bool goes_on_below(std::size_t i) const {
    const bool is_open = is(i - 1, TokenKind::word) || is(i - 1, TokenKind::number) || sign(i - 1) == U',';
    return is_open && i - start_ >= 4 && is_small_word(i + 1) && !is_list_item(i + 1, false);
  }

  /// Whether the line before the break is so full that the next word would not have fitted.
  bool wraps(std::size_t i) const {
    if (wrap_ == 0 && !torn_.is_torn()) return false;
    const std::size_t width = width_of(line_, i);
    std::size_t word_end = i + 1;
    while (has(word_end + 1) && !spaced(word_end + 1)) {
      if (++word_end > i + 32) break;
    }
    const std::size_t first_word = width_of(i + 1, word_end + 1);
    if (torn_.holds(width, first_word, is_behind_small_word(i))) return true;
    return wrap_ != 0 && width >= kNarrowest && width + 1 + first_word > wrap_;
  }

  std::size_t width_of(std::size_t first, std::size_t last) const {
    if (first >= last) return 0;
    const std::uint32_t from = tokens_[first].span.start;
    return count_code_points(text_.substr(from, tokens_[last - 1].span.end - from));
  }

  /// "- item", "• item", "1. item", "2) item", "a) item", "(b) item".
  bool is_list_item(std::size_t i, bool in_running_text) const {
    const char32_t c = sign(i);
    if (is_bullet(c)) return true;
    if (is_dash_sign(c)) return spaced(i + 1) && !in_running_text;
    if (c == U'(') return is_marker(i + 1) && sign(i + 2) == U')' && spaced(i + 3);
    if (!is_marker(i) || spaced(i + 1)) return false;
    const bool is_letter = is(i, TokenKind::word);
    return (sign(i + 1) == U')' || (sign(i + 1) == U'.' && !is_letter)) && spaced(i + 2) && !is_break(i + 2);
  }

  bool is_marker(std::size_t i) const {
    if (is(i, TokenKind::number)) return tokens_[i].span.size() <= 3;
    return is(i, TokenKind::word) && tokens_[i].span.size() <= 4 && letters_of(i) <= 2;
  }

  std::vector<std::uint32_t> find_breaks() const {
    std::vector<std::uint32_t> out;
    for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind == TokenKind::line_break) out.push_back(i);
    }
    return out;
  }

  std::size_t measure() const {
    if (breaks_.size() + 1 < WrapWidth::kFewestLines) return 0;
    WrapWidth widths;
    std::size_t first = 0;
    const auto add_line = [&](std::size_t last) {
      if (last > first) widths.add(width_of(first, last));
      first = last + 1;
    };
    for (const std::uint32_t i : breaks_) add_line(i);
    add_line(tokens_.size());
    return widths.width();
  }

  /// Whether a word of few small letters ends the line, as no heading does.
  bool is_behind_small_word(std::size_t i) const { return is_small_word(i - 1) && letters_of(i - 1) <= detail::text::TornLines::kSmallWord; }

  detail::text::TornLines torn_lines() const {
    detail::text::TornLines lines;
    std::size_t first = 0;
    for (const std::size_t i : breaks_) {
      if (i == 0 || i + 1 >= tokens_.size()) continue;
      const std::size_t width = width_of(first, i);
      first = i + 1;
      if (is_list_item(i + 1, true) || width > kWidest) return {};
      const bool is_open = is(i - 1, TokenKind::word) || is(i - 1, TokenKind::number) || sign(i - 1) == U',';
      lines.add(width, is_open && !tokens_[i].is_paragraph, is_small_word(i + 1) || is_behind_small_word(i));
    }
    if (first == 0) return lines;
    lines.add_last(width_of(first, tokens_.size()));
    lines.close();
    return lines;
  }

  std::string_view text_;
  std::span<const Token> tokens_;
  const Language& language_;
  std::vector<std::uint32_t> breaks_;  ///< the tokens that are line breaks
  std::size_t wrap_;
  detail::text::TornLines torn_;
  std::vector<Sentence> sentences_;
  std::size_t start_ = kNone;  ///< first token of the sentence being built
  std::size_t last_ = 0;       ///< past its last token
  std::size_t line_ = 0;       ///< first token of the line
  std::size_t held_ = kNone;   ///< the token after a full stop that ended nothing
};

}  // namespace

std::vector<Sentence> split_sentences(std::string_view text, std::span<const Token> tokens, const Language& language) {
  return Splitter(text, tokens, language).run();
}

}  // namespace policygraph::inline v0
