#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "graph/evidence_index.hpp"
#include "graph/graph_state.hpp"
#include "graph/label_sets.hpp"
#include "graph/write_ahead.hpp"
#include "model/known_rules.hpp"
#include "policygraph/graph/transaction.hpp"

namespace policygraph::inline v0 {

/// A node or an edge as this transaction sees it: what stands at the base with what the tail changed. Claims are ids,
/// for records of the tail move while it grows.
struct NodeSight {
  NodeKey key;
  std::uint32_t row = detail::graph::kNone;  // at the base; kNone: made since
  std::vector<NodeKey> members;
  std::vector<AssertionId> claims;
  std::vector<AssertionId> rejections;
};
struct EdgeSight {
  EdgeKey key;
  std::uint32_t row = detail::graph::kNone;
  std::string type;
  NodeKey from, to;  // mentions
  std::vector<AssertionId> claims;
};

/// The batch under way: sealed parts, from which `base` is derived, and a tail of records since. Records are checked
/// when they are added; edits by hand make records. What edits need to know is read from the base and the tail
/// together, so that a thousand edits do not derive a thousand snapshots; only a change of identity or a withdrawn
/// rejection makes the next look seal the tail.
struct Transaction::State {
  State(std::shared_ptr<Graph::State> owner, std::string_view writer);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  // Life (transaction.cpp).
  void require_open() const;
  void seal(bool is_last = false);
  CommitId commit();
  void hold_replaced_texts();
  Batch documents_of(std::span<const std::shared_ptr<detail::graph::Part>> all) const;  // with their texts
  void begin_writing(std::vector<std::shared_ptr<detail::graph::Part>> all);
  void append();
  void append_to_journal();
  detail::graph::HeldTexts held_texts() const;  // of the documents that it brings
  void finish() noexcept;

  // Records (transaction_records.cpp, transaction_documents.cpp).
  DocumentId add_document(SourceDocument document, std::shared_ptr<const std::string> text);
  void replace_document(DocumentId id, SourceDocument document, std::shared_ptr<const std::string> text);
  void remove_document(DocumentId id);
  EvidenceId add_evidence(const detail::graph::EvidenceView& evidence);
  void open_document(DocumentId id);
  void touch(DocumentId id) {
    if (id != last_touched && fresh_document(id) == nullptr) touched.insert(last_touched = id);
  }
  // What rests on one piece of evidence comes together.
  void rest_on(EvidenceId id) {
    if (id == last_rested_on) return;
    touch(document_of(id));
    last_rested_on = id;
  }
  // One that came with this transaction: it stays as it is until the end. Null: it is older, or its id is far from
  // others. Who writes goes from document to document: each has an index of its own, which is near while it is asked.
  struct FreshDocument {
    bool is_there = false;
    bool is_ascii = false;  // no span of its text cuts a character
    std::optional<std::string_view> text;
    detail::graph::EvidenceIndex evidence;
  };
  const FreshDocument* fresh_document(DocumentId id) const noexcept {
    const auto place = id.value - begun->history.counters().document - 1;
    return place < fresh_documents.size() && fresh_documents[place].is_there ? &fresh_documents[place] : nullptr;
  }
  FreshDocument* fresh_document(DocumentId id) noexcept {
    return const_cast<FreshDocument*>(std::as_const(*this).fresh_document(id));
  }
  NodeKey add_mention(Mention& mention);  // gives it its key
  NodeKey add_mention(Mention&& mention) { return add_mention(mention); }
  NodeKey give_node_key(NodeKey wanted, std::uint32_t place);
  EdgeKey new_edge_key(EdgeKey wanted = {});
  AssertionId add_assertion(Assertion& claim);  // gives it its id, coerces its value
  AssertionId add_assertion(Assertion&& claim) { return add_assertion(claim); }
  void withdraw(AssertionId id);
  JudgementId add_judgement(Judgement judgement);
  void withdraw(JudgementId id);

