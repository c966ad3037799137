#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/document/document.hpp"
#include "policygraph/export.hpp"
#include "policygraph/extract/extraction.hpp"
#include "policygraph/model/schema.hpp"
#include "policygraph/text/language.hpp"
#include "policygraph/text/tokens.hpp"

namespace policygraph::inline v0 {

namespace detail::extract {
class WordMemory;
}

/// A document cut into tokens and sentences, once, for all recognisers. Views a Document that must outlive it.
class POLICYGRAPH_EXPORT DocumentView {
 public:
  /// `languages` must outlive it too. Throws Error(invalid_argument) when there is no language at all.
  DocumentView(const Document& document, const Languages& languages);
  /// The same by what is known of words already, of which it learns more; private to `extract`. The memory is of these
  /// languages and must outlive the view.
  DocumentView(const Document& document, const Languages& languages, detail::extract::WordMemory& memory);
  DocumentView(const DocumentView&) = delete;  // views into itself
  DocumentView& operator=(const DocumentView&) = delete;

  const Document& document() const noexcept { return *document_; }
  std::string_view text() const noexcept { return text_; }
  std::span<const Token> tokens() const noexcept { return tokens_; }
  /// Sentences never cross a block; furniture has none.
  std::span<const Sentence> sentences() const noexcept { return sentences_; }
  /// The language of the block a sentence stands in; blocks may differ from the document's.
  const Language& language(const Sentence& sentence) const noexcept;
  Zone zone(const Sentence& sentence) const noexcept;
  std::string_view text(const Token& token) const noexcept { return text().substr(token.span.start, token.span.size()); }
  /// The token's text case-folded, without apostrophes and without the English genitive; made once.
  std::string_view folded(std::uint32_t token) const noexcept { return {folded_text_.data() + folded_[token].start, folded_[token].size()}; }
  /// The sentence that holds a byte; null in furniture. O(log n).
  const Sentence* sentence_at(std::uint32_t offset) const noexcept;
  /// Index of the first token at or after a byte. O(1).
  std::uint32_t token_at(std::uint32_t offset) const noexcept;
  /// The memory it was made by, if any, and the numbers of its tokens there; private to `extract`.
  detail::extract::WordMemory* memory() const noexcept { return memory_; }
  std::span<const std::uint32_t> word_numbers() const noexcept { return word_numbers_; }

 private:
  DocumentView(const Document& document, const Languages& languages, detail::extract::WordMemory* memory);
  const Language& default_language(const Languages& languages) const;
  const Language& language_of(std::string_view block, std::uint32_t first, const Languages& languages,
                              const Language& fallback) const;
  void read_words(std::uint32_t block, std::uint32_t first);
  Span fold_unknown(Span word);
  Span put_folded(std::string_view folded);
  void add_block(const Block& block, const Languages& languages, const Language& fallback);
  void place_tokens();

  const Document* document_;
  detail::extract::WordMemory* memory_;
  std::string_view text_;  // of the document
  std::vector<Token> tokens_;
  std::vector<std::uint32_t> word_numbers_;  // by token, with a memory
  std::vector<std::uint32_t> token_places_;  // by a few bytes each: the first token at or after them
  std::vector<Sentence> sentences_;
  std::vector<const Language*> sentence_languages_;
  std::vector<Zone> sentence_zones_;
  std::vector<Span> folded_;  // of each token in folded_text_
  std::string folded_text_;   // the text in small letters, where they keep their size; behind it the words that fold otherwise
};

/// Finds mentions (and, if it can, relations) in one document. The library's own recognisers, a user's rules and a model behind a
/// C++ or Python class are all this. Proposals are validated: spans lie within the text at letter boundaries, labels, properties and
/// relations are the schema's, confidence is 0 to 1; what fails is a diagnostic that names the proposal and is left out.
///
///     class TramLines : public policygraph::Recognizer {
///      public:
///       std::string name() const override { return "tram-lines/1"; }
///       void recognise(const policygraph::DocumentView& view, policygraph::Extraction& out) const override { ... }
///     };
///
/// `out` holds what recognisers before it found. Append; do not reorder. A long document (ExtractOptions::part_bytes) comes in parts,
/// each a document of its own: spans are of `view.text()`. Requires: deterministic; safe from several threads.
class POLICYGRAPH_EXPORT Recognizer {
 public:
  virtual ~Recognizer() = default;
  /// Name and version, "legal-act/1"; becomes the evidence's extractor.
  virtual std::string name() const = 0;
  virtual void recognise(const DocumentView& view, Extraction& out) const = 0;
};

}  // namespace policygraph::inline v0
