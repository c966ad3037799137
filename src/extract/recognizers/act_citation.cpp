#include "extract/recognizers/act_citation.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr int kMostSteps = 16;
constexpr int kMostBridge = 16;
constexpr int kMostTitleTokens = 120;
constexpr int kMostPieces = 3;  // of a citation in front of its title: noun, issuer, state
constexpr std::uint32_t kNone = Walk::kNone;

}  // namespace

DateIndex::DateIndex(const Reading& reading, const Extraction& found) {
  for (const ExtractedMention& mention : found.mentions) {
    if (mention.literal != "date" || mention.value.as_partial_date().is_interval()) continue;
    const std::uint32_t first = reading.view().token_at(mention.span.start);
    entries_.push_back({first, reading.view().token_at(mention.span.end - 1), mention.value.as_partial_date(), mention.span});
    // token_at gives the token at or after a byte: the last token of the date is the one that holds its last byte.
    Entry& entry = entries_.back();
    while (entry.last > first && (entry.last >= reading.tokens().size() || reading.token(entry.last).span.start >= mention.span.end)) --entry.last;
    ++entry.last;
  }
  std::ranges::sort(entries_, {}, &Entry::first);
}

const DateIndex::Entry* DateIndex::starting(std::uint32_t token) const noexcept {
  const auto found = std::ranges::lower_bound(entries_, token, {}, &Entry::first);
  return found != entries_.end() && found->first == token ? &*found : nullptr;
}

const DateIndex::Entry* DateIndex::ending(std::uint32_t end) const noexcept {
  const auto found = std::ranges::lower_bound(entries_, end, {}, &Entry::first);
  return found != entries_.begin() && (found - 1)->last == end ? &*(found - 1) : nullptr;
}

const DateIndex::Entry* DateIndex::within(std::uint32_t first, std::uint32_t last) const noexcept {
  const auto found = std::ranges::lower_bound(entries_, first, {}, &Entry::first);
  return found != entries_.end() && found->first < last ? &*found : nullptr;
}

bool CitationReader::is(CategoryName category, std::uint32_t i) const {
  return walk_.has(i) && walk_.reading().match_at(category, i) != nullptr;
}

const PhraseMatch* CitationReader::ending(CategoryName category, std::uint32_t i) const {
  const PhraseMatch* match = walk_.has(i) ? walk_.reading().match_over(category, i) : nullptr;
  return match != nullptr && match->last == i + 1 && match->first >= walk_.first() ? match : nullptr;
}

bool CitationReader::is_connector(std::uint32_t i) const {
  if (walk_.is_word(i)) return is("act_connectors", i) || is("year_words", i);
  const char32_t mark = walk_.sign(i);
  return mark == U',' || mark == U'(' || mark == U')' || mark == U'[' || mark == U'.' || walk_.is_dash(i);
}

bool CitationReader::is_anchor(std::uint32_t i, const std::vector<ActNumber>& anchors) const {
  const auto found = std::ranges::lower_bound(anchors, i, {}, &ActNumber::first);
  return found != anchors.end() && found->first == i;
}

bool CitationReader::leads_to_anchor(std::uint32_t i, const std::vector<ActNumber>& anchors) const {
  for (int steps = 0; steps < 4 && walk_.has(i); ++steps, i = walk_.next(i)) {
    if (is_anchor(i, anchors)) return true;
    if (walk_.is_sign(i, U',') || !is_connector(i)) return false;
  }
  return false;
}

