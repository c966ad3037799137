#include "exchange/json_selection.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace policygraph::inline v0::detail::exchange {
namespace {

void add(std::vector<EvidenceId>& all, std::span<const EvidenceId> ids) {
  std::ranges::copy_if(ids, std::back_inserter(all), [](EvidenceId id) { return bool(id); });
}

}  // namespace

EvidenceTable::EvidenceTable(std::vector<EvidenceId> ids) : ids_(std::move(ids)) {
  std::ranges::sort(ids_);
  ids_.erase(std::ranges::unique(ids_).begin(), ids_.end());
}

std::uint64_t EvidenceTable::index(EvidenceId id) const noexcept {
  return static_cast<std::uint64_t>(std::ranges::lower_bound(ids_, id) - ids_.begin());
}

Selection::Selection(const Snapshot& snapshot, base::Steps& steps) : snapshot_(snapshot), is_whole_(!snapshot.is_view()) {
  std::vector<EvidenceId> ids;
  for (const auto& claim : snapshot.assertions()) {
    steps.step();
    if (has(claim)) add(ids, claim.evidence);
  }
  for (const auto& mention : snapshot.mentions())
    if (has(mention)) add(ids, {&mention.evidence, 1});
  if (!is_whole_)
    for (const auto id : ids) documents_.insert(snapshot.evidence(id).document);
  for (const auto* finding : snapshot.findings())
    if (has(*finding)) add(ids, finding->evidence);
  evidence_ = EvidenceTable(std::move(ids));
}

bool Selection::has(const Assertion& claim) const noexcept {
  if (is_whole_) return true;
  const bool is_of_edge = claim.kind == ClaimKind::edge || claim.kind == ClaimKind::edge_property;
  return is_of_edge ? snapshot_.find(claim.edge).has_value() : has_mention(claim.subject);
}

bool Selection::is_cited(EvidenceId id) const { return !id || documents_.contains(snapshot_.evidence(id).document); }

bool Selection::has(const Finding& finding) const {
  if (is_whole_) return true;
  return std::ranges::all_of(finding.nodes, [this](NodeKey key) { return has_mention(key); }) &&
         std::ranges::all_of(finding.evidence, [this](EvidenceId id) { return is_cited(id); });
}

Quotes::Place Quotes::place(const Evidence& evidence) {
  const auto& text = fetch(evidence.document);
  if (!text.text) return {evidence.span.start, evidence.span.end, is_redacted(evidence.document) ? "redacted" : "", 0};
  const auto size = static_cast<std::uint32_t>(text.text->size());
  const Span span{std::min(evidence.span.start, size), std::min(evidence.span.end, size)};
  const auto page = std::ranges::lower_bound(text.page_ends, span.start) - text.page_ends.begin() + 1;
  return {text.index->code_points_before(span.start), text.index->code_points_before(span.end), text.text->substr(span.start, span.size()),
          text.page_ends.empty() ? 0 : static_cast<std::uint64_t>(page)};
}

const Quotes::Text& Quotes::fetch(DocumentId id) {
  const auto [at, is_new] = texts_.try_emplace(id);
  if (!is_new) return at->second;
  at->second.text = sources_.text(id);
  if (!at->second.text) return at->second;
  const auto& text = *at->second.text;
  at->second.index.emplace(text);
  for (auto end = text.find('\f'); end != std::string::npos; end = text.find('\f', end + 1)) at->second.page_ends.push_back(static_cast<std::uint32_t>(end));
  return at->second;
}

bool Quotes::is_redacted(DocumentId id) const {
  const auto* document = sources_.find(id);
  return document != nullptr && document->is_redacted;
}

}  // namespace policygraph::inline v0::detail::exchange
