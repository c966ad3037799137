#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extract/recognizers/act_number.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/extract/extraction.hpp"

namespace policygraph::inline v0::detail::extract {

// The dates of a document by the tokens they start and end at.
class DateIndex {
 public:
  DateIndex(const Reading& reading, const Extraction& found);
  struct Entry {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    PartialDate value;
    Span span;
  };
  const Entry* starting(std::uint32_t token) const noexcept;
  const Entry* ending(std::uint32_t end) const noexcept;  // the one whose last token is end - 1
  // The first one that starts within [first, last).
  const Entry* within(std::uint32_t first, std::uint32_t last) const noexcept;

 private:
  std::vector<Entry> entries_;
};

// An act as one place of the text cites it: what stands around the number (or the noun) and belongs to it.
struct Citation {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::optional<ActNumber> number;
  const PhraseMatch* noun = nullptr;
  const PhraseMatch* modifier = nullptr;
  const PhraseMatch* issuer = nullptr;
  const PhraseMatch* jurisdiction = nullptr;
  const DateIndex::Entry* date = nullptr;
  Span title;  // empty: none
  bool is_blocked = false;  // "Registered ... No. 13282"
};

// Collects what belongs to a number, leftwards and rightwards, over connecting words only. `next_anchor` says whether another
// number starts at a token; `from` is where the citation before it ended.
class CitationReader {
 public:
  CitationReader(const Walk& walk, const DateIndex& dates) noexcept : walk_(walk), dates_(&dates) {}
  Citation around(const ActNumber& number, const std::vector<ActNumber>& anchors, std::uint32_t from) const;
  // For an act without a number: what stands around the noun.
  Citation around(const PhraseMatch& noun, std::uint32_t from) const;
  // The title behind or in front of the citation.
  void find_title(Citation& citation) const;

 private:
  bool is(CategoryName category, std::uint32_t i) const;
  const PhraseMatch* ending(CategoryName category, std::uint32_t i) const;
  bool take_left(Citation& out, std::uint32_t& at, std::uint32_t from) const;
  bool take_right(Citation& out, std::uint32_t& at, const std::vector<ActNumber>& anchors, bool after_comma) const;
  bool is_joined(const Citation& out, std::uint32_t at) const;
  void extend_left(Citation& out, std::uint32_t from) const;
  void extend_right(Citation& out, const std::vector<ActNumber>& anchors) const;
  bool take_titled(Citation& out, std::uint32_t close, std::uint32_t from) const;
  void bridge_to_noun(Citation& out, std::uint32_t at, std::uint32_t from) const;
  bool may_bridge(const Citation& out) const;
  bool names_issuer(const PhraseMatch& noun) const;
  void bridge_to_date(Citation& out, std::uint32_t at, const std::vector<ActNumber>& anchors) const;
  bool leads_to_publication(std::uint32_t at) const;
  void close_bracket(Citation& out) const;
  bool is_connector(std::uint32_t i) const;
  bool is_anchor(std::uint32_t i, const std::vector<ActNumber>& anchors) const;
  bool leads_to_anchor(std::uint32_t i, const std::vector<ActNumber>& anchors) const;
  Span quoted_after(std::uint32_t at) const;
  Span quoted_before(std::uint32_t at, Citation& citation) const;
  void take_date_behind(Citation& citation) const;
  Span plain_title(std::uint32_t at) const;
  std::uint32_t closing_quote(std::uint32_t open) const;
  std::uint32_t opening_quote(std::uint32_t close) const;

  Walk walk_;
  const DateIndex* dates_;
};

}  // namespace policygraph::inline v0::detail::extract
