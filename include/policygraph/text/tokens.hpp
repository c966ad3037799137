#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"
#include "policygraph/text/language.hpp"
#include "policygraph/text/script.hpp"

namespace policygraph::inline v0 {

enum class TokenKind : std::uint8_t {
  word,         ///< letters with inner apostrophes and hyphens ("o‘zbek", "back-office"); also letters with digits ("PF-6079" is
                ///< word dash number: a dash between letters and digits splits)
  number,       ///< digits with inner separators that belong to the number: "4.9", "1,000", "102 938" (blank-grouped), "2,503,060"
  punctuation,  ///< one code point
  symbol,       ///< one code point: № # % € $ + and the like
  line_break,   ///< one or more line breaks with the blanks between; `is_paragraph` when two or more
};

/// 12 bytes; the text is cut from the document when needed.
struct Token {
  Span span;
  TokenKind kind = TokenKind::word;
  Script script = Script::none;
  bool is_capitalised : 1 = false;  ///< first letter is upper case
  bool is_upper : 1 = false;        ///< every letter is upper case, two at least
  bool is_paragraph : 1 = false;    ///< of a line break: an empty line lies within
  bool space_before : 1 = false;    ///< a blank or a line break stands before it
};

/// Tokens of a text, in order, without blanks. Linear, about 200 MB/s; survives any input, ill-formed UTF-8 too. The apostrophe
/// class joins letters ("o‘zbek", "tog‘"; not a closing quote); a number may hold blanks of any kind (no tab) only where the first
/// group has one to three digits and those after it exactly three. "05.10.2020" and "1.2" are one number each.
/// Throws Error(limit) past 1 GiB.
POLICYGRAPH_EXPORT std::vector<Token> tokenize(std::string_view text);

/// A sentence as a range of tokens [first, last) and its bytes.
struct Sentence {
  Span span;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// Sentences: ended by . ! ? … and by paragraph breaks, list items and headings; not after an abbreviation of the language
/// ("No.", "Dr.", "т. д.", "г.", initials), not inside a number, not before a lower-case word, not inside "2020-yil 5-oktabrdagi".
/// A final abbreviation ("etc.") ends one before a capital letter. A single line break ends a sentence unless the text is wrapped at
/// one width (told from its lines), the next line begins small, or an abbreviation stands before it. "1. item", "- item", "a) item"
/// begin one each, their mark within; "[7]" after a full stop belongs to what it follows. Every token but line breaks lies in one
/// sentence. Linear; a sentence of more than 4,096 tokens is cut, since what reads sentences may be quadratic in one.
POLICYGRAPH_EXPORT std::vector<Sentence> split_sentences(std::string_view text, std::span<const Token> tokens, const Language& language);

}  // namespace policygraph::inline v0
