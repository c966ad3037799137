#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/tables.hpp"
#include "extract/recognizers/words.hpp"

// A table of sums whose first column is headed "Programme" or "Проект": each row is named after one, though no head
// word stands in it.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::uint32_t kLongHead = 5;   // tokens
constexpr std::uint32_t kLongName = 12;  // tokens

const PhraseMatch* head_of(const Reading& reading, const Table& table) {
  if (table.columns.empty()) return nullptr;
  for (const Table::Column& column : table.columns) {
    if (column.head.is_empty() || column.head.size() > kLongHead) continue;
    const PhraseMatch* found = reading.match_at("table_programme_heads", column.head.first);
    if (found != nullptr) return found;
    if (&column != &table.columns.front()) break;  // behind a column of numbers
  }
  return nullptr;
}

bool has_quotation(const Reading& reading, Range label) {
  for (std::uint32_t i = label.first; i < label.last; ++i) {
    const char32_t mark = reading.sign(i);
    if (mark == U'"' || mark == U'\u201C' || mark == U'\u00AB' || mark == U'\u201E') return true;
  }
  return false;
}

// Tokens that a name told so far holds, an act's too.
std::vector<bool> told_tokens(const Reading& reading, const Extraction& out) {
  std::vector<bool> told(reading.tokens().size(), false);
  for (const ExtractedMention& mention : out.mentions) {
    if (mention.label.empty()) continue;
    for (std::uint32_t i = reading.view().token_at(mention.span.start);
         i < told.size() && reading.token(i).span.start < mention.span.end; ++i)
      told[i] = true;
  }
  return told;
}

bool covers(const std::optional<WordMatch>& match, Range name) { return match && match->range.last >= name.last; }

// "Ministry of Health", "Министерство здравоохранения", "ADB"
bool is_body(const Words& words, Range name) {
  if (covers(words.match("known_organizations", name.first), name)) return true;
  const auto head = words.match("organization_heads", name.first);
  if (head && (words.is_any(head->range.last, {"of", "for"}) || head->range.last == name.last)) return true;
  const auto last = words.match("organization_heads", name.last - 1);
  if (last && last->entry->id == "government") return true;
  const std::uint32_t at = words.grammar() != nullptr && words.grammar()->is_head_last ? name.last - 1 : name.first;
  const auto cased = words.grammar() == nullptr ? std::nullopt : words.match("cased_heads", at);
  return cased && cased->entry->id == "government";
}

// "January", "March 2025"
bool is_month(const Words& words, Range name) {
  const auto month = words.match("months", name.first);
  if (!month && !words.match("months_and_days", name.first)) return false;
  std::uint32_t at = month ? month->range.last : name.first + 1;
  while (at < name.last && words.is_number(at)) ++at;
  return at == name.last;
}

bool is_place(const Words& words, Range name) {
  for (const CategoryName category : {CategoryName("countries"), CategoryName("regions"), CategoryName("cities")}) {
    const auto place = words.match(category, name.first);
    if (covers(place, name) || (place && covers(words.match("place_heads", place->range.last), name))) return true;
  }
  return covers(words.match("place_heads", name.last - 1), name) ||
         covers(words.match("cased_place_heads", name.last - 1), name);
}

// "Anna Ivanova"
bool is_person(const Words& words, Range name) {
  if (name.size() < 2 || name.size() > 3) return false;
  for (std::uint32_t i = name.first; i < name.last; ++i) {
    if (!words.is_capital(i)) return false;
  }
  return words.match("given_names", name.first) || is_surname(words, name.last - 1);
}

}  // namespace

void recognise_table_programmes(const Reading& reading, Extraction& out) {
  const auto is_cell = [](const ExtractedMention& mention) { return mention.extractor == kTableExtractor; };
  if (reading.matches("table_programme_heads").empty() || std::ranges::none_of(out.mentions, is_cell)) return;
  const std::vector<bool> told = told_tokens(reading, out);
  for (const Table& table : read_tables(reading)) {
    const PhraseMatch* head = head_of(reading, table);
    if (head == nullptr) continue;
    for (const Table::Row& row : table.rows) {
      const Range label = row.label;
      if (row.is_total || label.is_empty() || label.size() > kLongName || !reading.token(label.first).is_capitalised ||
          has_quotation(reading, label))
        continue;
      if (reading.match_at("table_other_rows", label.first) != nullptr) continue;
      if (std::any_of(told.begin() + label.first, told.begin() + label.last, std::identity{})) continue;
      const Sentence* line = reading.view().sentence_at(reading.token(label.first).span.start);
      if (line == nullptr) continue;
      std::vector<std::uint32_t> tokens, marked;
      append_words(reading, *line, tokens);
      const Words words(reading, *line, tokens, marked);
      Range name{0, words.size()};
      while (name.first < name.last && words.token(name.first) < label.first) ++name.first;
      while (name.last > name.first && words.token(name.last - 1) >= label.last) --name.last;
      if (name.is_empty() || is_body(words, name) || is_month(words, name) || is_place(words, name) ||
          is_person(words, name))
        continue;
      ExtractedMention found = named(words, name, "Programme", "table-programme/1", 0.75F);
      found.properties.push_back(property("kind", Value(reading.entry(*head).id), found.span));
      out.mentions.push_back(std::move(found));
    }
  }
}

}  // namespace policygraph::inline v0::detail::extract
