#include <algorithm>
#include <string>
#include <utility>

#include "graph/transaction_state.hpp"
#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::graph::Claim;
using detail::graph::EvidenceIndex;
using detail::graph::EvidenceView;
using detail::graph::KeptMention;
using detail::graph::kMostKeys;
using detail::graph::kNone;
using detail::graph::view_of;

[[noreturn]] void refuse(ErrorCode code, std::string text) { throw Error(code, std::move(text)); }

std::string numbered(const char* what, std::uint64_t id) { return std::string(what) + " " + std::to_string(id); }

// The next id of a counter.
std::uint64_t take(std::uint64_t& counter, const char* what) {
  if (counter >= kMostKeys) refuse(ErrorCode::limit, std::string("the graph has given out all its ids of ") + what);
  return ++counter;
}

// A wanted id above the counter is taken, so that an export gives its ids back; but not one so far above that the
// tables by id would be mostly holes.
std::uint64_t take_wanted(std::uint64_t& counter, std::uint64_t wanted, std::size_t in_use, const char* what) {
  constexpr std::uint64_t kMostHoles = std::uint64_t{1} << 22;
  if (wanted > counter && wanted <= kMostKeys && wanted - counter <= kMostHoles + 16 * in_use) return counter = wanted;
  return take(counter, what);
}

template <class Records>
const typename Records::value_type* find_sorted(const Records& records, std::uint64_t id) noexcept {
  const auto found = std::ranges::lower_bound(records, id, {}, [](const auto& record) { return record.id.value; });
  return found != records.end() && found->id.value == id ? &*found : nullptr;
}

bool is_boundary(std::string_view text, std::uint32_t offset) noexcept {
  return offset == text.size() || (static_cast<unsigned char>(text[offset]) & 0xC0U) != 0x80U;
}

[[noreturn]] void refuse_span(Span span, DocumentId document, std::size_t size) {
  const auto where = std::to_string(span.start) + ".." + std::to_string(span.end);
  const auto text = numbered("document", document.value);
  if (span.end <= size) refuse(ErrorCode::invalid_argument, "evidence " + where + " cuts a character of " + text);
  refuse(ErrorCode::invalid_argument,
         "evidence " + where + " lies outside the " + std::to_string(size) + " bytes of " + text);
}

void check_span(Span span, DocumentId document, std::optional<std::string_view> text) {
  if (span.start > span.end) refuse(ErrorCode::invalid_argument, "an evidence span ends before it starts");
  if (!text) return;
  const bool is_whole = span.end <= text->size() && is_boundary(*text, span.start) && is_boundary(*text, span.end);
  if (!is_whole) refuse_span(span, document, text->size());
}

}  // namespace

Claim Transaction::State::assertion(AssertionId id) const {
  if (id.value <= tail_first.assertion) {
    if (const auto old = base->history.find_claim(id)) return *old;
  } else {
    if (const auto found = tail.claims->find(id)) return *found;
  }
  refuse(ErrorCode::not_found, "there is no " + numbered("assertion", id.value));
}

Evidence Transaction::State::evidence(EvidenceId id) const {
  if (id.value > tail_first.evidence) return (*tail.evidence)[id.value - tail_first.evidence - 1];
  return *base->history.evidence(id);
}

bool Transaction::State::is_evidence(EvidenceId id, const EvidenceView& evidence) const {
  if (id.value > tail_first.evidence) return tail.evidence->is_at(id.value - tail_first.evidence - 1, evidence);
  const auto older = *base->history.evidence(id);
  return older.extractor == evidence.extractor && older.document == evidence.document &&
         older.span == evidence.span && older.confidence == evidence.confidence;
}

DocumentId Transaction::State::document_of(EvidenceId id) const noexcept {
  if (id.value > next.evidence) return {};
  if (id.value > tail_first.evidence) return tail.evidence->document(id.value - tail_first.evidence - 1);
  return base->history.document_of(id);
}

