#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
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

/// Bounds on what one document may cost, whatever it holds: about 0.8 KB a mention, and 30 to 60 bytes a byte of a part.
struct ExtractOptions {
  /// Mentions (literals too: dates, sums) that are kept of a document; 0: all. What lies behind the last of them is not read for
  /// facts: a diagnostic of severity error says from where on. The densest text has one mention to 10 bytes, most has one to 50.
  std::size_t max_mentions = 1'000'000;
  /// Bytes of text that are read at a time, 1,024 at least; a longer document is read in parts, which end at a heading, a
  /// paragraph or a sentence. What lies in different parts is not brought together: a name that a part takes up from an earlier
  /// one is a mention of its own, which `resolve` may join as it joins those of two documents.
  std::size_t part_bytes = std::size_t{8} << 20;
  std::stop_token stop;  ///< asked between parts: Error(interrupted)
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

  /// Linear in the document's size; memory: see ExtractOptions. Never throws for what a document holds; a recogniser of one's own
  /// that throws is a diagnostic.
  Extraction extract(const Document& document, const ExtractOptions& options = {}) const;
  /// That of each, in their order. Of small documents some are read side by side, stage by stage, which takes a sixth less time than
  /// one after another: the processor has each stage at hand once for all of them.
  std::vector<Extraction> extract(std::span<const Document* const> documents, const ExtractOptions& options = {}) const;
  /// The acts that a document names, with the dates and issuers they are told by, and nothing else: what `extract` finds of them
  /// before names are linked and relations read, in a sixth of its time. Recognisers of one's own are not asked.
  ///
  ///     for (const auto& mention : extractor.find_acts(document).mentions)
  ///       if (mention.label == "LegalAct") std::cout << document.text().substr(mention.span.start, mention.span.size()) << '\n';
  Extraction find_acts(const Document& document, const ExtractOptions& options = {}) const;
  /// What it was made with.
  const Packs& packs() const noexcept;

 private:
  struct State;
  Extraction extract_part(const Document& document) const;
  std::vector<Extraction> extract_together(std::span<const Document* const> documents) const;
  Extraction find_acts_in_part(const Document& document) const;
  template <class ReadPart>
  Extraction read_in_parts(const Document& document, const ExtractOptions& options, ReadPart read) const;
  std::shared_ptr<const State> state_;
};

}  // namespace policygraph::inline v0
