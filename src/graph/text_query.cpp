#include "graph/text_query.hpp"

#include <algorithm>
#include <utility>

#include "policygraph/base/error.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/transliterate.hpp"
#include "text/search_words.hpp"
#include "text/word_key.hpp"

namespace policygraph::inline v0::detail::graph {
namespace {

constexpr std::size_t kMostWords = 64;

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// A piece of the search: what stands between blanks, or between quotation marks.
struct Piece {
  std::string_view text;
  bool is_quoted = false;
  bool is_left_out = false;
};

class Pieces {
 public:
  explicit Pieces(std::string_view text) : text_(text) {}

  bool next(Piece& out) {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ == text_.size()) return false;
    out = {};
    out.is_left_out = text_[at_] == '-' && at_ + 1 < text_.size() && !is_blank(text_[at_ + 1]);
    if (out.is_left_out) ++at_;
    out.is_quoted = text_[at_] == '"';
    if (out.is_quoted) ++at_;
    const auto start = at_;
    while (at_ < text_.size() && text_[at_] != '"' && (out.is_quoted || !is_blank(text_[at_]))) ++at_;
    out.text = text_.substr(start, at_ - start);
    if (out.is_quoted && at_ < text_.size()) ++at_;
    return true;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

class Reader {
 public:
  TextQuery read(std::string_view text) {
    Pieces pieces(text);
    for (Piece piece; pieces.next(piece);) take(piece);
    if (out_.groups.empty()) std::swap(out_.groups, stop_words_);
    if (out_.groups.empty() && !out_.left_out.empty()) {
      throw Error(ErrorCode::invalid_argument, "a search that only leaves words out finds nothing; add one that must be there");
    }
    return std::move(out_);
  }

 private:
  void take(const Piece& piece) {
    if (piece.text == "OR" && !piece.is_quoted && !piece.is_left_out) {
      is_or_ = true;
      return;
    }
    auto phrase = phrase_of(piece.text);
    if (phrase.words.empty()) return;
    const bool is_alternative = std::exchange(is_or_, false);
    if (piece.is_left_out) {
      out_.left_out.push_back(std::move(phrase));
      return;
    }
    const bool says_nothing = !piece.is_quoted && phrase.words.size() == 1 && phrase.words[0].beginnings.empty() && text::is_stop_word(phrase.words[0].text);
    auto& groups = says_nothing ? stop_words_ : out_.groups;
    if (is_alternative && !groups.empty()) {
      groups.back().push_back(std::move(phrase));
    } else {
      groups.push_back({});
      groups.back().push_back(std::move(phrase));
    }
  }

  Phrase phrase_of(std::string_view text) {
    Phrase out;
    for (const auto& token : tokenize(text)) {
      if (!text::is_search_word(token)) continue;
      if (++word_count_ > kMostWords) throw Error(ErrorCode::invalid_argument, "a search of more than 64 words; leave some out");
      const bool is_beginning = token.kind == TokenKind::word && text.substr(token.span.end).starts_with('*');
      out.words.push_back(word_of(text.substr(token.span.start, token.span.size()), token.kind, is_beginning));
    }
    return out;
  }

  WantedWord word_of(std::string_view written, TokenKind kind, bool is_beginning) const {
    WantedWord out{std::string(written), {}, {}};
    words_.add_terms(written, kind, out.terms);
    if (!is_beginning) return out;
    out.beginnings.push_back(text::word_key(written));
    // Uzbek stands in the index in Latin letters.
    auto latin = text::word_key(uzbek_to_latin(written));
    auto term = text::uzbek_term(latin);
    if (latin != out.beginnings[0]) out.beginnings.push_back(std::move(latin));
    if (std::ranges::find(out.beginnings, term) == out.beginnings.end()) out.beginnings.push_back(std::move(term));
    return out;
  }

  text::SearchWords words_{""};
  std::size_t word_count_ = 0;
  TextQuery out_;
  std::vector<std::vector<Phrase>> stop_words_;
  bool is_or_ = false;
};

}  // namespace

TextQuery parse_text_query(std::string_view text) { return Reader().read(text); }

}  // namespace policygraph::inline v0::detail::graph
