#include <cctype>
#include <limits>

#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"
#include "query/syntax/habits.hpp"
#include "query/syntax/token.hpp"
#include "query/syntax/trouble.hpp"

namespace policygraph::inline v0::detail::query {
namespace {

constexpr std::size_t kMaxText = std::size_t{16} << 20;

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    if (text_.size() > kMaxText) fail_syntax(text_, 0, Trouble::unexpected_syntax, "the query is longer than 16 MiB");
    for (skip_blanks(); at_ < text_.size(); skip_blanks()) read();
    push(TokenKind::end, at_);
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void push(TokenKind kind, std::size_t start) {
    tokens_.push_back({kind, {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(at_)}, text_.substr(start, at_ - start)});
  }

  void read() {
    const char c = peek();
    if (is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80) return read_name();
    if (is_ascii_digit(c) || (c == '.' && is_ascii_digit(peek(1)))) return read_number();
    if (c == '\'' || c == '"') return read_string(c);
    if (c == '`') return read_quoted_name();
    if (c == '$') return read_parameter();
    read_symbol();
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      const auto c = static_cast<unsigned char>(peek());
      if (c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1c && c <= 0x1f)) {
        ++at_;
      } else if (c == '/' && peek(1) == '/') {
        while (at_ < text_.size() && peek() != '\n') ++at_;
      } else if (c == '/' && peek(1) == '*') {
        const auto end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) fail_syntax(text_, at_, Trouble::unexpected_syntax, "a comment that never ends; close it with */");
        at_ = end + 2;
      } else if (c >= 0x80 && is_blank(code_point_at(text_, at_).value)) {
        at_ += code_point_at(text_, at_).size;
      } else {
        return;
      }
    }
  }

  bool skip_name_character() {
    const char c = peek();
    if (is_ascii_letter(c) || is_ascii_digit(c)) return ++at_, true;
    if (static_cast<unsigned char>(c) < 0x80) return false;
    const auto point = code_point_at(text_, at_);
    if (point.value == 0xFFFD || !is_letter(point.value)) return false;
    at_ += point.size;
    return true;
  }

  void read_name() {
    const auto start = at_;
    while (at_ < text_.size() && skip_name_character()) {}
    if (at_ == start) fail_syntax(text_, at_, Trouble::invalid_unicode_character, stray_text(text_, at_));
    push(TokenKind::name, start);
  }

  void read_number() {
    const auto start = at_;
    auto kind = TokenKind::integer;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X' || peek(1) == 'o' || peek(1) == 'O')) {
      at_ += 2;
      while (std::isalnum(static_cast<unsigned char>(peek())) != 0) ++at_;
      return push(kind, start);
    }
    while (is_ascii_digit(peek())) ++at_;
    if (peek() == '.' && is_ascii_digit(peek(1))) {
      kind = TokenKind::decimal;
      for (++at_; is_ascii_digit(peek());) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      const std::size_t sign = peek(1) == '-' || peek(1) == '+' ? 1 : 0;
      if (is_ascii_digit(peek(1 + sign))) {
        kind = TokenKind::decimal;
        for (at_ += 1 + sign; is_ascii_digit(peek());) ++at_;
      }
    }
    while (is_ascii_letter(peek()) || is_ascii_digit(peek()) || peek() == '_') ++at_;  // no number: the parser says so
    push(kind, start);
  }

  void read_string(char quote) {
    const auto start = at_++;
    // A quote within is escaped by a backslash, or doubled as Value::to_string does.
    while (at_ < text_.size() && (peek() != quote || peek(1) == quote)) at_ += peek() == '\\' || peek() == quote ? 2 : 1;
    if (at_ >= text_.size()) {
      fail_syntax(text_, start, Trouble::unexpected_syntax,
                  std::string("a text that begins with ") + quote + " and never ends; a quote within it is doubled");
    }
    ++at_;
    push(TokenKind::string, start);
  }

  void read_quoted_name() {
    const auto start = at_++;
    while (at_ < text_.size()) {
      if (peek() != '`') {
        ++at_;
      } else if (peek(1) == '`') {
        at_ += 2;
      } else {
        ++at_;
        return push(TokenKind::quoted_name, start);
      }
    }
    fail_syntax(text_, start, Trouble::unexpected_syntax, "a name that begins with ` and never ends");
  }

  void read_parameter() {
    const auto start = at_++;
    if (peek() == '`') {
      read_quoted_name();
      tokens_.pop_back();
    } else {
      while (at_ < text_.size() && skip_name_character()) {}
    }
    if (at_ == start + 1) fail_syntax(text_, start, Trouble::unexpected_syntax, "'$' without the name of a parameter");
    push(TokenKind::parameter, start);
  }

  void read_symbol() {
    static constexpr std::string_view kTwo[] = {"<=", ">=", "<>", "..", "+=", "=~"};
    static constexpr std::string_view kOne = "()[]{}<>=+-*/%^.,:;|&!";
    const auto start = at_;
    for (const auto two : kTwo) {
      if (text_.substr(at_, 2) == two) {
        at_ += 2;
        return push(TokenKind::symbol, start);
      }
    }
    if (kOne.find(peek()) == std::string_view::npos) {
      fail_syntax(text_, at_, Trouble::unexpected_syntax, stray_text(text_, at_));
    }
    ++at_;
    push(TokenKind::symbol, start);
    pair_brackets(text_[start]);
  }

  void pair_brackets(char c) {
    const auto here = static_cast<std::uint32_t>(tokens_.size() - 1);
    if (c == '(' || c == '[' || c == '{') return open_.push_back(here);
    if (c != ')' && c != ']' && c != '}') return;
    const char wanted = c == ')' ? '(' : c == ']' ? '[' : '{';
    if (open_.empty() || tokens_[open_.back()].text_view.front() != wanted) return;
    tokens_[open_.back()].partner = here;
    open_.pop_back();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  std::vector<std::uint32_t> open_;
};

