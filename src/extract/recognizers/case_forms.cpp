#include "extract/recognizers/case_forms.hpp"

#include <algorithm>
#include <initializer_list>

#include "extract/folding.hpp"
#include "policygraph/text/normalise.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

bool is_any(std::string_view text, std::initializer_list<std::string_view> all) { return std::ranges::find(all, text) != all.end(); }

// The first letters of a folded word and of a stem are small and two.
bool begin_otherwise(std::string_view word, std::string_view stem) {
  if (word.empty() || stem.size() < 2) return false;
  const auto first = static_cast<unsigned char>(stem[0]), second = static_cast<unsigned char>(stem[1]);
  if (first >= 'a' && first <= 'z') return stem[0] != word[0];
  const bool is_small = (first == 0xD0 && second >= 0xB0 && second < 0xC0) || (first == 0xD1 && second >= 0x80 && second < 0x90);
  return is_small && !word.starts_with(stem.substr(0, 2));
}

// The stem of the pack's phrase that a head word begins with.
std::size_t stem_size(const Words& words, const WordMatch& head) {
  const std::string_view word = words.folded(head.range.last - 1);
  std::size_t best = 0;
  for (const std::string& phrase : head.entry->phrases) {
    if (!phrase.ends_with('*')) continue;
    const std::size_t blank = phrase.rfind(' ');
    std::string_view stem = std::string_view(phrase).substr(blank == std::string::npos ? 0 : blank + 1);
    stem.remove_suffix(1);
    if (word.starts_with(stem)) best = std::max(best, stem.size());  // it is as it folds
    else if (!begin_otherwise(word, stem) && word.starts_with(fold_word(stem))) best = std::max(best, fold_word(stem).size());
  }
  return best == 0 ? word.size() : best;
}

bool has_small(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    if (is_lower(point.value)) return true;
    i += point.size;
  }
  return false;
}

// "FAOning": behind capitals alone an ending is one however few they are.
const CaseGrammar::Ending* case_of_word(const Words& words, std::uint32_t word, const CaseGrammar& grammar) {
  if (const auto* ending = grammar.case_of(words.folded(word))) return ending;
  const std::string_view text = words.text(word);
  const auto found = std::ranges::find_if(grammar.cases, [&](const CaseGrammar::Ending& ending) {
    return text.size() >= ending.text.size() + 2 && text.ends_with(ending.text) && !has_small(text.substr(0, text.size() - ending.text.size()));
  });
  return found == grammar.cases.end() ? nullptr : &*found;
}

// "Государственного" to "Государственный" by the gender of the head.
std::string modifier_form(std::string_view word, std::string_view folded, std::string_view gender, const CaseGrammar& grammar) {
  std::size_t longest = 0;
  for (const std::string& ending : grammar.modifiers) {
    if (folded.size() > ending.size() + 3 && folded.ends_with(ending)) longest = std::max(longest, ending.size());
  }
  if (longest == 0 || folded.size() != word.size()) return std::string(word);
  const std::string_view stem = word.substr(0, word.size() - longest);
  const bool is_soft = is_any(folded.substr(stem.size() < 2 ? 0 : stem.size() - 2, 2), {"к", "г", "х", "ш", "щ", "ч", "ж"});
  if (gender == "n") return std::string(stem) + "ое";
  if (gender == "f") return std::string(stem) + "ая";
  return std::string(stem) + (is_soft ? "ий" : "ый");
}

}  // namespace

bool has_case(const Words& words, std::uint32_t word, const CaseGrammar& grammar) {
  return case_of_word(words, word, grammar) != nullptr;
}

// The ending is looked for in the text itself: folding leaves apostrophes out.
Span without_case(const Words& words, Range range, const CaseGrammar& grammar) {
  Span span = words.span(range);
  const auto* ending = case_of_word(words, range.last - 1, grammar);
  const std::string_view text = words.text(range.last - 1);
  if (ending != nullptr && text.ends_with(ending->text)) span.end -= static_cast<std::uint32_t>(ending->text.size());
  return span;
}

std::string_view ending_behind_stem(const Words& words, const WordMatch& head) {
  return words.folded(head.range.last - 1).substr(stem_size(words, head));
}

bool is_plural(const PackEntry& head, std::string_view ending) {
  if (is_any(ending, {"ам", "ами", "ах", "ям", "ями", "ях", "ов", "ев"})) return true;
  const std::string_view own = head.field("ending");
  if (own.empty()) return is_any(ending, {"ы", "и"});
  return own == "я" ? ending == "й" : ending.empty();
}

std::string nominative(const Words& words, Range range, const WordMatch& head, const CaseGrammar& grammar) {
  const std::uint32_t noun = head.range.last - 1;
  if (words.is_upper(noun) || words.folded(noun).size() != words.text(noun).size()) return words.name(range);
  const std::string_view gender = head.entry->field("gender");
  std::string out;
  for (std::uint32_t i = range.first; i < noun; ++i) {
    out += words.is_word(i) ? modifier_form(words.text(i), words.folded(i), gender, grammar) : std::string(words.text(i));
    if (words.reading().token(words.token(i + 1)).space_before) out += ' ';
  }
  out += std::string(words.text(noun).substr(0, stem_size(words, head))) + std::string(head.entry->field("ending"));
  if (noun + 1 == range.last) return out;
  return out + ' ' + words.name({noun + 1, range.last});
}

std::optional<std::uint32_t> begin_of_years(const Words& words, std::uint32_t at, std::uint32_t from) {
  constexpr std::size_t kYear = 4;  // digits
  const auto is_year = [&](std::uint32_t i) { return words.is_number(i) && words.text(i).size() == kYear; };
  if (at <= from || !words.match("year_words", at)) return std::nullopt;
  std::uint32_t first = at - 1;
  if (first > from && words.is_dash(first)) --first;  // "2024-yil"
  if (!is_year(first)) return std::nullopt;
  const bool is_range = first >= from + 2 && words.is_dash(first - 1) && is_year(first - 2);
  if (is_range) return first - 2;
  const bool is_until = words.folded(at).ends_with("gacha") || words.folded(at).ends_with("гача");
  return is_until ? std::optional(first) : std::nullopt;  // "2024 yilda" is when, and no name
}

}  // namespace policygraph::inline v0::detail::extract
