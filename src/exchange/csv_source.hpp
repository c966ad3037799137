#pragma once

#include <string>

#include "exchange/csv_scanner.hpp"
#include "policygraph/exchange/read_csv.hpp"

namespace policygraph::inline v0::detail::exchange {

/// A CSV file as a document of the graph: what its rows rest on.
class CsvSource {
 public:
  /// `purpose`: what is made of the rows ("City", "ROAD"), for one file may be read for several things. `reading`: how, in words that
  /// are kept with the graph as a run, so that a file read otherwise is not taken for one read already.
  CsvSource(Transaction& transaction, const Snapshot& before, const std::string& path, const std::string& purpose, const std::string& reading,
            bool cite_rows);
  /// The graph has it as it is, read the same way.
  bool is_unchanged() const noexcept { return is_unchanged_; }
  /// What was read from the path before is gone.
  bool is_replaced() const noexcept { return is_replaced_; }
  DocumentId document() const noexcept { return document_; }
  /// What the row rests on that `csv` stands on.
  EvidenceId evidence(const CsvScanner& csv);

 private:
  void add(const Snapshot& before, SourceDocument document, const std::string& reading, std::shared_ptr<const std::string> text);

  Transaction& transaction_;
  DocumentId document_;
  EvidenceId of_all_;
  bool cites_rows_;
  bool is_unchanged_ = false;
  bool is_replaced_ = false;
};

}  // namespace policygraph::inline v0::detail::exchange
