#pragma once

#include <string>

#include "exchange/csv_scanner.hpp"
#include "policygraph/exchange/read_csv.hpp"

namespace policygraph::inline v0::detail::exchange {

/// A CSV file as a document of the graph: what its rows rest on.
class CsvSource {
 public:
  /// `purpose`: what is made of the rows ("City", "ROAD"), for one file may be read for several things.
  CsvSource(Transaction& transaction, const Snapshot& before, const std::string& path, const std::string& purpose, bool cite_rows);
  /// The graph has it as it is.
  bool is_unchanged() const noexcept { return is_unchanged_; }
  /// What the row rests on that `csv` stands on.
  EvidenceId evidence(const CsvScanner& csv);

 private:
  void add(const Snapshot& before, SourceDocument document, std::shared_ptr<const std::string> text);

  Transaction& transaction_;
  DocumentId document_;
  EvidenceId of_all_;
  bool cites_rows_;
  bool is_unchanged_ = false;
};

}  // namespace policygraph::inline v0::detail::exchange
