#include <algorithm>
#include <string>

#include "graph/preference.hpp"
#include "graph/snapshot_data.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::preferred_of;

bool is_value_of(const Assertion& claim, std::string_view property) noexcept {
  return (claim.kind == ClaimKind::property || claim.kind == ClaimKind::edge_property) && claim.name == property;
}

std::vector<const Assertion*> named(std::span<const Assertion* const> claims, std::string_view property) {
  std::vector<const Assertion*> result;
  std::ranges::copy_if(claims, std::back_inserter(result),
                       [&](const Assertion* claim) { return is_value_of(*claim, property); });
  return result;
}

// Whoever claims the value that is read supports it, not only the claim that won.
std::vector<EvidenceId> evidence_of_value(const detail::graph::History& history,
                                          const std::vector<const Assertion*>& claims) {
  const auto* read = preferred_of(history, claims);
  std::vector<EvidenceId> result;
  for (const auto* claim : claims) {
    if (claim->value == read->value) result.insert(result.end(), claim->evidence.begin(), claim->evidence.end());
  }
  std::ranges::sort(result);
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

template <class T>
std::vector<T> listed(std::span<const T> items) {
  return {items.begin(), items.end()};
}

const Snapshot::Data::Validity* validity_of(const Snapshot::Data& data, EdgeRow row) noexcept {
  const auto found = std::ranges::lower_bound(data.validity, row.value, {}, &Snapshot::Data::Validity::edge);
  return found != data.validity.end() && found->edge == row.value ? &*found : nullptr;
}

// A finding is replaced with the document it rests on: by its evidence, else by the mentions it names.
bool is_in_force(const Snapshot::Data& data, const Finding& finding, std::size_t part) {
  const auto& history = data.history;
  for (const auto id : finding.evidence) {
    const auto* evidence = history.evidence(id);
    if (evidence != nullptr && !history.holds(evidence->document, part)) return false;
  }
  if (!finding.evidence.empty()) return true;
  return std::ranges::all_of(finding.nodes, [&](NodeKey key) { return data.mention(key) != nullptr; });
}

}  // namespace

std::vector<const Assertion*> Snapshot::assertions(NodeRow row) const { return listed(data_->node_claims[row.value]); }
std::vector<const Assertion*> Snapshot::assertions(EdgeRow row) const { return listed(data_->edge_claims[row.value]); }
std::vector<const Assertion*> Snapshot::assertions(NodeRow row, std::string_view property) const {
  return named(data_->node_claims[row.value], property);
}
std::vector<const Assertion*> Snapshot::assertions(EdgeRow row, std::string_view property) const {
  return named(data_->edge_claims[row.value], property);
}
std::vector<const Mention*> Snapshot::mentions(NodeRow row) const { return listed(data_->node_mentions[row.value]); }

Modality Snapshot::modality(NodeRow row) const noexcept { return data_->node_modality[row.value]; }
Modality Snapshot::modality(EdgeRow row) const noexcept { return data_->edge_modality[row.value]; }
PartialDate Snapshot::valid_from(EdgeRow row) const noexcept {
  const auto* stated = validity_of(*data_, row);
  return stated == nullptr ? PartialDate() : stated->from;
}
PartialDate Snapshot::valid_to(EdgeRow row) const noexcept {
  const auto* stated = validity_of(*data_, row);
  return stated == nullptr ? PartialDate() : stated->to;
}

std::span<const EvidenceId> Snapshot::evidence(NodeRow row) const noexcept { return data_->node_evidence[row.value]; }
std::span<const EvidenceId> Snapshot::evidence(EdgeRow row) const noexcept { return data_->edge_evidence[row.value]; }
std::vector<EvidenceId> Snapshot::evidence(NodeRow row, Property property) const {
  return evidence_of_value(data_->history, assertions(row, name(property)));
}
std::vector<EvidenceId> Snapshot::evidence(EdgeRow row, Property property) const {
  return evidence_of_value(data_->history, assertions(row, name(property)));
}

const Evidence& Snapshot::evidence(EvidenceId id) const {
  const auto* found = data_->history.evidence(id);
  if (found == nullptr) throw Error(ErrorCode::not_found, "there is no evidence " + std::to_string(id.value));
  return *found;
}

Citation Snapshot::cite(EvidenceId id) const { return detail::graph::cite(*data_, id, evidence(id)); }

std::vector<const Assertion*> Snapshot::assertions() const {
  std::vector<const Assertion*> result;
  for (const auto& part : data_->history.parts()) {
    for (const auto& assertion : part->assertions) {
      if (!data_->history.is_withdrawn(assertion.id)) result.push_back(&assertion);
    }
  }
  return result;
}

std::vector<const Judgement*> Snapshot::judgements() const {
  std::vector<const Judgement*> result;
  for (const auto& part : data_->history.parts()) {
    for (const auto& judgement : part->judgements) {
      if (!data_->history.is_withdrawn(judgement.id)) result.push_back(&judgement);
    }
  }
  return result;
}

std::vector<const Mention*> Snapshot::mentions() const {
  std::vector<const Mention*> result;
  std::ranges::copy_if(data_->mention_of_key, std::back_inserter(result),
                       [](const Mention* mention) { return mention != nullptr; });
  return result;
}

std::vector<const Finding*> Snapshot::findings() const {
  std::vector<const Finding*> result;
  for (std::size_t part = 0; part < data_->history.parts().size(); ++part) {
    for (const auto& finding : data_->history.parts()[part]->findings) {
      if (is_in_force(*data_, finding, part)) result.push_back(&finding);
    }
  }
  return result;
}

std::vector<const Run*> Snapshot::runs() const {
  std::vector<const Run*> result;
  for (const auto& part : data_->history.parts()) {
    for (const auto& run : part->runs) result.push_back(&run);
  }
  return result;
}

}  // namespace policygraph::inline v0
