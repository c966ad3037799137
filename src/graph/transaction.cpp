#include "policygraph/graph/transaction.hpp"

#include <utility>

#include "graph/derivation.hpp"
#include "graph/packed_journal.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

Batch joined(const std::vector<std::shared_ptr<detail::graph::Part>>& parts) {
  Batch all;
  for (const auto& part : parts) detail::graph::unpack(*part, all);
  return all;
}

detail::graph::Counters counters_after(const Snapshot::Data& base) {
  auto next = base.history.counters();
  next.commit += 1;
  return next;
}

}  // namespace

Transaction::State::State(std::shared_ptr<Graph::State> owner, std::string_view writer)
    : graph(std::move(owner)),
      author(writer),
      begun(graph->newest()),
      base(begun),
      next(counters_after(*base)),
      tail(base->history.strings(), CommitId{next.commit}),
      tail_first(next),
      sets(graph->schema) {}

Transaction::State::~State() { finish(); }

void Transaction::State::require_open() const {
  if (!is_open) throw Error(ErrorCode::closed, "the transaction is over; begin another");
}

// Where it is the last part of a large commit, the journal writes it while the snapshot is derived.
void Transaction::State::seal(bool is_last) {
  must_seal = false;
  if (tail.is_empty()) return;
  // Whatever finds no memory, the tail is as it was.
  detail::graph::Part fresh(base->history.strings(), CommitId{next.commit});
  std::shared_ptr<detail::graph::Part> part;
  parts.push_back(nullptr);
  try {
    part = std::make_shared<detail::graph::Part>(std::move(tail));
    part->judgements->shrink_to_fit();
    auto history = base->history;
    history.push(*part, next);
    if (is_last) {
      auto all = parts;
      all.back() = part;
      begin_writing(std::move(all));
    }
    auto fetch = detail::graph::fetch_for(graph->texts, history);
    base = detail::graph::derive_on(base, std::move(history), *part, std::move(fetch));
  } catch (...) {
    ahead.reset();
    if (part != nullptr) tail = std::move(*part);
    parts.pop_back();
    must_seal = true;
    throw;
  }
  parts.back() = std::move(part);
  tail = std::move(fresh);
  tail_first = next;
  tail_withdrawn = {};
  tail_withdrawn_judgements.clear();
  mention_place.clear();
  mention_again.clear();
  edge_claim.clear();
  tail_documents.clear();
  tail_gone.clear();
  has_value_rejections = false;
  indexed = 0;
  claims_of_mention.clear();
  edges_of_mention.clear();
  claims_of_edge.clear();
  hand_keys.clear();
  deleted_edges.clear();
}

CommitId Transaction::State::commit() {
  require_open();
  if (!graph->is_open()) throw Error(ErrorCode::closed, "the graph is closed");
  seal(true);
  if (parts.empty()) {
    finish();
    return CommitId{base->history.counters().commit};
  }
  const auto group = graph->group();
  auto texts = group == 0 ? detail::graph::HeldTexts() : held_texts();
  try {
    check_required();
    check_unique();
    hold_replaced_texts();
    append();
  } catch (...) {
    ahead.reset();
    throw;
  }
  ahead.reset();
  const CommitId commit{base->history.counters().commit};
  if (group == 0) {
    graph->publish(base);
  } else {
    graph->add_waiting(base, std::move(texts));
    new_texts.clear();  // they stay with the group
  }
  finish();
  if (group != 0) graph->flush_if_due(group);
  return commit;
}

detail::graph::HeldTexts Transaction::State::held_texts() const {
  detail::graph::HeldTexts all;
  for (const auto& [id, text] : new_texts)
    if (const auto* written = base->history.document(id)) all.emplace_back(id, written->document.sha256);
  return all;
}

// Older snapshots go on quoting what this replaces.
void Transaction::State::hold_replaced_texts() {
  if (graph->texts->journal().keeps_versions()) return;
  for (const auto& part : parts) {
    auto gone = part->removed_documents;
    for (const auto& item : part->documents) gone.push_back(item.document.id);
    for (const auto id : gone) {
      const auto* old = begun->sources().find(id);
      if (old == nullptr || !old->has_text || old->is_redacted) continue;
      if (auto text = begun->sources().text(id)) graph->texts->hold(id, old->sha256, std::move(text));
    }
  }
}

