#include "policygraph/audit/audit.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kMostEvidence = 20;  // of one row

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
    for (const auto row : snapshot_.nodes()) {
      for (const auto property : snapshot_.properties(row)) compare(row, property);
    }
    const auto place = [](const AuditRow& row) { return std::tuple(std::string_view(row.code), row.nodes.empty() ? NodeKey{} : row.nodes.front(), std::string_view(row.explanation)); };
    std::ranges::stable_sort(rows_, {}, place);
    return std::move(rows_);
  }

 private:
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

  const Snapshot& snapshot_;
  std::vector<AuditRow> rows_;
};

}  // namespace

std::vector<AuditRow> audit(const Snapshot& snapshot) { return Auditor(snapshot).run(); }

}  // namespace policygraph::inline v0
