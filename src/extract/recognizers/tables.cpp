#include "extract/recognizers/tables.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "extract/recognizers/amount.hpp"
#include "extract/recognizers/recognizers.hpp"
#include "extract/recognizers/table_lines.hpp"
#include "text/number_words.hpp"

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::size_t kCaptionLines = 4;
constexpr std::uint32_t kLongSum = 6;       // tokens of a cell that says its currency itself
constexpr std::uint32_t kLongLabel = 40;    // tokens
constexpr std::uint32_t kLongCaption = 60;  // tokens of a line

bool is_gap(const Reading& reading, std::uint32_t token) { return reading.token(token).kind == TokenKind::line_break; }

struct Money {
  Range cell;
  Decimal amount;
  std::string currency;
};

struct Unit {
  Decimal factor{1};
  std::string currency;
};

class TableReader {
 public:
  TableReader(const Reading& reading, std::vector<TableLine> lines) : reading_(reading), lines_(std::move(lines)) {}

  std::vector<Table> read() {
    for (std::size_t i = 0; i < lines_.size();) {
      const std::size_t end = table_end(i);
      if (end - i >= 2) add(i, end);
      i = std::max(end, i + 1);
    }
    return std::move(tables_);
  }

 private:
  bool is_word(std::uint32_t token) const { return reading_.token(token).kind == TokenKind::word; }

  bool has_word(Range cell) const {
    for (std::uint32_t i = cell.first; i < cell.last; ++i) {
      if (is_word(i)) return true;
    }
    return false;
  }

  // One bare number and nothing else.
  std::optional<Decimal> number_in(Range cell) const {
    if (cell.is_empty()) return std::nullopt;
    const Sentence* sentence = reading_.view().sentence_at(reading_.token(cell.first).span.start);
    if (sentence == nullptr || reading_.token(cell.first).kind != TokenKind::number || cell.size() > 2) return std::nullopt;
    if (cell.size() == 2 && reading_.sign(cell.first + 1) != U'.') return std::nullopt;
    return parse_number(reading_.text(cell.first), reading_.view().language(*sentence).code() != "en", true);
  }

  // "USD 1.2 million", "12,4 млрд сумов;" and nothing else.
  std::optional<Money> money_in(Range cell) const {
    while (!cell.is_empty() && is_end(cell.last - 1)) --cell.last;
    if (cell.is_empty() || cell.size() > kLongSum || cell.size() < 2) return std::nullopt;
    const auto currencies = reading_.matches_in("currencies", cell.first, cell.last);
    const Sentence* sentence = reading_.view().sentence_at(reading_.token(cell.first).span.start);
    if (currencies.size() != 1 || sentence == nullptr) return std::nullopt;
    const PhraseMatch& currency = currencies.front();
    const bool is_in_front = currency.first == cell.first;
    const Walk words(reading_, cell.first, cell.last);
    std::uint32_t first = is_in_front ? currency.last : cell.first;
    if (is_in_front && words.is_sign(first, U'.')) ++first;
    const auto amount = words.is_number(first) ? Amounts(words, reading_.view().language(*sentence)).read(first) : std::nullopt;
    if (!amount || amount->upper) return std::nullopt;
    const std::uint32_t end = is_in_front ? amount->last : currency.last;
    if (!is_in_front && amount->last != currency.first) return std::nullopt;
    if (end != cell.last) return std::nullopt;
    return Money{cell, amount->value, reading_.entry(currency).id};
  }

  bool is_end(std::uint32_t token) const {
    const char32_t sign = reading_.sign(token);
    return sign == U';' || sign == U'.' || sign == U',' || is_gap(reading_, token);
  }

  bool holds_sum(Range cell) const { return number_in(cell).has_value() || money_in(cell).has_value(); }

  bool is_row(const TableLine& line) const {
    if (line.cells.size() < 2 || line.cells.front().size() > kLongLabel) return false;
    return std::any_of(line.cells.begin() + 1, line.cells.end(), [&](Range cell) { return holds_sum(cell); });
  }

  // Rows of one make, one under the other.
  std::size_t table_end(std::size_t first) const {
    std::size_t end = first;
    while (end < lines_.size() && is_row(lines_[end]) && lines_[end].mark == lines_[first].mark && lines_[end].table == lines_[first].table) ++end;
    return end;
  }

  int year_in(Range cell) const {
    for (std::uint32_t i = cell.first; i < cell.last; ++i) {
      const std::string_view text = reading_.text(i);
      if (text.size() == 4 && (text.starts_with("19") || text.starts_with("20")) && text.find_first_not_of("0123456789") == std::string_view::npos) return std::stoi(std::string(text));
    }
    return 0;
  }

  bool is_year_row(const TableLine& line) const {
    return std::all_of(line.cells.begin() + 1, line.cells.end(), [&](Range cell) { return !holds_sum(cell) || (number_in(cell) && year_in(cell) != 0); });
  }

  bool is_total(Range cell) const { return !cell.is_empty() && !reading_.matches_in("table_totals", cell.first, cell.last).empty(); }