  std::uint32_t part_number() const noexcept { return static_cast<std::uint32_t>(base->history.part_count()); }

  // Looking things up at the base and in the tail.
  /// Throws Error(not_found).
  detail::graph::Claim assertion(AssertionId id) const;
  bool is_withdrawn(AssertionId id) const noexcept {
    return tail_withdrawn.has(id.value) || base->history.is_withdrawn(id);
  }
  /// Requires: there is one.
  Evidence evidence(EvidenceId id) const;
  bool is_evidence(EvidenceId id, const detail::graph::EvidenceView& evidence) const;
  DocumentId document_of(EvidenceId id) const noexcept;                           // none: there is no such evidence
  std::optional<detail::graph::KeptMention> mention(NodeKey key) const noexcept;  // in force
  const SourceDocument* document(DocumentId id) const noexcept;
  const std::string* text(DocumentId id) const;                // until the next is asked for; null: it has none
  std::optional<std::string_view> words(DocumentId id) const;  // the same
  bool is_by_hand(detail::graph::Claim claim) const;

  // Checks (transaction_checks.cpp).
  void check_evidence(EvidenceId id) const;
  void check_claim(Assertion& claim);  // coerces the value
  void check_still_allowed(const NodeSight& node, const std::vector<std::string>& labels, std::string_view removed);
  void check_relation(std::string_view type, std::uint32_t from_set, std::uint32_t to_set);
  void check_required() const;
  void check_unique() const;  // transaction_unique.cpp
  bool was_given(EdgeKey key) const noexcept;
  std::string_view type_of(EdgeKey key) const noexcept;  // as claimed; empty: not claimed
  std::uint32_t set_of(NodeKey mention);                 // labels claimed for it so far
  /// Those of its node, which it may have by others since the transaction began.
  void learn_labels(NodeKey mention, std::uint32_t set) { put_set(mention, sets.united(set_of(mention), set)); }
  void put_set(NodeKey mention, std::uint32_t set);
  /// The set with a label that the schema knows.
  std::uint32_t with_label(std::uint32_t set, const std::string& label) {
    return label.empty() ? set : sets.with(set, label, tail.claims->strings()->number(label));
  }
  detail::model::KnownRules& rules_of(std::uint32_t set);

  // By hand (transaction_sight.cpp, transaction_nodes.cpp, transaction_edges.cpp, transaction_identity.cpp).
  void index_tail();
  NodeSight see(NodeKey key);
  EdgeSight see(EdgeKey key);
  std::string shown(const NodeSight& node) const;  // "node 17 'Ann Lee'", for errors
  std::uint32_t label_set_of(const NodeSight& node);
  std::vector<std::string> labels_of(const NodeSight& node) { return sets.names(label_set_of(node)); }
  EvidenceId edit();                                               // the evidence of the author's edit
  Evidence words_of(DocumentId id, std::string_view words) const;  // transaction_drafts.cpp
  Assertion hand_claim(ClaimKind kind, std::string_view name);
  void reject(detail::graph::Claim claim, std::string_view name, EdgeKey edge = {});
  std::vector<EdgeSight> edges_at(const NodeSight& node);
  bool has_edge_claim(EdgeKey key) const;
  void erase(const EdgeSight& edge, bool write_rejections);
  EdgeKey hand_key(const EdgeSight& edge);
  void claim_again(const EdgeSight& edge, EdgeKey key, NodeKey from, NodeKey to, Review review);
  void withdraw_edge_rejections(const EdgeSight& edge, std::string_view property, const Value& value);
  std::vector<std::string> key_properties(std::string_view type) const;

  std::shared_ptr<Graph::State> graph;
  bool is_open = true;
  std::string author;
  std::string note;
  std::shared_ptr<const Snapshot::Data> begun;  // what it began on
  std::shared_ptr<const Snapshot::Data> base;
  std::vector<std::shared_ptr<detail::graph::Part>> parts;
  detail::graph::Counters next;  // the highest ids given

