#pragma once

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/graph/journal.hpp"
#include "policygraph/graph/snapshot.hpp"

namespace policygraph::inline v0 {

using PropertyList = std::vector<std::pair<std::string, Value>>;

class NodeDraft;
class EdgeDraft;

/// One writer's batch on top of a snapshot. Everything is checked against the schema when it is said; what breaks it
/// throws Error(schema) and leaves the batch as it was. Dropped without `commit`, nothing happened. Movable; one
/// thread.
///
/// Two layers: records (documents, evidence, mentions, assertions, judgements), which ingestion and reading an export
/// use, and edits by hand, which make the records themselves with evidence in a document that is the edit.
class POLICYGRAPH_EXPORT Transaction {
 public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  ~Transaction();

  /// The state this transaction began on, with its own writes so far. O(1) when nothing was written since the last
  /// call.
  Snapshot snapshot();
  /// Checks what can only be checked at the end (required properties), appends to the journal, publishes the new
  /// snapshot.
  CommitId commit();
  void rollback() noexcept;
  bool is_empty() const noexcept;

  // Records. An id or a key of the argument is kept where it is free (reading an export gives the same keys back) and
  // not millions beyond those in use; else a new one is given. A claim names its ends by mentions, and comes after
  // them; an edge is claimed before its properties. Error(not_found) for what does not exist, Error(invalid_argument)
  // for a claim without evidence, a null value, a span outside its text; Error(schema) for what the schema does not
  // allow.
  DocumentId add_document(SourceDocument document, std::shared_ptr<const std::string> text);
  /// Replaces the text and the record of a document and withdraws all that rests on it alone: claims, evidence,
  /// mentions, rule-made judgements. Mentions that come again (same type, surface and place in order) keep their keys,
  /// so judgements by people hold. Throws Error(conflict) when this transaction has written to the document already.
  void replace_document(DocumentId id, SourceDocument document, std::shared_ptr<const std::string> text);
  void remove_document(DocumentId id);
  EvidenceId add_evidence(Evidence evidence);  ///< the same evidence twice gives the same id
  NodeKey add_mention(Mention mention);
  EdgeKey new_edge_key(EdgeKey wanted = {});
  AssertionId add_assertion(const Assertion& assertion);
  /// Takes nothing out of it: it has its id and the value as it is kept, and may be filled and added again.
  AssertionId add_assertion(Assertion&& assertion);
  void withdraw(AssertionId id);
  /// `by` that starts with "rule:" is a rule's; all others are persons', which stand above rules'.
  JudgementId add_judgement(Judgement judgement);
  void withdraw(JudgementId id);
  void add_finding(Finding finding);
  void add_run(Run run);

  // By hand. The author's edit is the evidence; `note` is its text (shown as the quote). Costs what the node or edge
  // has, not what the graph has; merge, separate and taking back a rejection cost a snapshot at the next call.
  void set_note(std::string note);
  NodeKey create_node(const std::vector<std::string>& labels, const PropertyList& properties = {});
  /// The same, said piece by piece (graph/draft.hpp): edit.node("Decree").set("number", "PF-1").add().
  NodeDraft node(std::string_view label);
  EdgeDraft edge(NodeKey from, std::string_view type, NodeKey to);
  EdgeKey create_edge(NodeKey from, std::string_view type, NodeKey to, const PropertyList& properties = {});
  /// A null value removes: the values that documents state are rejected. A new value is preferred; what documents state
  /// stays as a competing claim. An earlier value by hand is withdrawn. A key property of an edge cannot be set:
  /// Error(schema).
  void set_property(NodeKey node, std::string_view property, Value value);
  void set_property(EdgeKey edge, std::string_view property, Value value);
  void add_label(NodeKey node, std::string_view label);
  void remove_label(NodeKey node, std::string_view label);  ///< its descendants too; its ancestors stay
  /// Withdraws what was claimed by hand and rejects what documents claim; a later reading does not bring it back.
  /// Throws Error(conflict) when edges are left at the node, unless `detach`.
  void delete_node(NodeKey node, bool detach = false);
  void delete_edge(EdgeKey edge);
  JudgementId merge(NodeKey a, NodeKey b, std::string_view reason);
  /// Says that the two are different things: splits them where they were one, and keeps them apart.
  JudgementId separate(NodeKey a, NodeKey b, std::string_view reason);

  struct State;  ///< private
  explicit Transaction(std::unique_ptr<State> state) noexcept;
  State& open_state();  ///< private

 private:
  std::unique_ptr<State> state_;
};

}  // namespace policygraph::inline v0

#include "policygraph/graph/draft.hpp"  // IWYU pragma: export
