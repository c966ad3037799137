#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"
#include "policygraph/model/assertion.hpp"
#include "policygraph/model/value.hpp"

namespace policygraph::inline v0 {

/// Numbers of mentions and relations within one Extraction.
using MentionIndex = std::uint32_t;
inline constexpr MentionIndex kNoMention = 0xFFFFFFFFU;

/// A property as the words of a document state it.
struct ExtractedProperty {
  std::string name;
  Value value;
  Span span;                ///< the words it rests on
  std::string extractor;    ///< empty: that of its mention
  float confidence = 1.0F;
};

/// One place in a document that names or describes a thing of the schema: its label, the words, what they state of it.
/// Literals that are no node (a date, a bare quantity) are mentions with an empty `label` and a `value`, for the rules to use.
struct ExtractedMention {
  Span span;
  std::string label;        ///< "Decree", "Organization", "Funding"; empty for a literal
  std::string literal;      ///< "date", "money", "quantity"; empty for a thing
  Value value;              ///< of a literal
  std::vector<ExtractedProperty> properties;
  Modality modality = Modality::unknown;
  std::string extractor;    ///< "legal-act/1"
  float confidence = 1.0F;
  /// The first mention in this document of the same thing, by the rules of coreference; kNoMention when this is the first.
  MentionIndex same_as = kNoMention;
  std::string same_by;      ///< "rule:same-surface/1", "rule:acronym/1", "rule:definite/1" ...
  std::string same_reason;
  float same_score = 1.0F;
};

/// A relation between two mentions, by a rule, resting on words.
struct ExtractedRelation {
  std::string type;
  MentionIndex from = kNoMention;
  MentionIndex to = kNoMention;
  std::vector<ExtractedProperty> properties;
  Span span;                ///< the words that state it, both ends included where they lie within one or two sentences
  Modality modality = Modality::unknown;
  PartialDate valid_from, valid_to;
  MentionIndex attributed_to = kNoMention;
  std::string extractor;    ///< "funded-by/1"
  float confidence = 1.0F;
};

/// Something found wrong while reading; becomes a Finding.
struct ExtractedFinding {
  std::string code;         ///< "TYPE_CONFLICT", "TOTAL_MISMATCH" ...; audit/audit.hpp lists them
  Severity severity = Severity::warning;
  std::string explanation;
  std::vector<MentionIndex> mentions;
  Span span;
};

/// All that was read out of one document. Mentions are in order of span start, then longer first; relations by from, type, to.
/// The same document gives the same Extraction, whatever ran beside it.
struct Extraction {
  std::vector<ExtractedMention> mentions;
  std::vector<ExtractedRelation> relations;
  std::vector<ExtractedFinding> findings;
  std::vector<Diagnostic> diagnostics;  ///< proposals that were refused, and why
};

/// The mention at the head of a chain of `same_as`.
POLICYGRAPH_EXPORT MentionIndex head_of(const Extraction& extraction, MentionIndex mention) noexcept;
/// One line a mention and a relation, for tests and for `policygraph explain`.
POLICYGRAPH_EXPORT std::string to_text(const Extraction& extraction, std::string_view text);

}  // namespace policygraph::inline v0
