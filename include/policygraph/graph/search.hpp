#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"
#include "policygraph/graph/rows.hpp"
#include "policygraph/graph/snapshot.hpp"
#include "policygraph/model/evidence.hpp"

// Finding nodes by name, and words in documents and nodes.
//
//     for (const auto& match : similar_names(snapshot, "Фарход Аҳмедов", 5, "Person"))
//       std::cout << match.name << "  " << match.score << '\n';       // Farkhod Akhmedov  1
//     for (const auto& match : search_documents(snapshot, "\"trust fund\" aral*"))
//       std::cout << match.citation.title << ": " << match.citation.quote << '\n';
//
// An index is made when the first question of its kind is asked of a snapshot, and kept with it; a commit makes no new one but
// for what it changed. Any thread may ask. Order is that of the score, then of the key, and the same on every machine.
// In Cypher: CALL names.similar, names.exact, names.prefix, text.search, text.nodes (docs/search.md).
namespace policygraph::inline v0 {

struct NameMatch {
  NodeRow node;
  double score = 1;                  ///< 0 to 1
  std::string name;                  ///< as claimed: the name, title, number or alias that fits best
  std::vector<EvidenceId> evidence;  ///< of the claims that say this name; in order of id
};

/// Names less alike than this are not given.
inline constexpr double kLeastNameScore = 0.5;

/// The `limit` nodes whose names are most alike to the text by name_similarity (text/similarity.hpp): over scripts and spellings
/// (Farhod, Farkhod, Фарход), word order free, with initials. Every claimed name counts, competing and former ones too; a node
/// stands once, by its best. With a label: nodes that have it; one that the schema does not know throws Error(schema) with "did you
/// mean", here and below. The answer is the one that comparing with each name gives.
/// The first question reads all names (some 5 us each); later ones take well under a millisecond among 100,000 names.
POLICYGRAPH_EXPORT std::vector<NameMatch> similar_names(const Snapshot& snapshot, std::string_view text, std::size_t limit = 10,
                                                        std::string_view label = {});

/// Nodes with a name that folds to the same (case, accents, apostrophes and punctuation do not count), in order of key.
POLICYGRAPH_EXPORT std::vector<NameMatch> exact_names(const Snapshot& snapshot, std::string_view text, std::string_view label = {});

/// The first `limit` nodes with a name that begins so when both are folded; in order of the folded name, then of the key. A node
/// stands once, by the first of its names. Nothing for a text without letters and digits.
POLICYGRAPH_EXPORT std::vector<NameMatch> names_with_prefix(const Snapshot& snapshot, std::string_view text, std::size_t limit = 10,
                                                            std::string_view label = {});

// What a search for words reads:
//
//     water fund              both words, in any order
//     "clean water"           one right after the other
//     irrig*                  words that begin so
//     water OR irrigation     one of them; binds tighter than standing side by side
//     -loan                   without that word
//
// Words are folded (case, accents, apostrophes), lose the endings that the language packs know (English: the plural), and Uzbek is
// found in both scripts. "the", "va", "и" count within quotation marks only, unless there is nothing else. Ranked by BM25
// (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009, k1 = 1.2, b = 0.75). Throws Error(invalid_argument) for a
// search that only leaves out, and for one of more than 64 words; Error(limit) for a prefix of more than 4,096 words.

struct DocumentMatch {
  DocumentId document;
  double score = 0;
  Span quote;  ///< of the sentence that says most of what was asked for; of a long one, the part that does
};

/// The `limit` documents that say it best. Edits, and documents whose text is redacted or not held, are not searched. The first
/// question reads all texts, tens of MB a second; the index takes some two fifths of their size.
POLICYGRAPH_EXPORT std::vector<DocumentMatch> search_documents(const Snapshot& snapshot, std::string_view query, std::size_t limit = 10);

struct NodeMatch {
  NodeRow node;
  double score = 0;
  std::string property;              ///< the one that says most of it
  std::string quote;                 ///< of its value
  std::vector<EvidenceId> evidence;  ///< of that value
};

/// The `limit` nodes whose texts (all properties that are strings, or lists of them, taken together) say it best.
POLICYGRAPH_EXPORT std::vector<NodeMatch> search_nodes(const Snapshot& snapshot, std::string_view query, std::size_t limit = 10,
                                                       std::string_view label = {});

/// Words that no claim rests on, cited as if one did; `evidence` of the citation is none.
POLICYGRAPH_EXPORT Citation cite(const Snapshot& snapshot, DocumentId document, Span words, std::string_view extractor);
/// The node that stands for a document in the graph; empty: none does.
POLICYGRAPH_EXPORT std::optional<NodeRow> node_of(const Snapshot& snapshot, DocumentId document);

}  // namespace policygraph::inline v0