// Takes the piece that ends just before token `at` and begins at `from` or later: what stands further in front is of the citation
// before, whose date a list would else pass on. `at` moves to where the piece begins.
bool CitationReader::take_left(Citation& out, std::uint32_t& at, std::uint32_t from) const {
  const std::uint32_t before = walk_.before(at);
  if (before == kNone || before < from) return false;
  if (const auto* date = out.date == nullptr ? dates_->ending(before + 1) : nullptr; date != nullptr && date->first >= std::max(from, walk_.first())) {
    out.date = date;
    at = date->first;
    return true;
  }
  if (const PhraseMatch* issuer = out.issuer == nullptr ? ending("act_issuers", before) : nullptr; issuer != nullptr && issuer->first >= from) {
    out.issuer = issuer;
    at = issuer->first;
    return true;
  }
  if (const PhraseMatch* noun = out.noun == nullptr ? ending("act_nouns", before) : nullptr; noun != nullptr && noun->first >= from) {
    out.noun = noun;
    at = noun->first;
    return true;
  }
  if (const PhraseMatch* name = out.jurisdiction == nullptr ? ending("jurisdiction_names", before) : nullptr; name != nullptr && name->first >= from) {
    out.jurisdiction = name;
    at = name->first;
    return true;
  }
  if (const PhraseMatch* modifier = out.noun != nullptr && out.modifier == nullptr ? ending("act_modifiers", before) : nullptr; modifier != nullptr && modifier->first >= from) {
    out.modifier = modifier;
    at = modifier->first;
    return true;
  }
  return false;
}

void CitationReader::extend_left(Citation& out, std::uint32_t from) const {
  std::uint32_t at = out.first;
  for (int steps = 0; steps < kMostSteps; ++steps) {
    if (take_left(out, at, from)) {
      out.first = at;
      continue;
    }
    const std::uint32_t before = walk_.before(at);
    if (!walk_.has(before) || before < from) return;
    const std::uint32_t word = walk_.is_sign(before, U'.') ? walk_.before(before) : before;  // "(рег. № 3289)"
    if (ending("act_number_blockers", word) != nullptr) {
      out.is_blocked = true;
      return;
    }
    if (!is_connector(before)) {
      if (take_titled(out, before, from)) return;
      if (out.noun == nullptr && may_bridge(out)) bridge_to_noun(out, before, from);
      return;
    }
    // Once there is a noun, "on" or a comma in front of it belongs to something else.
    if (out.noun != nullptr && (walk_.sign(before) != 0 || out.modifier != nullptr)) return;
    at = before;
  }
}

// "Закона «О лекарствах» (№ ЗРУ-399 от ...)", "the Law “On Education” of 23 September 2020 No.": the noun stands in front of the title.
bool CitationReader::take_titled(Citation& out, std::uint32_t close, std::uint32_t from) const {
  if (out.noun != nullptr || !out.number || !walk_.is_close_quote(close)) return false;
  const std::uint32_t open = opening_quote(close);
  if (open == kNone || open < from || walk_.next(open) >= close) return false;
  Citation whole = out;
  std::uint32_t at = open;
  for (int pieces = 0; pieces < kMostPieces && whole.noun == nullptr; ++pieces) {
    if (!take_left(whole, at, from)) return false;
    for (std::uint32_t joint = walk_.before(at); whole.noun == nullptr && (walk_.folded(joint) == "of" || walk_.folded(joint) == "the"); joint = walk_.before(at)) {
      at = joint;
    }
  }
  if (whole.noun == nullptr || at < from) return false;
  whole.modifier = ending("act_modifiers", walk_.before(at));
  out = std::move(whole);
  out.first = out.modifier != nullptr && out.modifier->first >= from ? out.modifier->first : at;
  out.title = walk_.reading().span(walk_.next(open), close);
  return true;
}

// What tells that a number is that of an act, though words that no pack knows stand in front of it.
bool CitationReader::may_bridge(const Citation& out) const {
  if (out.number && is("act_nouns", walk_.at(out.number->last))) return false;  // "620-son qarorida"
  if (out.date != nullptr || out.jurisdiction != nullptr) return true;
  if (!out.number || !out.number->has_marker) return false;
  if (out.number->series != nullptr || !out.number->kind.empty()) return true;
  std::uint32_t next = walk_.at(out.number->last);  // "No. 11 of 5 May 2021"
  if (walk_.is_word(next) && is_connector(next)) next = walk_.next(next);
  return walk_.has(next) && dates_->starting(next) != nullptr;
}

// "resolution of the Ministry of Finance and", "приказом министра": who issues stands right behind the noun.
bool CitationReader::names_issuer(const PhraseMatch& noun) const {
  std::uint32_t at = walk_.at(noun.last);
  while (walk_.folded(at) == "of" || walk_.folded(at) == "the") at = walk_.next(at);
  return walk_.is_capitalised(at) || is("act_issuer_words", at);
}