  // "USD", "$": stands in front of its number.
  bool is_code(const PhraseMatch& currency) const {
    const Token& token = reading_.token(currency.first);
    return token.kind != TokenKind::word || token.is_upper;
  }

  // A currency that no number stands before, with the power of ten beside it.
  std::optional<Unit> unit_in(Range words) const {
    for (const PhraseMatch& currency : reading_.matches_in("currencies", words.first, words.last)) {
      std::uint32_t before = currency.first;
      if (before > words.first && reading_.sign(before - 1) == U'.') --before;
      if (before > words.first && reading_.token(before - 1).kind == TokenKind::number) continue;
      if (is_code(currency) && currency.last < words.last && reading_.token(currency.last).kind == TokenKind::number) continue;  // "UZS 6.4 trillion"
      Unit unit{Decimal(1), reading_.entry(currency).id};
      if (before > words.first + 1 && reading_.match_at("unit_links", before - 1) != nullptr) --before;  // "thousands of dollars"
      const PhraseMatch* power = before > words.first ? reading_.match_over("magnitudes", before - 1) : nullptr;
      if (power == nullptr && currency.last < words.last) power = reading_.match_at("magnitudes", currency.last);
      if (power != nullptr) unit.factor = Decimal::try_parse(reading_.entry(*power).id).value_or(Decimal(1));
      if (power != nullptr && power->first > words.first && power->last <= currency.first && is_number(power->first - 1)) continue;
      return unit;
    }
    return std::nullopt;
  }

  // "3 million", "nine million"
  bool is_number(std::uint32_t token) const {
    if (!is_word(token)) return reading_.token(token).kind == TokenKind::number;
    const Sentence* sentence = reading_.view().sentence_at(reading_.token(token).span.start);
    return sentence != nullptr && text::is_number_word(reading_.view().language(*sentence), reading_.text(token));
  }

  // A cell that says a currency and nothing else.
  std::optional<Unit> currency_alone(Range cell) const {
    const auto currencies = reading_.matches_in("currencies", cell.first, cell.last);
    if (cell.is_empty() || currencies.size() != 1 || currencies.front().first != cell.first || currencies.front().last != cell.last) return std::nullopt;
    return Unit{Decimal(1), reading_.entry(currencies.front()).id};
  }

  Range caption_before(std::size_t first) const {
    Range out;
    for (std::size_t steps = 0; first > 0 && steps < kCaptionLines; ++steps) {
      const TableLine& line = lines_[--first];
      if (line.table != 0 || line.all.size() > kLongCaption || is_row(line)) break;
      out = out.is_empty() ? line.all : Range{line.all.first, out.last};
    }
    return out;
  }

  void add(std::size_t first, std::size_t end) {
    Table table;
    const bool has_year_row = is_year_row(lines_[first]);
    std::size_t head = first;
    const bool has_head_above = !has_year_row && first > 0 && lines_[first - 1].mark == lines_[first].mark && lines_[first - 1].table == lines_[first].table &&
                                lines_[first - 1].cells.size() >= 2 && lines_[first].mark != U':';
    if (has_year_row) ++first;
    else if (has_head_above) --head;
    std::size_t widest = 0;
    for (std::size_t i = head; i < end; ++i) widest = std::max(widest, lines_[i].cells.size());
    table.columns.resize(widest);
    if (head != first || has_year_row) read_head(lines_[head], table);
    table.caption = caption_before(head);
    std::optional<Unit> unit = unit_of(table, head);
    if (!unit && end < lines_.size() && lines_[end].all.size() <= kLongCaption && !is_row(lines_[end])) unit = unit_in(lines_[end].all);
    for (std::size_t i = first; i < end && !unit; ++i) {
      if (is_total(lines_[i].cells.front())) unit = unit_in(lines_[i].cells.front());  // "Total (million soums)"
    }
    mark_years(first, end, table);
    for (std::size_t i = first; i < end; ++i) add_row(lines_[i], unit, table);
    if (!table.sums.empty() && (has_bare_sums(table) || is_list_of_sums(table))) tables_.push_back(std::move(table));
  }

  // A column of years: "Term", "Срок".
  void mark_years(std::size_t first, std::size_t end, Table& table) const {
    for (std::size_t column = 1; column < table.columns.size(); ++column) {
      std::size_t years = 0, sums = 0;
      for (std::size_t i = first; i < end; ++i) {
        if (column >= lines_[i].cells.size() || !holds_sum(lines_[i].cells[column])) continue;
        const Range cell = lines_[i].cells[column];
        ++(cell.size() == 1 && year_in(cell) != 0 ? years : sums);
      }
      table.columns[column].is_other = table.columns[column].is_other || (years > 1 && sums == 0);
    }
  }

  static bool has_bare_sums(const Table& table) {
    return std::ranges::any_of(table.sums, [](const TableSum& sum) { return !sum.is_whole; });
  }

  // Lines that each say their currency are a table where they have a total or several columns.
  static bool is_list_of_sums(const Table& table) {
    const bool has_columns = std::ranges::adjacent_find(table.sums, {}, &TableSum::row) != table.sums.end();
    return table.sums.size() >= 2 && (has_columns || std::ranges::any_of(table.rows, &Table::Row::is_total));
  }