  detail::graph::Part tail;
  detail::graph::IdSet tail_withdrawn;
  std::set<JudgementId> tail_withdrawn_judgements;
  detail::graph::Counters tail_first;                        // ids above these are the tail's
  std::vector<std::uint32_t> mention_place;                  // keys above tail_first: place in tail.mentions; kNone
  std::unordered_map<NodeKey, std::uint32_t> mention_again;  // other keys of tail.mentions
  std::vector<std::uint32_t> edge_claim;                  // keys above tail_first: place in tail.assertions; or these:
  static constexpr std::uint32_t kUngiven = 0xFFFFFFFFU;  // passed over by a wanted key
  static constexpr std::uint32_t kUnclaimed = 0xFFFFFFFEU;       // given, not claimed yet
  std::unordered_map<DocumentId, std::uint32_t> tail_documents;  // place in tail.documents
  std::set<DocumentId> tail_gone;  // replaced or removed: base mentions of it are not in force
  bool must_seal = false;          // before the next look: identity changed

  bool has_value_rejections = false;  // of edges, in the tail

  // Of the tail, by what it is about; made when an edit first looks.
  std::uint32_t indexed = 0;
  std::unordered_map<NodeKey, std::vector<AssertionId>> claims_of_mention;
  std::unordered_map<NodeKey, std::vector<EdgeKey>> edges_of_mention;
  std::unordered_map<EdgeKey, std::vector<AssertionId>> claims_of_edge;
  std::unordered_map<std::uint32_t, EdgeKey> hand_keys;  // by edge row of the base
  std::unordered_set<std::uint32_t> deleted_edges;       // rows of the base

  // For the whole transaction.
  std::unordered_map<DocumentId, std::shared_ptr<const std::string>> new_texts;
  std::vector<FreshDocument> fresh_documents;        // by id, from the first one above those of `begun`
  DocumentId last_touched;                           // the newest in `touched`
  DocumentId last_opened;                            // there is one, and its evidence is in the index
  std::unordered_set<DocumentId> touched;            // older documents that something was said of
  std::vector<NodeKey> changed_nodes;                // whose values were withdrawn by hand
  std::unique_ptr<detail::graph::WriteAhead> ahead;  // of a large commit, while its snapshot is derived
  mutable DocumentId last_read;                      // whose text is at hand
  mutable std::shared_ptr<const std::string> last_text;
  std::optional<EvidenceId> edit_evidence;
  std::map<std::string, EvidenceId, std::less<>> edit_of_quote;  // of drafts
  // What the draft being added says of its claims.
  struct Said {
    std::vector<Evidence> cited;
    Modality modality = Modality::unknown;
    PartialDate valid_from, valid_to;
  };
  Said said;
  detail::graph::EvidenceIndex evidence_index;  // of older documents
  EvidenceId last_rested_on;                    // it is there, in force, and its document is touched
  std::set<DocumentId> indexed_documents;       // older documents whose evidence is in the index
  detail::graph::LabelSets sets;
  std::vector<std::optional<detail::model::KnownRules>> rules_of_set;
  std::unordered_map<NodeKey, std::uint32_t> set_of_old;
  std::vector<std::uint32_t> set_of_new;  // keys above those of `begun`
  std::map<std::string, std::uint32_t, std::less<>> type_numbers;
  std::unordered_set<std::uint64_t> allowed;  // (type, set, set) that passed
  // Keys that may come again, in their order: by document, type and surface.
  std::map<std::tuple<DocumentId, std::string, std::string>, std::vector<NodeKey>> keys_to_reuse;
  std::set<JudgementId> judgements_resting_on(DocumentId id) const;
  void withdraw_resting(DocumentId id);
  void require_untouched(DocumentId id) const;
  void put_document(SourceDocument document, std::shared_ptr<const std::string> text);
  void put_fresh(const SourceDocument& document, const std::shared_ptr<const std::string>& text);
};

}  // namespace policygraph::inline v0
