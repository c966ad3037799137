#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "extract/recognizers/tables.hpp"
#include "extract/relations/relations.hpp"
#include "extract/relations/scene.hpp"

// The sums of a budget's table: each cell is one, parts belong to the total of their row or column, a row's body gives, and the
// whole funds what the caption names.
namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::string_view kBy = "table-sum/1";
constexpr std::size_t kMostDigits = 18;
constexpr std::uint32_t kSourceWords = 4;  // tokens of "Loan of the" in front of the giver

class TableSums {
 public:
  explicit TableSums(Scene& scene) : scene_(scene) {}

  void run() {
    if (!has_tables()) return;
    for (const Table& table : read_tables(scene_.reading())) {
      if (is_budget(table)) read(table);
    }
  }

  std::vector<Total> take_totals() { return std::move(whole_totals_); }

 private:
  bool has_tables() const {
    return std::ranges::any_of(scene_.out().mentions, [](const ExtractedMention& mention) { return mention.extractor == kTableExtractor; });
  }

  bool tells(CategoryName category, Range tokens) const {
    return !tokens.is_empty() && !scene_.reading().matches_in(category, tokens.first, tokens.last).empty();
  }

  // Exports by year and prices by kind are tables of sums too.
  bool is_budget(const Table& table) const {
    bool is_told = tells("funding_cues", table.caption);
    for (const Table::Column& column : table.columns) is_told = is_told || tells("funding_cues", column.head);
    const bool has_total = std::ranges::any_of(table.rows, &Table::Row::is_total);
    const bool is_measured = tells("money_measures", table.caption) || tells("money_nothing", table.caption);
    return (is_told || (has_total && !things_in(table.caption, Root::programme).empty())) && !(is_measured && !is_told);
  }

  Things things_in(Range tokens, Root root) const {
    Things out;
    if (tokens.is_empty()) return out;
    for (std::uint32_t at = tokens.first; at < tokens.last;) {
      const Sentence* sentence = scene_.reading().view().sentence_at(scene_.reading().token(at).span.start);
      if (sentence == nullptr) {
        ++at;
        continue;
      }
      const Clause& clause = clause_at(*sentence);
      for (const Thing& thing : Scene::from(clause, at)) {
        if (thing.first >= tokens.last) break;
        if (has(root, thing.root) && !thing.is_inner && thing.first >= tokens.first && thing.last <= tokens.last) out.push_back(&thing);
      }
      at = std::max(at + 1, sentence->last);
    }
    return out;
  }

  // The cell up to a bracket or a semicolon, if it begins with a body: not "formerly the Ministry of Water".
  Range told_executor(Range cell) const {
    const Reading& reading = scene_.reading();
    for (std::uint32_t i = cell.first; i < cell.last; ++i) {
      const char32_t sign = reading.sign(i);
      if (sign == U'(' || sign == U'[' || sign == U';') cell.last = i;
    }
    const Things bodies = things_in(cell, Root::organization);
    const bool begins = !bodies.empty() && bodies.front()->first <= cell.first + (scene_.has_cue("determiners", cell.first) ? 1 : 0);
    return begins ? cell : Range{};
  }

  const Clause& clause_at(const Sentence& sentence) const {
    return scene_.clauses()[static_cast<std::size_t>(&sentence - scene_.reading().view().sentences().data())];
  }

  const Clause& clause_of(const TableSum& sum) const {
    return clause_at(*scene_.reading().view().sentence_at(scene_.reading().token(sum.cell.first).span.start));
  }

  bool is_measured(const Table& table, const TableSum& sum) const {
    const Range label = table.rows[sum.row].label;
    return tells("money_measures", label) && !tells("funding_cues", label);
  }

  void read(const Table& table) {
    fundings_.clear();
    totals_.clear();
    for (std::uint32_t row = 0; row < table.rows.size(); ++row) {
      if (table.rows[row].is_total) totals_.push_back(row);
    }
    for (const TableSum& sum : table.sums) {
      const Sentence* sentence = scene_.reading().view().sentence_at(scene_.reading().token(sum.cell.first).span.start);
      if (sentence != nullptr && !is_measured(table, sum)) fundings_[{sum.row, sum.column}] = {make(table, sum), &sum};
    }
    for (const auto& [place, funding] : fundings_) {
      link_whole(table, *funding.sum, funding.mention);
      link_ends(table, *funding.sum, funding.mention);
    }
    note_totals_of_rows(table);
    note_totals_of_columns(table);
  }

  // "2023 (actual) | 2024 (plan)": the head of the column before the caption.
  Modality modality(const Table& table, const TableSum& sum) const {
    const Range head = table.columns[sum.column].head;
    const bool is_done = tells("table_done", head) || (tells("table_done", table.caption) && !tells("table_planned", head));
    return is_done ? Modality::completed : Modality::planned;
  }

