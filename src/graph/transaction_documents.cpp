#include <algorithm>
#include <ranges>
#include <string>
#include <utility>

#include "graph/identity.hpp"
#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/base/sha256.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 20;

void check_text(const SourceDocument& document, const std::string* text) {
  if (text == nullptr) return;
  if (text->size() > kMostBytes)
    throw Error(ErrorCode::limit, "document '" + document.title + "' is larger than 256 MiB");
  if (!is_valid_utf8(*text))
    throw Error(ErrorCode::encoding, "the text of document '" + document.title + "' is not UTF-8");
}

}  // namespace

const SourceDocument* Transaction::State::document(DocumentId id) const noexcept {
  const auto found = tail_documents.find(id);
  if (found != tail_documents.end()) return &tail.documents[found->second].document;
  const auto* old = base->history.document(id);
  return old == nullptr || tail_gone.contains(id) ? nullptr : &old->document;
}

const std::string* Transaction::State::text(DocumentId id) const {
  if (id == last_read) return last_text.get();
  const auto found = new_texts.find(id);
  last_text = found != new_texts.end() ? found->second : base->sources().text(id);
  last_read = id;
  return last_text.get();
}

std::optional<std::string_view> Transaction::State::words(DocumentId id) const {
  if (const auto* fresh = fresh_document(id)) return fresh->text;
  const auto* held = text(id);
  return held == nullptr ? std::nullopt : std::optional<std::string_view>(*held);
}

void Transaction::State::put_document(SourceDocument document, std::shared_ptr<const std::string> text) {
  const auto id = document.id;
  document.has_text = text != nullptr;
  if (text != nullptr && document.sha256.empty()) document.sha256 = sha256_hex(*text);
  if (text != nullptr) graph->texts->hold(id, document.sha256, text);
  new_texts[id] = std::move(text);
  last_read = last_opened = {};
  tail.documents.push_back({std::move(document), nullptr});
  try {
    tail_documents[id] = static_cast<std::uint32_t>(tail.documents.size() - 1);
  } catch (...) {
    tail.documents.pop_back();
    throw;
  }
}

// Evidence asks for its document each time. Whoever gives ids far apart has them looked for as those of older documents.
void Transaction::State::put_fresh(const SourceDocument& document, const std::shared_ptr<const std::string>& text) {
  const auto place = document.id.value - begun->history.counters().document - 1;
  const bool is_near = place <= 2 * fresh_documents.size() + 64;
  if (is_near && place >= fresh_documents.size()) fresh_documents.resize(place + 1);
  put_document(document, text);
  if (!is_near) return;
  auto& fresh = fresh_documents[place];
  fresh.is_there = true;
  fresh.is_ascii = text != nullptr && std::ranges::all_of(*text, [](char c) { return static_cast<signed char>(c) >= 0; });
  if (text != nullptr) fresh.text = *text;
}

DocumentId Transaction::State::add_document(SourceDocument document, std::shared_ptr<const std::string> text) {
  check_text(document, text.get());
  const bool is_free = document.id > DocumentId{begun->history.counters().document} &&
                       document.id.value <= detail::graph::kMostKeys && !new_texts.contains(document.id);
  if (!is_free) document.id = DocumentId{next.document + 1};
  next.document = std::max(next.document, document.id.value);
  put_fresh(document, text);
  return document.id;
}

void Transaction::State::require_untouched(DocumentId id) const {
  const auto name = "document " + std::to_string(id.value);
  if (new_texts.contains(id) || touched.contains(id)) {
    throw Error(ErrorCode::conflict,
                name + " was written to in this transaction; commit it before replacing or removing it");
  }
  if (document(id) == nullptr) throw Error(ErrorCode::not_found, "there is no " + name);
}

void Transaction::State::replace_document(DocumentId id, SourceDocument document,
                                          std::shared_ptr<const std::string> text) {
  require_untouched(id);
  check_text(document, text.get());
  withdraw_resting(id);
  // Keys are taken from the back.
  for (const auto key : std::views::reverse(begun->resting().mentions[id.value])) {
    const auto mention = *begun->mention(NodeKey{key});
    keys_to_reuse[{id, std::string(mention.type()), std::string(mention.surface())}].push_back(mention.key());
  }
  document.id = id;
  tail_gone.insert(id);
  last_rested_on = {};
  put_document(std::move(document), std::move(text));
}

void Transaction::State::remove_document(DocumentId id) {
  require_untouched(id);
  withdraw_resting(id);
  tail_gone.insert(id);
  last_rested_on = {};
  touched.insert(id);
  last_opened = {};
  tail.removed_documents.push_back(id);
}

// Of the mentions of a document, by rules, in force when the transaction began.
std::set<JudgementId> Transaction::State::judgements_resting_on(DocumentId id) const {
  std::set<JudgementId> judgements;
  for (const auto key : begun->resting().mentions[id.value]) {
    for (const auto judgement : begun->judgements_of[key]) {
      if (detail::graph::is_rule_made(begun->history.judgement(JudgementId{judgement})->by)) judgements.insert(JudgementId{judgement});
    }
  }
  return judgements;
}

void Transaction::State::withdraw_resting(DocumentId id) {
  must_seal = true;
  for (const auto number : begun->resting().claims[id.value]) {
    const AssertionId claim_id{number};
    if (is_withdrawn(claim_id)) continue;
    auto claim = assertion(claim_id).record();
    withdraw(claim_id);
    // What other documents say too goes on standing, by their words alone.
    std::erase_if(claim.evidence, [&](EvidenceId evidence_id) {
      const auto document_id = document_of(evidence_id);
      return document_id == id || tail_gone.contains(document_id);
    });
    if (claim.evidence.empty()) continue;
    claim.id = AssertionId{++next.assertion};
    claim.recorded_from = tail.commit;
    tail.claims->add(claim);
  }
  for (const auto judgement : judgements_resting_on(id)) {
    if (!base->history.is_withdrawn(judgement) && !tail_withdrawn_judgements.contains(judgement)) withdraw(judgement);
  }
}

}  // namespace policygraph::inline v0
