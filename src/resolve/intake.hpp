#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policygraph/resolve/resolve.hpp"
#include "resolve/home_states.hpp"
#include "resolve/sums.hpp"

namespace policygraph::inline v0::detail::resolve {

/// The order in which documents are taken up, whatever the order they were found in: by uri, then by sha256.
bool comes_before(const SourceDocument& a, const SourceDocument& b) noexcept;

/// Where a document goes.
struct Placing {
  SourceDocument source;          ///< under an address of its own
  std::optional<DocumentId> old;  ///< what it replaces
};

/// Takes documents into a transaction one by one, so that none need be held for the others, and judges identity when
/// all are there. A document that is known needs no extraction: `place` says so from the record alone.
class Intake {
 public:
  /// Addresses of this call: sha256 by address. One call may go on in several transactions.
  using Met = std::map<std::string, std::string>;
  Intake(Transaction& transaction, const ResolveOptions& options, Met met = {});
  Met take_met() { return std::move(met_); }

  /// None: it is there already, unchanged. Requires: called in order of `comes_before`, once for each.
  std::optional<Placing> place(const SourceDocument& source);
  void add(const Placing& placing, const Document& document, Extraction extraction);
  /// Judges which of the new nodes are the same as others. Requires: called once, at the end.
  ResolveCounts finish();

 private:
  std::vector<Naming> all_namings() const;
  std::vector<Judgement> same_as_told(const Snapshot& written, const std::vector<Judgement>& same) const;
  const SourceDocument* known(std::string_view uri) const;
  DocumentId put(const Placing& placing, std::string_view text);

  Transaction& transaction_;
  ResolveOptions options_;
  Snapshot before_;
  Met met_;
  ResolveCounts counts_;
  std::vector<SumEnd> sum_ends_;
  std::vector<Naming> namings_;
};

}  // namespace policygraph::inline v0::detail::resolve