  MentionIndex make(const Table& table, const TableSum& sum) {
    ExtractedMention mention;
    mention.span = scene_.reading().span(sum.cell.first, sum.cell.last);
    mention.label = "Funding";
    mention.extractor = kBy;
    mention.modality = modality(table, sum);
    mention.confidence = 0.85F;
    const auto put = [&](std::string name, Value value) { mention.properties.push_back({std::move(name), std::move(value), mention.span, {}, mention.confidence}); };
    put("amount", sum.amount);
    put("currency", sum.currency);
    put("kind", "budget");
    put("status", mention.modality == Modality::completed ? "actual" : "planned");
    if (whole_of(table, sum) != nullptr) put("scope", "component");
    if (const int year = table.columns[sum.column].year; year != 0) {
      put("period_from", PartialDate::year(year));
      put("period_to", PartialDate::year(year));
    }
    scene_.out().mentions.push_back(std::move(mention));
    return static_cast<MentionIndex>(scene_.out().mentions.size() - 1);
  }

  const TableSum* sum_at(const Table& table, std::uint32_t row, std::uint32_t column) const {
    const auto place = [](const TableSum& sum) { return std::pair(sum.row, sum.column); };
    const auto found = std::ranges::lower_bound(table.sums, std::pair(row, column), {}, place);
    return found == table.sums.end() || place(*found) != std::pair(row, column) ? nullptr : &*found;
  }

  // The total of its row, else, in the total's own column or where rows have none, that of its column below it.
  const TableSum* whole_of(const Table& table, const TableSum& sum) const {
    for (std::uint32_t column = 1; column < table.columns.size(); ++column) {
      if (!table.columns[column].is_total || column == sum.column || !is_part(table, sum, column)) continue;
      if (const TableSum* total = sum_at(table, sum.row, column)) return total;
    }
    if (table.rows[sum.row].is_total) return nullptr;
    const auto next = std::ranges::lower_bound(totals_, sum.row);
    if (next != totals_.end()) return sum_at(table, *next, sum.column);
    if (const auto total = broken_down(table, sum.row)) return sum_at(table, *total, sum.column);
    return !totals_.empty() && totals_.front() == 0 ? sum_at(table, 0, sum.column) : nullptr;
  }

  // "Plan | Q1 | Q2 | Total": the columns beside the total that add up to it leave out those that do not belong.
  bool is_part(const Table& table, const TableSum& sum, std::uint32_t total) const {
    const auto [first, last] = run_of(table, sum.row, total);
    return first == last || (first <= sum.column && sum.column < last);
  }

  // The columns right in front of a total that add up to it exactly, where all columns together do not; else none.
  std::pair<std::uint32_t, std::uint32_t> run_of(const Table& table, std::uint32_t row, std::uint32_t total) const {
    const TableSum* whole = sum_at(table, row, total);
    if (whole == nullptr || !is_plain(whole->amount)) return {};
    Decimal added;
    for (std::uint32_t column = total; --column > 0;) {
      const TableSum* part = sum_at(table, row, column);
      if (part == nullptr || table.columns[column].is_total || part->currency != whole->currency || !is_plain(part->amount)) break;
      added = added + part->amount;
      if (added == whole->amount && total - column > 1) return {column, total};
    }
    return {};
  }

  // Its digits leave room for those of a sum.
  static bool is_plain(const Decimal& amount) { return amount.to_string().size() <= kMostDigits; }

  // Rows from "of which" on, below the last total, tell what it is made of.
  std::optional<std::uint32_t> broken_down(const Table& table, std::uint32_t row) const {
    if (totals_.empty() || totals_.back() >= row) return std::nullopt;
    for (std::uint32_t i = totals_.back() + 1; i <= row; ++i) {
      if (tells("funding_components", table.rows[i].label)) return totals_.back();
    }
    return std::nullopt;
  }

  void link_whole(const Table& table, const TableSum& sum, MentionIndex funding) {
    const TableSum* whole = whole_of(table, sum);
    const auto found = whole == nullptr ? fundings_.end() : fundings_.find({whole->row, whole->column});
    if (found == fundings_.end() || whole->currency != sum.currency) return;
    scene_.add(clause_of(sum), {"PART_OF", funding, found->second.mention, sum.cell.first, sum.cell.last, modality(table, sum), 0.85F, kBy});
  }

  MentionIndex funding_at(std::uint32_t row, std::uint32_t column) const {
    const auto found = fundings_.find({row, column});
    return found == fundings_.end() ? kNoMention : found->second.mention;
  }

