#include "text/search_words.hpp"

#include <algorithm>

#include "char_class.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/transliterate.hpp"
#include "policygraph/text/utf8.hpp"
#include "text/word_key.hpp"

namespace policygraph::inline v0::detail::text {
namespace {

constexpr std::array<std::string_view, 5> kCodes{"en", "ru", "uz-Latn", "uz-Cyrl", "kk"};

const Language& built_in(std::string_view code) { return Languages::built_in().get(code); }

/// The script of a word's first letter.
Script script_of(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = code_point_at(word, at);
    if (point.value < 0x250 && is_letter(point.value)) return Script::latin;
    if (point.value >= 0x400 && point.value < 0x530) return Script::cyrillic;
    if (is_letter(point.value)) return Script::other;
    at += point.size;
  }
  return Script::none;
}

// Harman's rules, of which the first that fits decides.
void cut_plural(std::string& word) {
  const auto ends = [&](std::string_view suffix) { return std::string_view(word).ends_with(suffix); };
  if (word.size() < 4) return;
  if (ends("ies")) {
    if (!ends("eies") && !ends("aies")) word.replace(word.size() - 3, 3, "y");
  } else if (ends("es")) {
    if (!ends("aes") && !ends("ees") && !ends("oes")) word.pop_back();
  } else if (ends("s") && !ends("us") && !ends("ss")) {
    word.pop_back();
  }
}

void put(std::string term, std::vector<std::string>& out) {
  if (!term.empty() && std::ranges::find(out, term) == out.end()) out.push_back(std::move(term));
}

// Groups of digits are written with blanks or without.
std::string number_term(std::string_view number) {
  std::string out;
  for (const char c : number) {
    if ((c >= '0' && c <= '9') || c == '.' || c == ',') out.push_back(c);
  }
  return out;
}

}  // namespace

SearchWords::SearchWords(std::string_view language)
    : language_(std::ranges::find(kCodes, language) == kCodes.end() ? nullptr : &built_in(language)) {}

void SearchWords::add(const Language& language, std::string_view word, std::vector<std::string>& out) const {
  auto stem = language.code() == "uz-Cyrl" ? built_in("uz-Latn").stem(uzbek_to_latin(word)) : language.stem(word);
  if (language.code() == "en") cut_plural(stem);
  if (language.code().starts_with("uz")) stem = uzbek_term(stem);
  put(std::move(stem), out);
}

void SearchWords::add_terms(std::string_view word, TokenKind kind, std::vector<std::string>& out) const {
  if (kind == TokenKind::number) return put(number_term(word), out);
  const auto script = script_of(word);
  if (script != Script::latin && script != Script::cyrillic) return put(word_key(word), out);
  if (language_ != nullptr) return add(language_->script() == script ? *language_ : built_in(script == Script::latin ? "en" : "ru"), word, out);
  put(word_key(word), out);
  for (const auto code : kCodes) {
    if (built_in(code).script() == script) add(built_in(code), word, out);
  }
}

std::string uzbek_term(std::string_view latin) {
  static constexpr std::string_view kConsonants = "bcdfghjklmnpqrstvxz";
  static constexpr std::string_view kIotated = "uao";
  std::string out;
  out.reserve(latin.size());
  for (std::size_t i = 0; i < latin.size(); ++i) {
    const bool is_soft = latin[i] == 'y' && i > 0 && i + 1 < latin.size() && kConsonants.find(latin[i - 1]) != std::string_view::npos &&
                         kIotated.find(latin[i + 1]) != std::string_view::npos;
    if (!is_soft) out += latin[i];
  }
  return out;
}

bool is_stop_word(std::string_view word) {
  const auto script = script_of(word);
  return std::ranges::any_of(kCodes, [&](std::string_view code) {
    const auto& language = built_in(code);
    return language.script() == script && language.is_stop_word(word);
  });
}

}  // namespace policygraph::inline v0::detail::text
