#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/steps.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0::detail::exchange {

/// Evidence in use, numbered from 0 in order of id.
class EvidenceTable {
 public:
  EvidenceTable() = default;
  explicit EvidenceTable(std::vector<EvidenceId> ids);
  std::uint64_t index(EvidenceId id) const noexcept;
  const std::vector<EvidenceId>& ids() const noexcept { return ids_; }

 private:
  std::vector<EvidenceId> ids_;  // sorted, each once
};

/// The records of a snapshot that a file holds. Of a graph: all. Of a view: claims about the nodes and edges that it
/// shows (rejections of their values among them), the mentions of those nodes, judgements between these, findings about
/// them, the evidence of all that, and the documents it lies in. Closed: nothing names what is left out, but for the
/// speaker of a claim, whom a view may hide. So reading gives the nodes and edges of the view.
class Selection {
 public:
  Selection(const Snapshot& snapshot, base::Steps& steps);

  bool has_mention(NodeKey key) const noexcept { return key && (is_whole_ || snapshot_.find(key)); }
  bool has(const Mention& mention) const noexcept { return has_mention(mention.key); }
  bool has(const Assertion& claim) const noexcept;
  bool has(const Judgement& judgement) const noexcept { return has_mention(judgement.a) && has_mention(judgement.b); }
  bool has(const Finding& finding) const;
  bool has(const SourceDocument& document) const noexcept { return is_whole_ || documents_.contains(document.id); }
  const EvidenceTable& evidence() const noexcept { return evidence_; }

 private:
  bool is_cited(EvidenceId id) const;

  const Snapshot& snapshot_;
  bool is_whole_;
  std::set<DocumentId> documents_;  // of a view
  EvidenceTable evidence_;
};

/// Texts and their code points; evidence mostly comes document by document.
class Quotes {
 public:
  explicit Quotes(const Sources& sources) : sources_(sources) {}

  struct Place {
    std::uint64_t start = 0, end = 0;
    std::string quote;
    std::uint64_t page = 0;  ///< 0: the document has none
  };
  Place place(const Evidence& evidence);

 private:
  struct Text {
    std::shared_ptr<const std::string> text;
    std::optional<CodePointIndex> index;
    std::vector<std::uint32_t> page_ends;
  };
  const Text& fetch(DocumentId id);
  bool is_redacted(DocumentId id) const;

  const Sources& sources_;
  std::unordered_map<DocumentId, Text> texts_;
};

}  // namespace policygraph::inline v0::detail::exchange
