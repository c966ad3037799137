#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/export.hpp"
#include "policygraph/graph/transaction.hpp"

/// Nodes and edges said piece by piece; `add` writes them and gives the key. Nothing is written before, so a draft that
/// the schema refuses leaves no trace. The compiler warns of one that is dropped.
///
///     auto edit = graph.begin("by:anna");
///     const auto act = edit.node("Decree").set("jurisdiction", "UZ").set("kind", "decree").set("number", "PF-1").add();
///     const auto water = edit.node("Programme").set("name", "Clean Water").set("kind", "programme").add();
///     edit.edge(act, "APPROVES", water).quote("The programme is approved.").modality(policygraph::Modality::approved).add();
///     edit.commit();
namespace policygraph::inline v0 {

namespace detail::graph {
/// What a draft says beside labels and properties.
struct Saying {
  std::string quote;  ///< empty: the transaction's note
  std::vector<std::pair<DocumentId, std::string>> cited;
  Modality modality = Modality::unknown;
  PartialDate valid_from, valid_to;
};
}  // namespace detail::graph

/// What drafts of nodes and of edges have alike. Each call gives the draft back.
template <class Self>
class [[nodiscard]] Draft {
 public:
  /// A null value says nothing.
  Self set(std::string name, Value value) && { return std::move(put(std::move(name), std::move(value))); }
  Self& set(std::string name, Value value) & { return put(std::move(name), std::move(value)); }
  /// The words that stand as the quote of this edit, instead of the transaction's note.
  Self quote(std::string words) && {
    saying_.quote = std::move(words);
    return std::move(self());
  }
  /// It also rests on these words of a document, which must have them: the first place counts. `add` throws
  /// Error(not_found) when they do not stand there.
  Self cite(DocumentId document, std::string words) && {
    saying_.cited.emplace_back(document, std::move(words));
    return std::move(self());
  }
  Self modality(Modality modality) && {
    saying_.modality = modality;
    return std::move(self());
  }

 protected:
  explicit Draft(Transaction& transaction) noexcept : transaction_(&transaction) {}
  Self& self() noexcept { return static_cast<Self&>(*this); }
  Self& put(std::string name, Value value) {
    properties_.emplace_back(std::move(name), std::move(value));
    return self();
  }

  Transaction* transaction_;
  PropertyList properties_;
  detail::graph::Saying saying_;
};

/// A node in the making; made by `Transaction::node`, which must outlive it.
class [[nodiscard]] NodeDraft : public Draft<NodeDraft> {
 public:
  NodeDraft(Transaction& transaction, std::string_view label) : Draft(transaction), labels_{std::string(label)} {}
  NodeDraft label(std::string label) && {
    labels_.push_back(std::move(label));
    return std::move(*this);
  }
  /// Writes it. Throws what `create_node` throws.
  POLICYGRAPH_EXPORT NodeKey add() const;

 private:
  std::vector<std::string> labels_;
};

/// An edge in the making; made by `Transaction::edge`, which must outlive it.
class [[nodiscard]] EdgeDraft : public Draft<EdgeDraft> {
 public:
  EdgeDraft(Transaction& transaction, NodeKey from, std::string_view type, NodeKey to)
      : Draft(transaction), from_(from), to_(to), type_(type) {}
  /// When it holds, by partial dates; an unknown date is an open end.
  EdgeDraft valid(PartialDate from, PartialDate to = {}) && {
    saying_.valid_from = from;
    saying_.valid_to = to;
    return std::move(*this);
  }
  /// Writes it. Throws what `create_edge` throws.
  POLICYGRAPH_EXPORT EdgeKey add() const;

 private:
  NodeKey from_, to_;
  std::string type_;
};

inline NodeDraft Transaction::node(std::string_view label) { return {*this, label}; }
inline EdgeDraft Transaction::edge(NodeKey from, std::string_view type, NodeKey to) { return {*this, from, type, to}; }

}  // namespace policygraph::inline v0