// "Order of the Minister for Investments and Development of the Republic of ... dated": words of an issuer that no pack knows.
void CitationReader::bridge_to_noun(Citation& out, std::uint32_t at, std::uint32_t from) const {
  for (int steps = 0; steps < kMostBridge && walk_.is_word(at) && at >= from; ++steps, at = walk_.before(at)) {
    if (ending("act_number_blockers", at) != nullptr) {
      out.is_blocked = true;
      return;
    }
    if (const PhraseMatch* issuer = out.issuer == nullptr ? ending("act_issuers", at) : nullptr) out.issuer = issuer;
    if (const PhraseMatch* noun = ending("act_nouns", at)) {
      if (out.date == nullptr && out.jurisdiction == nullptr && out.number->series == nullptr && out.number->kind.empty() && !names_issuer(*noun)) return;
      out.noun = noun;
      out.first = noun->first;
      if (const PhraseMatch* modifier = ending("act_modifiers", walk_.before(noun->first))) {
        out.modifier = modifier;
        out.first = modifier->first;
      }
      return;
    }
  }
}

// An issuer behind a number is joined by "of" or "by", or stands beside the number or the noun: "No. 5 of 2020 the President" is none.
bool CitationReader::is_joined(const Citation& out, std::uint32_t at) const {
  if (out.date == nullptr && walk_.at(out.last) == at) return true;
  std::uint32_t before = walk_.before(at);
  if (walk_.folded(before) == "the") before = walk_.before(before);
  return walk_.folded(before) == "of" || walk_.folded(before) == "by";
}

bool CitationReader::take_right(Citation& out, std::uint32_t& at, const std::vector<ActNumber>& anchors, bool after_comma) const {
  const Reading& reading = walk_.reading();
  if (const auto* date = out.date == nullptr ? dates_->starting(at) : nullptr) {
    if (after_comma && leads_to_anchor(walk_.at(date->last), anchors)) return false;
    if (leads_to_publication(walk_.at(date->last))) return false;
    out.date = date;
    at = date->last;
    return true;
  }
  if (const PhraseMatch* issuer = out.issuer == nullptr && is_joined(out, at) ? reading.match_at("act_issuers", at) : nullptr) {
    out.issuer = issuer;
    at = issuer->last;
    return true;
  }
  if (const PhraseMatch* noun = out.noun == nullptr && !after_comma ? reading.match_at("act_nouns", at) : nullptr) {
    if (leads_to_anchor(walk_.at(noun->last), anchors)) return false;
    out.noun = noun;
    at = noun->last;
    return true;
  }
  if (const PhraseMatch* name = out.jurisdiction == nullptr ? reading.match_at("jurisdiction_names", at) : nullptr) {
    out.jurisdiction = name;
    at = name->last;
    return true;
  }
  return false;
}

void CitationReader::extend_right(Citation& out, const std::vector<ActNumber>& anchors) const {
  std::uint32_t at = walk_.at(out.last);
  bool after_comma = false;
  for (int steps = 0; steps < kMostSteps && walk_.has(at); ++steps) {
    if (is_anchor(at, anchors)) return;
    std::uint32_t end = at;
    if (take_right(out, end, anchors, after_comma)) {
      out.last = end;
      at = walk_.at(end);
      after_comma = false;
      continue;
    }
    if (!is_connector(at)) return bridge_to_date(out, at, anchors);
    // A stop ends the citation unless it is that of "г." or "й."; "on" leads to a date or to a title.
    if (walk_.is_sign(at, U'.') && !is("year_words", walk_.before(at))) return;
    if (walk_.folded(at) == "on" && dates_->starting(walk_.next(at)) == nullptr) return;
    after_comma = after_comma || walk_.is_sign(at, U',');
    if (out.date != nullptr && out.last + 2 > at && is("year_words", at)) out.last = at + 1;
    at = walk_.next(at);
  }
}

