#include <algorithm>
#include <string>

#include "graph/preference.hpp"
#include "graph/snapshot_data.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::Claim;
using detail::graph::History;
using detail::graph::preferred_of;

std::vector<std::uint32_t> listed(std::span<const std::uint32_t> ids) { return {ids.begin(), ids.end()}; }

// Claims of a property of a thing, which has all those of `ids`.
std::vector<std::uint32_t> named(const History& history, std::span<const std::uint32_t> ids, std::string_view property) {
  std::vector<std::uint32_t> result;
  std::ranges::copy_if(ids, std::back_inserter(result), [&](std::uint32_t id) {
    const auto claim = history.claim(id);
    return !claim.is_existence() && claim.name() == property;
  });
  return result;
}

// Whoever claims the value that is read supports it, not only the claim that won.
std::vector<EvidenceId> evidence_of_value(const History& history, const std::vector<std::uint32_t>& ids) {
  std::vector<Claim> claims;
  for (const auto id : ids) claims.push_back(history.claim(id));
  std::vector<EvidenceId> result;
  if (claims.empty()) return result;
  const auto read = preferred_of(history, claims);
  for (const auto claim : claims) {
    if (!claim.has_value_of(read)) continue;
    for (const auto id : claim.evidence()) result.push_back(id);
  }
  std::ranges::sort(result);
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

Assertion read_assertion(const void* data, std::uint32_t id) {
  return static_cast<const Snapshot::Data*>(data)->history.claim(id).record();
}
Mention read_mention(const void* data, std::uint32_t key) {
  return static_cast<const Snapshot::Data*>(data)->mention(NodeKey{key})->record();
}

PartialDate date_in(const Column* column, EdgeRow row) noexcept {
  return column != nullptr && column->has(row.value) ? column->partial_date(row.value) : PartialDate();
}

// A finding is replaced with the document it rests on: by its evidence, else by the mentions it names.
bool is_in_force(const Snapshot::Data& data, const Finding& finding, std::size_t part) {
  const auto& history = data.history;
  for (const auto id : finding.evidence) {
    const auto document = history.document_of(id);
    if (document && !history.holds(document, part)) return false;
  }
  if (!finding.evidence.empty()) return true;
  return std::ranges::all_of(finding.nodes, [&](NodeKey key) { return data.has_mention(key); });
}

}  // namespace

AssertionList Snapshot::assertions(NodeRow row) const {
  return {data_, read_assertion, listed(data_->node_claims[row.value])};
}
AssertionList Snapshot::assertions(EdgeRow row) const {
  return {data_, read_assertion, listed(data_->edge_claims[row.value])};
}
AssertionList Snapshot::assertions(NodeRow row, std::string_view property) const {
  return {data_, read_assertion, named(data_->history, data_->node_claims[row.value], property)};
}
AssertionList Snapshot::assertions(EdgeRow row, std::string_view property) const {
  return {data_, read_assertion, named(data_->history, data_->edge_claims[row.value], property)};
}
MentionList Snapshot::mentions(NodeRow row) const {
  return {data_, read_mention, listed(data_->node_mentions[row.value])};
}

Modality Snapshot::modality(NodeRow row) const noexcept { return data_->node_modality[row.value]; }
Modality Snapshot::modality(EdgeRow row) const noexcept { return data_->edge_modality[row.value]; }
PartialDate Snapshot::valid_from(EdgeRow row) const noexcept { return date_in(data_->valid_from.get(), row); }
PartialDate Snapshot::valid_to(EdgeRow row) const noexcept { return date_in(data_->valid_to.get(), row); }

EvidenceIds Snapshot::evidence(NodeRow row) const noexcept { return EvidenceIds(data_->node_evidence[row.value]); }
EvidenceIds Snapshot::evidence(EdgeRow row) const noexcept { return EvidenceIds(data_->edge_evidence[row.value]); }
std::vector<EvidenceId> Snapshot::evidence(NodeRow row, Property property) const {
  return evidence_of_value(data_->history, named(data_->history, data_->node_claims[row.value], name(property)));
}
std::vector<EvidenceId> Snapshot::evidence(EdgeRow row, Property property) const {
  return evidence_of_value(data_->history, named(data_->history, data_->edge_claims[row.value], name(property)));
}

Evidence Snapshot::evidence(EvidenceId id) const {
  auto found = data_->history.evidence(id);
  if (!found) throw Error(ErrorCode::not_found, "there is no evidence " + std::to_string(id.value));
  return *std::move(found);
}

Citation Snapshot::cite(EvidenceId id) const { return detail::graph::cite(*data_, id, evidence(id)); }

AssertionList Snapshot::assertions() const {
  std::vector<std::uint32_t> ids;
  data_->history.visit_claims([&](Claim claim) { ids.push_back(static_cast<std::uint32_t>(claim.id().value)); });
  return {data_, read_assertion, std::move(ids)};
}

std::vector<const Judgement*> Snapshot::judgements() const {
  std::vector<const Judgement*> result;
  data_->history.visit_judgements([&](const Judgement& judgement) { result.push_back(&judgement); });
  return result;
}

MentionList Snapshot::mentions() const {
  std::vector<std::uint32_t> keys;
  for (std::uint32_t key = 0; key < data_->key_limit; ++key) {
    if (data_->mention_of_key[key] != detail::graph::kNone) keys.push_back(key);
  }
  return {data_, read_mention, std::move(keys)};
}

std::vector<const Finding*> Snapshot::findings() const {
  std::vector<const Finding*> result;
  for (const auto& log : data_->history.logs()) {
    for (const auto& finding : log->findings) {
      if (is_in_force(*data_, finding, log->part)) result.push_back(&finding);
    }
  }
  return result;
}

std::vector<const Run*> Snapshot::runs() const {
  std::vector<const Run*> result;
  for (const auto& log : data_->history.logs()) {
    for (const auto& run : log->runs) result.push_back(&run);
  }
  return result;
}

}  // namespace policygraph::inline v0