std::optional<KeptMention> Transaction::State::mention(NodeKey key) const noexcept {
  if (key.value > next.node) return std::nullopt;
  if (key.value > tail_first.node) {
    const auto place = mention_place[key.value - tail_first.node - 1];
    return place == kNone ? std::nullopt : std::optional((*tail.mentions)[place]);
  }
  const auto again = mention_again.find(key);
  if (again != mention_again.end()) return (*tail.mentions)[again->second];
  const auto found = base->mention(key);
  if (!found || tail_gone.empty()) return found;
  return tail_gone.contains(base->history.document_of(found->evidence())) ? std::nullopt : found;
}

// What was said of older documents before is looked up too, so that the same evidence has one id.
void Transaction::State::open_document(DocumentId id) {
  if (document(id) == nullptr) refuse(ErrorCode::not_found, "there is no " + numbered("document", id.value));
  last_opened = id;
  const bool is_older = !new_texts.contains(id) && begun->history.document(id) != nullptr;
  if (!is_older || !indexed_documents.insert(id).second) return;
  begun->history.visit_evidence([&](EvidenceId known, DocumentId where) {
    if (where == id) evidence_index.add(EvidenceIndex::tag(view_of(evidence(known))), known);
  });
}

EvidenceId Transaction::State::add_evidence(const EvidenceView& evidence) {
  auto* const fresh = fresh_document(evidence.document);
  if (fresh == nullptr && evidence.document != last_opened) open_document(evidence.document);
  if (!(evidence.confidence >= 0.0F && evidence.confidence <= 1.0F)) {
    refuse(ErrorCode::invalid_argument, "a confidence lies between 0 and 1");
  }
  const auto& span = evidence.span;
  const bool is_sound = fresh != nullptr && fresh->is_ascii && span.start <= span.end && span.end <= fresh->text->size();  // and the text is not looked at
  if (!is_sound) check_span(span, evidence.document, fresh != nullptr ? fresh->text : words(evidence.document));
  auto& index = fresh != nullptr ? fresh->evidence : evidence_index;
  const auto tag = EvidenceIndex::tag(evidence);
  if (const auto known = index.find(tag, [&](EvidenceId id) { return is_evidence(id, evidence); }))
    return known;
  const EvidenceId id{take(next.evidence, "evidence")};
  if (fresh == nullptr) touch(evidence.document);
  tail.evidence->add(id, evidence);
  index.add(tag, id);
  return id;
}

NodeKey Transaction::State::add_mention(Mention& mention) {
  check_evidence(mention.evidence);
  if (!mention.type.empty()) graph->schema.check_label(mention.type);
  rest_on(mention.evidence);
  const auto place = tail.mentions->size();
  const auto set = with_label(detail::graph::LabelSets::kEmpty, mention.type);
  if (!keys_to_reuse.empty()) {
    const auto found = keys_to_reuse.find({document_of(mention.evidence), mention.type, mention.surface});
    if (found != keys_to_reuse.end()) {
      mention.key = found->second.back();
      found->second.pop_back();
      if (found->second.empty()) keys_to_reuse.erase(found);
      mention_again[mention.key] = place;
      set_of_old[mention.key] = set;
      tail.mentions->add(mention, part_number());
      return mention.key;
    }
  }
  mention.key = give_node_key(mention.key, place);
  set_of_new.resize(next.node - begun->history.counters().node, detail::graph::LabelSets::kEmpty);
  set_of_new[mention.key.value - begun->history.counters().node - 1] = set;
  tail.mentions->add(mention, part_number());
  return mention.key;
}

// A wanted key that was passed over before is free too.
NodeKey Transaction::State::give_node_key(NodeKey wanted, std::uint32_t place) {
  const bool is_hole =
      wanted.value > begun->history.counters().node && wanted.value <= next.node && !mention(wanted);
  const NodeKey key = is_hole ? wanted : NodeKey{take_wanted(next.node, wanted.value, tail.mentions->size(), "nodes")};
  mention_place.resize(next.node - tail_first.node, kNone);
  if (key.value > tail_first.node)
    mention_place[key.value - tail_first.node - 1] = place;
  else
    mention_again[key] = place;
  return key;
}

