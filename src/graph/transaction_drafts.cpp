#include <string>
#include <utility>

#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/graph/draft.hpp"

namespace policygraph::inline v0 {
namespace {

// What a draft says counts for the claims made while this lives.
class Said {
 public:
  Said(Transaction::State& state, const detail::graph::Saying& saying)
      : state_(state), note_(state.note), edit_(state.edit_evidence) {
    std::vector<Evidence> cited;
    for (const auto& [document, words] : saying.cited) cited.push_back(state.words_of(document, words));
    state.said = {std::move(cited), saying.modality, saying.valid_from, saying.valid_to};
    if (saying.quote.empty() || saying.quote == note_) return;
    const auto known = state.edit_of_quote.find(saying.quote);
    state.note = saying.quote;
    state.edit_evidence = known == state.edit_of_quote.end() ? std::nullopt : std::optional(known->second);
    is_quoted_ = true;
  }
  ~Said() {
    state_.said = {};
    if (!is_quoted_) return;
    state_.note = std::move(note_);
    state_.edit_evidence = edit_;
  }
  Said(const Said&) = delete;
  Said& operator=(const Said&) = delete;

  // After the draft was taken: the same words again are the same edit.
  void keep() {
    if (is_quoted_ && state_.edit_evidence) state_.edit_of_quote.emplace(state_.note, *state_.edit_evidence);
  }

 private:
  Transaction::State& state_;
  std::string note_;
  std::optional<EvidenceId> edit_;
  bool is_quoted_ = false;
};

}  // namespace

// The first place of the words; nothing is written yet.
Evidence Transaction::State::words_of(DocumentId id, std::string_view words) const {
  if (words.empty()) throw Error(ErrorCode::invalid_argument, "no words to cite from document " + std::to_string(id.value));
  const auto* found = document(id);
  if (found == nullptr) throw Error(ErrorCode::not_found, "there is no document " + std::to_string(id.value));
  const auto held = text(id);
  const auto at = held == nullptr ? std::string::npos : held->find(words);
  if (at == std::string::npos) {
    throw Error(ErrorCode::not_found, "the words '" + std::string(words.substr(0, 100)) + "' do not stand in document " +
                                          std::to_string(id.value) + " ('" + found->title + "')" +
                                          (held == nullptr ? ": its text is not held" : ""));
  }
  const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
  return {id, span, author, 1.0F};
}

NodeKey NodeDraft::add() const {
  auto& state = transaction_->open_state();
  Said said(state, saying_);
  const auto key = transaction_->create_node(labels_, properties_);
  said.keep();
  return key;
}

EdgeKey EdgeDraft::add() const {
  auto& state = transaction_->open_state();
  Said said(state, saying_);
  const auto key = transaction_->create_edge(from_, type_, to_, properties_);
  said.keep();
  return key;
}

Transaction::State& Transaction::open_state() {
  state_->require_open();
  return *state_;
}

}  // namespace policygraph::inline v0