Batch Transaction::State::documents_of(std::span<const std::shared_ptr<detail::graph::Part>> all) const {
  Batch batch;
  batch.commit = all.front()->commit;
  for (const auto& part : all) {
    batch.documents.insert(batch.documents.end(), part->documents.begin(), part->documents.end());
    batch.removed_documents.insert(batch.removed_documents.end(), part->removed_documents.begin(), part->removed_documents.end());
  }
  for (auto& item : batch.documents) {
    const auto found = new_texts.find(item.document.id);
    if (found != new_texts.end()) item.text = found->second;
  }
  return batch;
}

void Transaction::State::begin_writing(std::vector<std::shared_ptr<detail::graph::Part>> all) {
  auto* journal = dynamic_cast<detail::graph::PackedJournal*>(&graph->texts->journal());
  if (journal == nullptr) return;
  std::size_t records = 0;
  for (const auto& part : all) records += std::size_t{part->claims->size()} + part->evidence->size() + part->mentions->size();
  auto rest = documents_of(all);
  const bool in_thread = records >= detail::graph::WriteAhead::kWorthAThread && graph->group() == 0;
  ahead = std::make_unique<detail::graph::WriteAhead>(*journal, std::move(rest), std::move(all), in_thread);
}

// What waits in a group goes with a commit that cannot be written.
void Transaction::State::append() {
  try {
    append_to_journal();
  } catch (const Error& error) {
    graph->lose_waiting(error);
  } catch (...) {
    graph->forget_waiting();
    throw;
  }
}

void Transaction::State::append_to_journal() {
  auto& journal = graph->texts->journal();
  if (ahead == nullptr && !parts.empty()) begin_writing(parts);  // all of it was sealed before
  if (ahead != nullptr) return ahead->finish();
  auto batch = documents_of(parts);
  if (graph->texts->keeps_records()) {
    auto documents = std::move(batch.documents);
    batch = joined(parts);
    batch.documents = std::move(documents);
  }
  batch.commit = parts.front()->commit;
  journal.append(batch);
}

void Transaction::State::finish() noexcept {
  if (!is_open) return;
  is_open = false;
  for (const auto& [id, text] : new_texts) {
    const auto* written = base->history.document(id);
    const auto* tail_record = document(id);
    if (written != nullptr) graph->texts->release(id, written->document.sha256);
    if (tail_record != nullptr) graph->texts->release(id, tail_record->sha256);
  }
  graph->end_writing();
}

Transaction::Transaction(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
Transaction::Transaction(Transaction&&) noexcept = default;
Transaction& Transaction::operator=(Transaction&&) noexcept = default;
Transaction::~Transaction() = default;

Snapshot Transaction::snapshot() {
  state_->require_open();
  state_->seal();
  return Snapshot(state_->base);
}
CommitId Transaction::commit() { return state_->commit(); }
void Transaction::rollback() noexcept { state_->finish(); }
bool Transaction::is_empty() const noexcept { return state_->parts.empty() && state_->tail.is_empty(); }

DocumentId Transaction::add_document(SourceDocument document, std::shared_ptr<const std::string> text) {
  state_->require_open();
  return state_->add_document(std::move(document), std::move(text));
}
void Transaction::replace_document(DocumentId id, SourceDocument document, std::shared_ptr<const std::string> text) {
  state_->require_open();
  state_->replace_document(id, std::move(document), std::move(text));
}
void Transaction::remove_document(DocumentId id) {
  state_->require_open();
  state_->remove_document(id);
}
EvidenceId Transaction::add_evidence(Evidence evidence) {
  state_->require_open();
  return state_->add_evidence(detail::graph::view_of(evidence));
}
NodeKey Transaction::add_mention(Mention mention) {
  state_->require_open();
  return state_->add_mention(mention);
}
EdgeKey Transaction::new_edge_key(EdgeKey wanted) {
  state_->require_open();
  return state_->new_edge_key(wanted);
}
AssertionId Transaction::add_assertion(const Assertion& assertion) { return add_assertion(Assertion(assertion)); }
AssertionId Transaction::add_assertion(Assertion&& assertion) {
  state_->require_open();
  return state_->add_assertion(assertion);
}
void Transaction::withdraw(AssertionId id) {
  state_->require_open();
  state_->withdraw(id);
}
JudgementId Transaction::add_judgement(Judgement judgement) {
  state_->require_open();
  return state_->add_judgement(std::move(judgement));
}
void Transaction::withdraw(JudgementId id) {
  state_->require_open();
  state_->withdraw(id);
}

}  // namespace policygraph::inline v0
