#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/document/document.hpp"
#include "policygraph/export.hpp"
#include "policygraph/extract/extraction.hpp"
#include "policygraph/extract/recognizer.hpp"
#include "policygraph/model/schema.hpp"
#include "policygraph/text/language.hpp"

namespace policygraph::inline v0 {

/// The data that recognition runs on: cues, head nouns and gazetteers a language; kinds of acts, number patterns and issuers a
/// jurisdiction. JSON files (src/extract/packs), compiled in, or a folder at run time. Immutable; copies share.
class POLICYGRAPH_EXPORT Packs {
 public:
  static const Packs& built_in();
  /// The built-in packs with files of `folder` added or replacing those of the same name. Throws Error(format) with file, line, column.
  static Packs load(const std::string& folder);
  static Packs from_json(const std::map<std::string, std::string>& files);
  std::vector<std::string> names() const;

  struct Data;  ///< private
  const Data& data() const noexcept { return *data_; }
  explicit Packs(std::shared_ptr<const Data> data) noexcept;

 private:
  std::shared_ptr<const Data> data_;
};

/// Reads facts out of documents: recognisers, then coreference within the document, then relation rules. Immutable and thread-safe;
/// build one and use it for all documents.
///
///     policygraph::Extractor extractor;
///     auto extraction = extractor.extract(document);
class POLICYGRAPH_EXPORT Extractor {
 public:
  Extractor();
  Extractor(Packs packs, Languages languages, Schema schema = Schema::policy());
  /// Runs after the library's own recognisers, before coreference and rules.
  void add(std::shared_ptr<const Recognizer> recognizer);

  /// Linear in the document's size. Never throws for what a document holds; a recogniser of one's own that throws is a diagnostic.
  Extraction extract(const Document& document) const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

}  // namespace policygraph::inline v0