// "Order No. 129 of the Minister for Investments and Development dated January 28, 2016": over the words of an issuer that no
// pack knows, to a date with "dated" or the like before it.
void CitationReader::bridge_to_date(Citation& out, std::uint32_t at, const std::vector<ActNumber>& anchors) const {
  const std::uint32_t opener = walk_.before(at), before = walk_.folded(opener) == "the" ? walk_.before(opener) : opener;
  if (out.noun == nullptr || out.date != nullptr || walk_.folded(before) != "of") return;
  for (int steps = 0; steps < kMostBridge && walk_.is_word(at); ++steps, at = walk_.next(at)) {
    if (is_anchor(at, anchors) || ending("act_number_blockers", at) != nullptr) return;
    if (const PhraseMatch* name = out.jurisdiction == nullptr ? walk_.reading().match_at("jurisdiction_names", at) : nullptr) out.jurisdiction = name;
    const auto* date = walk_.folded(at) == "dated" || walk_.folded(at) == "of" || walk_.folded(at) == "от" ? dates_->starting(walk_.next(at)) : nullptr;
    if (date == nullptr) continue;
    out.date = date;
    out.last = date->last;
    return;
  }
}

// "06.10.2020-y., 06/20/6079/1349-son": the date is that of publication.
bool CitationReader::leads_to_publication(std::uint32_t at) const {
  for (int steps = 0; steps < 5 && walk_.has(at); ++steps, at = walk_.next(at)) {
    if (is("publication_series", at) && walk_.is_sign(walk_.next(at), U'/')) return true;
    if (walk_.is_number(at)) return false;
  }
  return false;
}

Citation CitationReader::around(const ActNumber& number, const std::vector<ActNumber>& anchors, std::uint32_t from) const {
  Citation out;
  out.first = number.first;
  out.last = number.last;
  out.number = number;
  // A number run into the month before it shares that token with its date.
  if (number.span.start > walk_.token(number.first).span.start && !number.has_marker) out.date = dates_->ending(number.first + 1);
  if (out.date != nullptr) out.first = out.date->first;
  extend_left(out, from);
  extend_right(out, anchors);
  close_bracket(out);
  return out;
}

void CitationReader::close_bracket(Citation& out) const {
  int depth = 0;
  for (std::uint32_t i = out.first; i < out.last; ++i) depth += walk_.is_sign(i, U'(') ? 1 : walk_.is_sign(i, U')') ? -1 : 0;
  const std::uint32_t next = walk_.at(out.last);
  if (depth > 0 && walk_.is_sign(next, U')')) out.last = next + 1;
}

Citation CitationReader::around(const PhraseMatch& noun, std::uint32_t from) const {
  Citation out;
  out.first = noun.first;
  out.last = noun.last;
  out.noun = &noun;
  if (const PhraseMatch* modifier = ending("act_modifiers", walk_.before(noun.first))) {
    out.modifier = modifier;
    out.first = modifier->first;
  }
  std::uint32_t at = out.first;
  for (int pieces = 0; pieces < 3 && take_left(out, at, from); ++pieces) out.first = at;
  extend_right(out, {});
  return out;
}

// ---- titles

std::uint32_t CitationReader::closing_quote(std::uint32_t open) const {
  int depth = 0;
  const char32_t mark = walk_.sign(open);
  std::uint32_t at = open;
  for (int steps = 0; steps < kMostTitleTokens && walk_.has(at); ++steps, at = walk_.next(at)) {
    if (at != open && mark == U'"' && walk_.is_sign(at, U'"')) return at;
    if (mark == U'"') continue;
    if (walk_.is_sign(at, U'\u201C') && mark == U'\u201E') return at;
    if (walk_.is_open_quote(at)) ++depth;
    else if (walk_.is_close_quote(at) && --depth == 0) return at;
  }
  return kNone;
}

std::uint32_t CitationReader::opening_quote(std::uint32_t close) const {
  int depth = 0;
  std::uint32_t open = close;
  for (int steps = 0; steps < kMostTitleTokens && walk_.has(open); ++steps, open = walk_.before(open)) {
    if (walk_.is_close_quote(open) && walk_.sign(open) != U'\u201C' && (walk_.sign(open) != U'"' || open == close)) ++depth;
    else if (walk_.is_open_quote(open) && --depth == 0) return open;
  }
  return kNone;
}