// \uXXXX and \UXXXXXXXX; gives the offset behind the digits.
std::size_t append_escape(std::string_view text, std::size_t at, std::size_t digits, std::string& out) {
  char32_t point = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = at + i < text.size() ? text[at + i] : '\0';
    if (std::isxdigit(static_cast<unsigned char>(c)) == 0) {
      fail_syntax(text, at, Trouble::invalid_unicode_literal, "\\u takes four and \\U eight hexadecimal digits");
    }
    point = point * 16 + static_cast<char32_t>(is_ascii_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  if (point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
    fail_syntax(text, at, Trouble::invalid_unicode_literal, "no such Unicode character");
  }
  append_utf8(out, point);
  return at + digits;
}

}  // namespace

std::vector<Token> tokenize(std::string_view text) { return Lexer(text).run(); }

std::string unescape(std::string_view query_text, const Token& token) {
  static constexpr std::string_view kFrom = "btnrf\\'\"`";
  static constexpr std::string_view kTo = "\b\t\n\r\f\\'\"`";
  std::string out;
  for (std::size_t at = token.span.start + 1; at + 1 < token.span.end;) {
    if (query_text[at] != '\\') {
      out += query_text[at];
      at += query_text[at] == query_text[token.span.start] ? 2 : 1;
      continue;
    }
    const char c = query_text[at + 1];
    if (c == 'u' || c == 'U') {
      at = append_escape(query_text, at + 2, c == 'u' ? 4 : 8, out);
      continue;
    }
    const auto found = kFrom.find(c);
    if (found == std::string_view::npos) {
      fail_syntax(query_text, at, Trouble::unexpected_syntax, "an escape that Cypher does not know; a backslash itself is written \\\\");
    }
    out += kTo[found];
    at += 2;
  }
  return out;
}

std::string name_of(const Token& token) {
  auto text = token.text_view;
  if (text.starts_with('$')) text.remove_prefix(1);
  if (!text.starts_with('`')) return std::string(text);
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    out += text[i];
    if (text[i] == '`') ++i;
  }
  return out;
}

}  // namespace policygraph::inline v0::detail::query
