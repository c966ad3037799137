// Any bytes through decoding, normalisation, tokens and sentences: spans lie in range and in order, maps go both ways, and what is
// said of UTF-8 holds.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "policygraph/text/encoding.hpp"
#include "policygraph/text/language.hpp"
#include "policygraph/text/line_index.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/similarity.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/transliterate.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_map(const OffsetMap& map, std::string_view source, std::string_view target) {
  require(map.target_size() == target.size());
  require(map.source_size() <= source.size());
  Span last{};
  const std::size_t step = 1 + target.size() / 64;
  for (std::size_t at = 0; at + step <= target.size(); at += step) {
    const Span asked{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + step)};
    const Span found = map.to_source(asked);
    require(found.start <= found.end && found.end <= source.size() && found.start >= last.start);
    if (!found.empty()) require(map.to_target(found).contains(asked));
    last = found;
  }
}

void check_tokens(std::string_view text, const std::vector<Token>& tokens) {
  std::uint32_t last = 0;
  for (const Token& token : tokens) {
    require(token.span.start >= last && token.span.start < token.span.end && token.span.end <= text.size());
    last = token.span.end;
  }
}

void check_sentences(std::string_view text, const std::vector<Token>& tokens, const Language& language) {
  std::uint32_t last = 0;
  for (const Sentence& sentence : split_sentences(text, tokens, language)) {
    require(sentence.first >= last && sentence.first < sentence.last && sentence.last <= tokens.size());
    require(sentence.span == Span{tokens[sentence.first].span.start, tokens[sentence.last - 1].span.end});
    for (std::uint32_t i = last; i < sentence.first; ++i) require(tokens[i].kind == TokenKind::line_break);
    last = sentence.last;
  }
  for (std::size_t i = last; i < tokens.size(); ++i) require(tokens[i].kind == TokenKind::line_break);
}

void check(std::string_view bytes, Encoding encoding) {
  const DecodedText decoded = decode(bytes, encoding);
  require(is_valid_utf8(decoded.text));
  check_map(decoded.map, bytes, decoded.text);
  const NormalisedText normal = normalise(decoded.text);
  require(is_valid_utf8(normal.text));
  check_map(normal.map, decoded.text, normal.text);
  const OffsetMap map = OffsetMap::compose(decoded.map, normal.map);
  check_map(map, bytes, normal.text);
  const std::vector<Token> tokens = tokenize(normal.text);
  check_tokens(normal.text, tokens);
  const Languages& languages = Languages::built_in();
  const auto guess = languages.guess(normal.text);
  require(guess.confidence >= 0 && guess.confidence <= 1);
  check_sentences(normal.text, tokens, languages.get(guess.code.empty() ? "en" : guess.code));
  const LineIndex lines(normal.text);
  require(lines.at(normal.text.size()).line == lines.line_count());
  require(CodePointIndex(normal.text).size() == count_code_points(normal.text));
}

void check_names(std::string_view bytes) {
  const std::string_view first = bytes.substr(0, bytes.size() / 2);
  const std::string_view second = bytes.substr(bytes.size() / 2);
  const double alike = name_similarity(first, second);
  require(alike >= 0 && alike <= 1.000001);
  require(edit_distance(first, second, 3) == edit_distance(second, first, 3));
  is_acronym_of(first, second);
  uzbek_to_latin(bytes);
  uzbek_to_cyrillic(bytes);
  russian_to_latin(bytes);
}

}  // namespace
}  // namespace policygraph

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policygraph;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check(bytes, guess_encoding(bytes).encoding);
  if (size > 0) check(bytes.substr(1), static_cast<Encoding>(data[0] % 6));
  const std::vector<Token> raw = tokenize(bytes);
  check_tokens(bytes, raw);
  check_sentences(bytes, raw, Languages::built_in().get("ru"));
  require(is_valid_utf8(repair_utf8(bytes)));
  check_names(bytes.substr(0, 512));
  return 0;
}