EdgeKey Transaction::State::new_edge_key(EdgeKey wanted) {
  const bool is_hole = wanted.value > tail_first.edge && wanted.value <= next.edge &&
                       edge_claim[wanted.value - tail_first.edge - 1] == kUngiven;
  const EdgeKey key = is_hole ? wanted : EdgeKey{take_wanted(next.edge, wanted.value, tail.claims->size(), "edges")};
  edge_claim.resize(next.edge - tail_first.edge, kUngiven);
  edge_claim[key.value - tail_first.edge - 1] = kUnclaimed;
  return key;
}

AssertionId Transaction::State::add_assertion(Assertion& claim) {
  check_claim(claim);
  claim.id = AssertionId{take_wanted(next.assertion, claim.id.value, tail.claims->size(), "assertions")};
  claim.recorded_from = tail.commit;
  claim.recorded_to = {};
  for (const auto id : claim.evidence) rest_on(id);
  if (claim.kind == ClaimKind::node && claim.review != Review::rejected)
    put_set(claim.subject, with_label(set_of(claim.subject), claim.name));
  if (claim.kind == ClaimKind::edge && claim.edge.value > tail_first.edge) {
    auto& first = edge_claim[claim.edge.value - tail_first.edge - 1];
    if (first >= kUnclaimed) first = tail.claims->size();
  }
  if (claim.review == Review::rejected && claim.kind == ClaimKind::edge) must_seal = true;
  tail.claims->add(claim);
  return claim.id;
}

void Transaction::State::withdraw(AssertionId id) {
  const auto claim = assertion(id);
  if (is_withdrawn(id)) refuse(ErrorCode::conflict, numbered("assertion", id.value) + " was withdrawn before");
  if (claim.is_rejection()) must_seal = true;  // what it hid may come back
  tail.withdrawn.push_back(id);
  tail_withdrawn.insert(id.value);
}

JudgementId Transaction::State::add_judgement(Judgement judgement) {
  for (const auto key : {judgement.a, judgement.b}) {
    if (!mention(key))
      refuse(ErrorCode::not_found, "a judgement names node " + std::to_string(key.value) + ", which does not exist");
  }
  if (judgement.a == judgement.b)
    refuse(ErrorCode::invalid_argument, "a judgement names node " + std::to_string(judgement.a.value) + " twice");
  if (judgement.by.empty())
    refuse(ErrorCode::invalid_argument, "a judgement says who makes it ('rule:name/1' or 'by:name')");
  judgement.id = JudgementId{take_wanted(next.judgement, judgement.id.value, tail.judgements->size(), "judgements")};
  judgement.recorded_from = tail.commit;
  judgement.recorded_to = {};
  must_seal = true;
  tail.judgements->push_back(std::move(judgement));
  return tail.judgements->back().id;
}

void Transaction::State::withdraw(JudgementId id) {
  if (find_sorted(*tail.judgements, id.value) == nullptr && base->history.judgement(id) == nullptr)
    refuse(ErrorCode::not_found, "there is no " + numbered("judgement", id.value));
  if (base->history.is_withdrawn(id) || !tail_withdrawn_judgements.insert(id).second) {
    refuse(ErrorCode::conflict, numbered("judgement", id.value) + " was withdrawn before");
  }
  must_seal = true;
  tail.withdrawn_judgements.push_back(id);
}

void Transaction::add_finding(Finding finding) {
  state_->require_open();
  for (const auto id : finding.evidence) state_->check_evidence(id);
  state_->tail.findings.push_back(std::move(finding));
}

void Transaction::add_run(Run run) {
  state_->require_open();
  run.id = RunId{take_wanted(state_->next.run, run.id.value, state_->tail.runs.size(), "runs")};
  run.commit = state_->tail.commit;
  state_->tail.runs.push_back(std::move(run));
}

}  // namespace policygraph::inline v0
