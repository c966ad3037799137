#include "policygraph/audit/audit.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kMostEvidence = 20;  // of one row
constexpr std::int64_t kPublishedWithin = 14;  // days after the date of an act
constexpr std::array<std::string_view, 2> kLater{"AMENDS", "REPEALS"};  // what an act does to one that there is

// Text differs from source to source without being wrong.
bool may_conflict(const Value& value) noexcept {
  const auto kind = value.kind();
  return kind == ValueKind::integer || kind == ValueKind::floating || kind == ValueKind::decimal || kind == ValueKind::partial_date || kind == ValueKind::boolean;
}

// "2024" says less than "2024-10-05", and nothing else.
bool disagree(const Value& a, const Value& b) {
  if (a.kind() != ValueKind::partial_date || b.kind() != ValueKind::partial_date) return a != b;
  return !within(a.as_partial_date(), b.as_partial_date()) && !within(b.as_partial_date(), a.as_partial_date());
}

class Auditor {
 public:
  explicit Auditor(const Snapshot& snapshot) : snapshot_(snapshot) {}

  std::vector<AuditRow> run() {
    for (const auto* finding : snapshot_.findings()) take(*finding);
    for (const auto type : kLater) compare_order(type);
    compare_acts();
    note_told_dates();
    for (const auto row : snapshot_.nodes()) {
      for (const auto property : snapshot_.properties(row)) compare(row, property);
    }
    compare_periods();
    sort();
    join_equal();
    return std::move(rows_);
  }

 private:
  void sort() {
    const auto place = [](const AuditRow& row) { return std::tuple(std::string_view(row.code), row.nodes.empty() ? NodeKey{} : row.nodes.front(), std::string_view(row.explanation)); };
    std::ranges::stable_sort(rows_, {}, place);
  }

  // What several places say is told once, with the words of all.
  void join_equal() {
    std::vector<AuditRow> joined;
    for (auto& row : rows_) {
      const bool is_again = !joined.empty() && std::tie(joined.back().code, joined.back().nodes, joined.back().explanation) == std::tie(row.code, row.nodes, row.explanation);
      if (!is_again) joined.push_back(std::move(row));
      else for (auto& citation : row.evidence) add(std::move(citation), joined.back());
    }
    rows_ = std::move(joined);
  }

  static void add(Citation citation, AuditRow& row) {
    const auto is_same = [&](const Citation& other) { return other.document == citation.document && other.span == citation.span; };
    if (row.evidence.size() < kMostEvidence && std::ranges::none_of(row.evidence, is_same)) row.evidence.push_back(std::move(citation));
  }

  // An act of two dates is a conflict of dates already; that its values differ says nothing more.
  void note_told_dates() {
    for (const auto& row : rows_) {
      if (row.code == "DATE_CONFLICT" || row.code == "DATE_IS_PUBLICATION") told_dates_.insert(row.nodes.begin(), row.nodes.end());
    }
  }

  // "X of 2019 repeals Y of 2023": acts reach only what there is.
  void compare_order(std::string_view name) {
    const auto type = snapshot_.edge_type(name);
    if (!type) return;
    for (const auto edge : snapshot_.edges_of(*type)) {
      const auto modality = snapshot_.modality(edge);
      if (modality == Modality::denied || modality == Modality::cancelled) continue;
      compare_order(edge, name);
    }
  }

  void compare_order(EdgeRow edge, std::string_view name) {
    const auto from = snapshot_.source(edge), to = snapshot_.target(edge);
    const auto first = snapshot_.value(to, "date"), later = snapshot_.value(from, "date");
    if (first.kind() != ValueKind::partial_date || later.kind() != ValueKind::partial_date || from == to) return;
    if (!(later.as_partial_date().latest() < first.as_partial_date().earliest())) return;
    AuditRow row{"DATE_ORDER", Severity::warning, snapshot_.caption(from) + " of " + later.to_string() + " " + std::string(name) + " " + snapshot_.caption(to) + ", which is of " + first.to_string(), {snapshot_.key(from), snapshot_.key(to)}, {}};
    std::ranges::sort(row.nodes);
    for (const auto id : snapshot_.evidence(edge)) add(snapshot_.cite(id), row);
    rows_.push_back(std::move(row));
  }

  void take(const Finding& finding) {
    AuditRow row{finding.code, finding.severity, finding.explanation, {}, {}};
    for (const auto key : finding.nodes) {
      if (const auto found = snapshot_.find(key)) row.nodes.push_back(snapshot_.key(*found));
    }
    if (row.nodes.empty() && !finding.nodes.empty()) return;  // what it was about is gone, or hidden
    std::ranges::sort(row.nodes);
    row.nodes.erase(std::ranges::unique(row.nodes).begin(), row.nodes.end());
    for (const auto id : finding.evidence) row.evidence.push_back(snapshot_.cite(id));
    rows_.push_back(std::move(row));
  }

  // What decides which value is read: the less, the better.
  std::tuple<Rank, SourceTier> standing(const Assertion& claim) const {
    auto tier = SourceTier::unknown;
    for (const auto id : claim.evidence) {
      const auto* document = snapshot_.sources().find(snapshot_.evidence(id).document);
      if (document != nullptr) tier = std::min(tier, document->tier);
    }
    return {claim.rank, tier};
  }

