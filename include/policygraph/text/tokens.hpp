#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "policygraph/base/span.hpp"
#include "policygraph/text/language.hpp"
#include "policygraph/text/script.hpp"

namespace policygraph {

enum class TokenKind : std::uint8_t {
  word,         ///< letters with inner apostrophes and hyphens ("o‘zbek", "back-office"); also letters with digits ("PF-6079" is
                ///< word dash number: a dash between letters and digits splits)
  number,       ///< digits with inner separators that belong to the number: "4.9", "1,000", "102 938" (blank-grouped), "2,503,060"
  punctuation,  ///< one code point
  symbol,       ///< one code point: № # % € $ + and the like
  line_break,   ///< one or more line breaks with the blanks between; `is_paragraph` when two or more
};

/// 12 bytes and flags; the text is cut from the document when needed.
struct Token {
  Span span;
  TokenKind kind = TokenKind::word;
  Script script = Script::none;
  bool is_capitalised = false;  ///< first letter is upper case
  bool is_upper = false;        ///< every letter is upper case, two at least
  bool is_paragraph = false;    ///< of a line break: an empty line lies within
  bool space_before = false;    ///< a blank or a line break stands before it
};

/// Tokens of a text, in order, without blanks. Linear; survives any input. The apostrophe class joins letters; a number may
/// hold blanks of any kind only where the groups after the first have exactly three digits.
std::vector<Token> tokenize(std::string_view text);

/// A sentence as a range of tokens [first, last) and its bytes.
struct Sentence {
  Span span;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// Sentences: ended by . ! ? … and by paragraph breaks, list items and headings; not after an abbreviation of the language
/// ("No.", "Dr.", "т. д.", "г.", initials), not inside a number, not before a lower-case word, not inside "2020-yil 5-oktabrdagi".
std::vector<Sentence> split_sentences(std::string_view text, std::span<const Token> tokens, const Language& language);

}  // namespace policygraph
