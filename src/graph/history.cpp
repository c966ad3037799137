#include "graph/history.hpp"

#include <algorithm>
#include <memory>

namespace policygraph::inline v0::detail::graph {

template <class Table>
void History::take(Tables<Table>& tables, const std::shared_ptr<Table>& table) {
  if (table->size() > 0) tables.push(table);
}

void History::count(const Part& part) {
  auto& c = counters_;
  c.commit = std::max(c.commit, part.commit.value);
  const auto& claims = *part.claims;
  if (claims.size() > 0) c.assertion = claims[claims.size() - 1].id().value;
  if (part.evidence->size() > 0) c.evidence = part.evidence->id(part.evidence->size() - 1).value;
  if (!part.judgements->empty()) c.judgement = part.judgements->back().id.value;
  for (const auto& item : part.documents) c.document = std::max(c.document, item.document.id.value);
  for (std::uint32_t i = 0; i < part.mentions->size(); ++i) c.node = std::max(c.node, (*part.mentions)[i].key().value);
  for (std::uint32_t i = 0; i < claims.size(); ++i) c.edge = std::max(c.edge, claims[i].edge().value);
  for (const auto& run : part.runs) c.run = std::max(c.run, run.id.value);
}

void History::push(const Part& part) {
  take_records(part);
  count(part);
}

void History::push(const Part& part, const Counters& after) {
  take_records(part);
  counters_ = after;
}

void History::take_records(const Part& part) {
  take(claims_, part.claims);
  take(evidence_, part.evidence);
  take(mentions_, part.mentions);
  if (!part.judgements->empty() || !part.findings.empty() || !part.runs.empty()) {
    logs_.push_back(std::make_shared<const Log>(
        Log{part_count_, counters_.judgement + 1, part.judgements, part.findings, part.runs}));
  }
  const Edition edition = part_count_ + 1;
  for (const auto id : part.removed_documents) documents_.set(id, nullptr, edition);
  for (const auto& item : part.documents)
    documents_.set(item.document.id, std::make_shared<const Source>(Source{item.document, part_count_}), edition);
  for (const auto id : part.withdrawn) withdrawn_.insert(id.value, edition);
  for (const auto id : part.withdrawn_judgements) withdrawn_judgements_.insert(id.value, edition);
  ++part_count_;
}

std::optional<Evidence> History::evidence(EvidenceId id) const {
  const auto* table = evidence_.with(id);
  const auto place = table == nullptr ? PackedIds::kNowhere : table->find(id);
  return place == PackedIds::kNowhere ? std::nullopt : std::optional((*table)[place]);
}

DocumentId History::document_of(EvidenceId id) const noexcept {
  const auto* table = evidence_.with(id);
  const auto place = table == nullptr ? PackedIds::kNowhere : table->find(id);
  return place == PackedIds::kNowhere ? DocumentId() : table->document(place);
}

const Judgement* History::judgement(JudgementId id) const noexcept {
  const auto after = std::ranges::upper_bound(logs_, id.value, {}, [](const auto& log) { return log->first_judgement; });
  if (after == logs_.begin()) return nullptr;
  const auto& judgements = *(*std::prev(after))->judgements;
  const auto found = std::ranges::lower_bound(judgements, id, {}, &Judgement::id);
  return found != judgements.end() && found->id == id ? &*found : nullptr;
}

bool History::holds(DocumentId document, std::size_t part) const noexcept {
  const auto* source = this->document(document);
  return source != nullptr && source->since <= part;
}

std::size_t History::memory_bytes() const noexcept {
  std::size_t bytes = withdrawn_.memory_bytes() + withdrawn_judgements_.memory_bytes() + strings_->memory_bytes() +
                      claims_.memory_bytes() + evidence_.memory_bytes() + mentions_.memory_bytes();
  for (const auto& log : logs_) {
    bytes += sizeof(Log) + log->judgements->capacity() * sizeof(Judgement) + log->findings.capacity() * sizeof(Finding) +
             log->runs.capacity() * sizeof(Run);
  }
  return bytes;
}

}  // namespace policygraph::inline v0::detail::graph