  PartialDate published(const Assertion& claim) const {
    const auto* document = snapshot_.sources().find(snapshot_.evidence(claim.evidence.front()).document);
    return document == nullptr ? PartialDate() : document->published;
  }

  void compare(NodeRow row, Property property) {
    const auto read = snapshot_.value(row, property);
    if (!may_conflict(read)) return;
    const auto name = snapshot_.name(property);
    if (name == "date" && told_dates_.contains(snapshot_.key(row))) return;
    std::optional<std::tuple<Rank, SourceTier>> best;
    PartialDate date;
    for (const Assertion& claim : snapshot_.assertions(row, name)) {
      if (claim.value != read || (best && standing(claim) >= *best)) continue;
      best = standing(claim);
      date = published(claim);
    }
    if (!best) return;
    AuditRow found{"VALUE_CONFLICT", Severity::warning, "'" + std::string(name) + "' of " + snapshot_.caption(row) + " is " + read.to_string(), {snapshot_.key(row)}, {}};
    std::vector<Value> others;
    for (const Assertion& claim : snapshot_.assertions(row, name)) {
      const bool differs = disagree(claim.value, read);
      if (differs && (standing(claim) != *best || published(claim) != date || std::ranges::find(others, claim.value) != others.end())) continue;
      if (differs) others.push_back(claim.value);
      if (found.evidence.size() < kMostEvidence) found.evidence.push_back(snapshot_.cite(claim.evidence.front()));
    }
    if (others.empty()) return;
    for (const auto& other : others) found.explanation += " and " + other.to_string();
    rows_.push_back(std::move(found));
  }

  static bool is_day(const Value& value) { return value.kind() == ValueKind::partial_date && value.as_partial_date().is_day(); }

  // Acts of one jurisdiction, kind and number that documents give other days. A number comes again with the next year.
  void compare_acts() {
    std::map<std::array<std::string, 3>, std::vector<NodeRow>> acts;
    for (const auto row : snapshot_.nodes("LegalAct")) {
      const std::array<std::string, 3> name{text(row, "jurisdiction"), text(row, "kind"), text(row, "number")};
      const bool has_series = name[2].find('-') != std::string::npos;  // else several bodies may count so
      if (has_series && is_day(snapshot_.value(row, "date"))) acts[name].push_back(row);
    }
    for (auto& [name, rows] : acts) {
      std::ranges::stable_sort(rows, {}, [&](NodeRow row) { return snapshot_.value(row, "date").as_partial_date().earliest(); });
      for (std::size_t i = 1; i < rows.size(); ++i) compare_dates(rows[i - 1], rows[i]);
    }
  }

  void compare_dates(NodeRow a, NodeRow b) {
    const auto first = snapshot_.value(a, "date").as_partial_date(), second = snapshot_.value(b, "date").as_partial_date();
    if (first == second || year_month_day(first.earliest()).year != year_month_day(second.earliest()).year) return;
    const bool is_near = std::abs(first.earliest().days - second.earliest().days) <= kPublishedWithin;
    AuditRow row{is_near ? "DATE_IS_PUBLICATION" : "DATE_CONFLICT", Severity::warning, snapshot_.caption(a) + " is dated " + first.to_string() + " and " + second.to_string() + " by several documents",
                 {snapshot_.key(a), snapshot_.key(b)}, {}};
    std::ranges::sort(row.nodes);
    for (const auto act : {a, b}) add_first(snapshot_.evidence(act), row);
    rows_.push_back(std::move(row));
  }

  // What ends before it begins.
  void compare_periods() {
    compare_period("period_from", "period_to");
    compare_period("date_from", "date_to");
    compare_period("date_entry_in_force", "date_no_longer_in_force");
  }

  void compare_period(std::string_view begins, std::string_view ends) {
    const auto from = snapshot_.property(begins), to = snapshot_.property(ends);
    if (!from || !to) return;
    for (const auto row : snapshot_.nodes()) {
      const auto begin = snapshot_.value(row, *from), end = snapshot_.value(row, *to);
      if (!is_after(begin, end)) continue;
      AuditRow found{"PERIOD_ORDER", Severity::warning, snapshot_.caption(row) + " ends (" + end.to_string() + ") before it begins (" + begin.to_string() + ")", {snapshot_.key(row)}, {}};
      add_first(snapshot_.evidence(row), found);
      rows_.push_back(std::move(found));
    }
  }

  static bool is_after(const Value& a, const Value& b) {
    if (a.kind() != ValueKind::partial_date || b.kind() != ValueKind::partial_date || a.as_partial_date().is_unknown() || b.as_partial_date().is_unknown()) return false;
    return b.as_partial_date().latest() < a.as_partial_date().earliest();
  }

  std::string text(NodeRow row, std::string_view property) const {
    const auto value = snapshot_.value(row, property);
    return value.kind() == ValueKind::string ? std::string(value.as_string()) : std::string();
  }

  void add_first(const EvidenceIds& ids, AuditRow& row) const {
    for (const auto id : ids) return add(snapshot_.cite(id), row);
  }

  const Snapshot& snapshot_;
  std::vector<AuditRow> rows_;
  std::set<NodeKey> told_dates_;  // of acts whose dates are in conflict
};

}  // namespace

std::vector<AuditRow> audit(const Snapshot& snapshot) { return Auditor(snapshot).run(); }

}  // namespace policygraph::inline v0