  // The columns of a row beside its total. A cell that is empty or no sum leaves open what it holds.
  void note_totals_of_rows(const Table& table) {
    for (std::uint32_t column = 1; column < table.columns.size(); ++column) {
      if (!table.columns[column].is_total) continue;
      for (std::uint32_t row = 0; row < table.rows.size(); ++row) {
        Total one{funding_at(row, column), {}, true};
        const auto [first, last] = run_of(table, row, column);
        for (std::uint32_t other = 1; other < table.columns.size(); ++other) {
          if (table.columns[other].is_total || (first != last && (other < first || other >= last))) continue;
          const auto part = funding_at(row, other);
          if (part == kNoMention) one.are_all_told = false;
          else one.parts.push_back(part);
        }
        if (one.total != kNoMention) whole_totals_.push_back(std::move(one));
      }
    }
  }

  // The rows above the first total, where no row tells what one above it is made of. What a second total adds up is not told.
  void note_totals_of_columns(const Table& table) {
    if (totals_.empty() || totals_.front() < 2) return;
    const std::uint32_t last = totals_.front();
    for (std::uint32_t row = 0; row <= last; ++row)
      if (tells("funding_components", table.rows[row].label)) return;
    for (std::uint32_t column = 1; column < table.columns.size(); ++column) {
      Total one{funding_at(last, column), {}, true};
      for (std::uint32_t row = 0; row < last; ++row) {
        const auto part = funding_at(row, column);
        if (part == kNoMention) one.are_all_told = false;
        else one.parts.push_back(part);
      }
      if (one.total != kNoMention) whole_totals_.push_back(std::move(one));
    }
  }

  void add(const TableSum& sum, std::string_view type, MentionIndex from, MentionIndex to, const Table& table, float confidence) {
    scene_.add(clause_of(sum), {type, from, to, sum.cell.first, sum.cell.last, modality(table, sum), confidence, kBy});
  }

  void link_ends(const Table& table, const TableSum& sum, MentionIndex funding) {
    const Range label = table.rows[sum.row].label;
    if (!table.rows[sum.row].is_total) {
      for (const Thing* giver : things_in(label, Root::organization | Root::place)) {
        if (gives(*giver, label)) add(sum, "PROVIDES", giver->mention, funding, table, 0.75F);
      }
      const Range source = table.rows[sum.row].source;
      for (const Thing* giver : things_in(source, Root::organization | Root::place)) {
        if (gives(*giver, source)) add(sum, "PROVIDES", giver->mention, funding, table, 0.75F);
      }
    }
    for (const Thing* giver : things_in(table.columns[sum.column].head, Root::organization)) add(sum, "PROVIDES", giver->mention, funding, table, 0.7F);
    const Things works = things_in(label, Root::programme);
    if (!works.empty()) {
      for (const Thing* body : things_in(told_executor(table.rows[sum.row].executor), Root::organization))
        add(sum, "IMPLEMENTED_BY", works.front()->mention, body->mention, table, 0.7F);
      return add(sum, "FUNDS", funding, works.front()->mention, table, 0.75F);
    }
    if (whole_of(table, sum) != nullptr) return;
    if (const Thing* named = named_above(table, sum)) add(sum, "FUNDS", funding, named->mention, table, 0.75F);
    if (const Thing* own = scene_.own_act()) add(sum, "AUTHORISES", own->mention, funding, table, 0.7F);
  }

  // "World Bank", "Loan of the World Bank", "Кредит АБР"; a place only where it is the whole label.
  bool gives(const Thing& giver, Range label) const {
    if (giver.root == Root::place) return giver.first <= label.first + 1 && giver.last >= label.last && is_state(giver);
    if (giver.first <= label.first + 1) return true;
    return giver.first <= label.first + kSourceWords && tells("table_sources", {label.first, giver.first});
  }

  bool is_state(const Thing& place) const { return scene_.property(place.mention, "kind") == "country"; }

  const Thing* named_above(const Table& table, const TableSum& sum) const {
    const Things named = things_in(table.caption, Root::programme);
    if (!named.empty() || names_works_in_rows(table)) return named.empty() ? nullptr : named.front();
    return scene_.topic(clause_of(sum), Root::programme, 12);
  }

  // Then the last row's is not what the total is for.
  bool names_works_in_rows(const Table& table) const {
    return std::ranges::any_of(table.rows,
                               [&](const Table::Row& row) { return !things_in(row.label, Root::programme).empty(); });
  }

  struct Made {
    MentionIndex mention = kNoMention;
    const TableSum* sum = nullptr;
  };
  Scene& scene_;
  std::vector<Total> whole_totals_;
  std::vector<std::uint32_t> totals_;  // rows of the table at hand
  std::map<std::pair<std::uint32_t, std::uint32_t>, Made> fundings_;  // by row and column
};

}  // namespace

std::vector<Total> relate_table_sums(Scene& scene) {
  TableSums sums(scene);
  sums.run();
  return sums.take_totals();
}

}  // namespace policygraph::inline v0::detail::extract