  // The line right above tells before those further up.
  std::optional<Unit> unit_of(const Table& table, std::size_t head) const {
    for (std::size_t i = head; i > 0 && !table.caption.is_empty() && lines_[i - 1].all.first >= table.caption.first; --i) {
      if (const auto unit = unit_in(lines_[i - 1].all)) return unit;
    }
    return table.columns.empty() || table.columns.front().head.is_empty() ? std::nullopt : unit_in(table.columns.front().head);
  }

  // Its head, else that of the column which "of which" says it is a part of.
  std::optional<Unit> unit_of_column(const Table& table, std::size_t column) const {
    for (std::size_t i = column; i > 0; --i) {
      const Range head = table.columns[i].head;
      if (head.is_empty()) return std::nullopt;
      if (const auto unit = unit_in(head)) return unit;
      if (reading_.match_at("column_parts", head.first) == nullptr) return std::nullopt;
    }
    return std::nullopt;
  }

  void read_head(const TableLine& line, Table& table) const {
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      const bool is_other = !line.cells[i].is_empty() && !reading_.matches_in("table_other_heads", line.cells[i].first, line.cells[i].last).empty() && !unit_in(line.cells[i]);
      table.columns[i] = {line.cells[i], i == 0 ? 0 : year_in(line.cells[i]), i != 0 && is_total(line.cells[i]), is_other};
    }
  }

  bool counts_other(const Table::Column& column) const {
    return column.is_other || (!column.head.is_empty() && (!reading_.matches_in("percent_words", column.head.first, column.head.last).empty() || has_percent(column.head)));
  }

  bool has_percent(Range cell) const {
    for (std::uint32_t i = cell.first; i < cell.last; ++i) {
      if (reading_.sign(i) == U'%') return true;
    }
    return false;
  }

  void add_row(const TableLine& line, const std::optional<Unit>& unit, Table& table) const {
    const auto label = std::ranges::find_if(line.cells, [&](Range cell) { return has_word(cell); });
    Table::Row row{label == line.cells.end() ? Range{} : *label, false, {}, {}};
    row.is_total = is_total(row.label);
    std::optional<Unit> row_unit;
    for (std::size_t column = 1; column < line.cells.size(); ++column) {
      const Range head = table.columns[column].head;
      if (!head.is_empty() && has_word(line.cells[column]) && !reading_.matches_in("table_source_heads", head.first, head.last).empty()) row.source = line.cells[column];
      if (!head.is_empty() && has_word(line.cells[column]) && !reading_.matches_in("table_executor_heads", head.first, head.last).empty()) row.executor = line.cells[column];
      if (!row_unit) row_unit = currency_alone(line.cells[column]);
    }
    const auto at = static_cast<std::uint32_t>(table.rows.size());
    table.rows.push_back(row);
    for (std::uint32_t column = 1; column < line.cells.size(); ++column) {
      const Table::Column& head = table.columns[column];
      if (const auto money = counts_other(head) ? std::nullopt : money_in(line.cells[column])) {
        table.sums.push_back({money->cell, true, money->amount.normalised(), money->currency, at, column});
        continue;
      }
      const auto value = number_in(line.cells[column]);
      if (!value || counts_other(head)) continue;
      const auto own = unit_of_column(table, column);
      const std::optional<Unit>& told = own ? own : row_unit ? row_unit : unit;
      if (!told) continue;
      table.sums.push_back({{line.cells[column].first, line.cells[column].first + 1}, false, (*value * told->factor).normalised(), told->currency, at, column});
    }
  }

  const Reading& reading_;
  std::vector<TableLine> lines_;
  std::vector<Table> tables_;
};

bool may_hold_tables(const Reading& reading) {
  return !reading.matches("currencies").empty();
}

}  // namespace

std::vector<Table> read_tables(const Reading& reading) {
  if (!may_hold_tables(reading)) return {};
  return TableReader(reading, read_table_lines(reading)).read();
}

void recognise_table_sums(const Reading& reading, Extraction& out) {
  std::map<std::uint32_t, std::size_t> known;  // sums that the words alone tell, by start
  for (std::size_t i = 0; i < out.mentions.size(); ++i) {
    if (out.mentions[i].literal == "money") known.emplace(out.mentions[i].span.start, i);
  }
  for (const Table& table : read_tables(reading)) {
    for (const TableSum& sum : table.sums) {
      const Span span = reading.span(sum.cell.first, sum.cell.last);
      if (reading.view().sentence_at(span.start) == nullptr) continue;
      const auto same = known.find(span.start);
      if (same != known.end()) out.mentions[same->second].extractor = kTableExtractor;
      if (same != known.end() || sum.is_whole) continue;
      ExtractedMention found;
      found.span = span;
      found.literal = "money";
      found.value = ValueMap{{"amount", sum.amount}, {"currency", sum.currency}};
      found.extractor = kTableExtractor;
      found.confidence = 0.9F;
      out.mentions.push_back(std::move(found));
    }
  }
}

}  // namespace policygraph::inline v0::detail::extract
