#include <algorithm>

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

// It names a programme itself, with a head word or in quotation marks, or an act.
bool is_told(const Reading& reading, const Extraction& out, Range label) {
  const Span span = reading.span(label.first, label.last);
  for (std::uint32_t i = label.first; i < label.last; ++i) {
    const char32_t mark = reading.sign(i);
    if (mark == U'"' || mark == U'\u201C' || mark == U'\u00AB' || mark == U'\u201E') return true;
  }
  return std::ranges::any_of(out.mentions, [&](const ExtractedMention& mention) {
    return !mention.label.empty() && mention.span.start < span.end && span.start < mention.span.end;
  });
}

}  // namespace

void recognise_table_programmes(const Reading& reading, Extraction& out) {
  const auto is_cell = [](const ExtractedMention& mention) { return mention.extractor == kTableExtractor; };
  if (reading.matches("table_programme_heads").empty() || std::ranges::none_of(out.mentions, is_cell)) return;
  for (const Table& table : read_tables(reading)) {
    const PhraseMatch* head = head_of(reading, table);
    if (head == nullptr) continue;
    for (const Table::Row& row : table.rows) {
      const Range label = row.label;
      if (row.is_total || label.is_empty() || label.size() > kLongName || !reading.token(label.first).is_capitalised ||
          is_told(reading, out, label))
        continue;
      if (!reading.matches_in("table_other_rows", label.first, label.first + 1).empty()) continue;
      const Sentence* line = reading.view().sentence_at(reading.token(label.first).span.start);
      if (line == nullptr) continue;
      std::vector<std::uint32_t> tokens, marked;
      append_words(reading, *line, tokens);
      const Words words(reading, *line, tokens, marked);
      Range name{0, words.size()};
      while (name.first < name.last && words.token(name.first) < label.first) ++name.first;
      while (name.last > name.first && words.token(name.last - 1) >= label.last) --name.last;
      if (name.is_empty()) continue;
      ExtractedMention found = named(words, name, "Programme", "table-programme/1", 0.75F);
      found.properties.push_back(property("kind", Value(reading.entry(*head).id), found.span));
      out.mentions.push_back(std::move(found));
    }
  }
}

}  // namespace policygraph::inline v0::detail::extract