Span CitationReader::quoted_after(std::uint32_t at) const {
  if (!walk_.is_open_quote(at)) return {};
  const std::uint32_t close = closing_quote(at), first = walk_.next(at);
  if (close == kNone || first == kNone || first >= close || is("act_quoted_words", walk_.next(close))) return {};  // “markaz” so‘zi
  return walk_.reading().span(first, close);
}

// «…тўғрисида»ги ПФ-6079-сон
Span CitationReader::quoted_before(std::uint32_t at, Citation& citation) const {
  const std::uint32_t ending_at = walk_.before(at), close = walk_.before(ending_at);
  if (!is("act_title_endings", ending_at) || !walk_.is_close_quote(close)) return {};
  const std::uint32_t open = opening_quote(close);
  if (open == kNone || walk_.next(open) >= close) return {};
  const Span title = walk_.reading().span(walk_.next(open), close);
  // What stands before the title still belongs to the act: its date, its issuer.
  citation.first = open;
  std::uint32_t left = open;
  for (int pieces = 0; pieces < 4 && take_left(citation, left, walk_.first()); ++pieces) citation.first = left;
  return title;
}

Span CitationReader::plain_title(std::uint32_t at) const {
  if (!is("act_title_openers", at)) return {};
  std::uint32_t last = at;
  std::uint32_t end = at;
  int steps = 0;
  for (; steps < kMostTitleTokens && walk_.has(end); ++steps, end = walk_.next(end)) {
    const char32_t mark = walk_.sign(end);
    if (mark == U';' || mark == U'[' || mark == U'.' || mark == U'(' || mark == U')' || mark == U':') break;
    if (end != at && is("act_title_stops", end)) break;
    if (mark == U',' && (is("act_title_stops", walk_.next(end)) || walk_.folded(walk_.next(end)).ends_with("ed"))) break;
    if (walk_.is_open_quote(end)) {
      const std::uint32_t close = closing_quote(end);
      if (close == kNone) break;
      end = close;
    }
    last = end + 1;
  }
  while (last > at + 1 && (walk_.is_sign(last - 1, U',') || walk_.token(last - 1).kind == TokenKind::line_break)) --last;
  return last >= at + 2 ? walk_.reading().span(at, last) : Span{};
}

// "No. PP-41 “On measures ...” dated 26 January 2024": the date behind the title, unless a number of its own follows it.
void CitationReader::take_date_behind(Citation& citation) const {
  if (citation.date != nullptr || !citation.number) return;
  std::uint32_t at = walk_.reading().view().token_at(citation.title.end);
  while (walk_.is_close_quote(at) || walk_.is_sign(at, U'"') || walk_.is_sign(at, U',') || walk_.is_sign(at, U'(')) at = walk_.next(at);
  if (walk_.is_word(at) && is_connector(at)) at = walk_.next(at);
  const auto* date = walk_.has(at) ? dates_->starting(at) : nullptr;
  const std::uint32_t behind = date == nullptr ? kNone : walk_.at(date->last);
  const bool is_of_next = walk_.is_number(behind) || walk_.is_sign(behind, U'\u2116') || walk_.folded(behind) == "no" || walk_.folded(behind) == "n";
  if (date != nullptr && !is_of_next) citation.date = date;
}

void CitationReader::find_title(Citation& citation) const {
  std::uint32_t at = walk_.at(citation.last);
  if (walk_.is_sign(at, U')')) at = walk_.next(at);
  if (walk_.is_sign(at, U',')) at = walk_.next(at);
  if (!citation.title.empty()) return;  // in front of the number
  citation.title = quoted_after(at);
  if (!citation.title.empty()) take_date_behind(citation);
  if (citation.title.empty()) citation.title = quoted_before(citation.first, citation);
  if (citation.title.empty()) citation.title = plain_title(at);
}

}  // namespace policygraph::inline v0::detail::extract
