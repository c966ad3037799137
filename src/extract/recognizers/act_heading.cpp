#include "extract/recognizers/act_heading.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::ptrdiff_t kHeadLines = 8;
constexpr std::uint32_t kLongLine = 16;  // tokens of a heading
constexpr std::uint32_t kMargin = 3;     // tokens of the number's line that are not its own

constexpr std::uint32_t kPlaceAndDate = 10;  // tokens of "Tashkent, 14 August 2024"
constexpr std::ptrdiff_t kDateLines = 3;

// "OF THE CABINET OF MINISTERS": the issuer opens the line.
const PhraseMatch* issuer_opening(const Reading& reading, const Sentence& line) {
  const auto issuers = reading.matches_in("act_issuers", line.first, line.last);
  if (issuers.empty()) return nullptr;
  std::uint32_t first = line.first;
  while (first < issuers.front().first && (reading.folded(first) == "of" || reading.folded(first) == "the")) ++first;
  return issuers.front().first <= std::max(first, line.first + 1) ? &issuers.front() : nullptr;
}

// The date of a line that says no more than where and when; it ends there but for "года".
const DateIndex::Entry* date_of_line(const Reading& reading, const DateIndex& dates, const Sentence& line) {
  const auto* date = line.last - line.first <= kPlaceAndDate ? dates.within(line.first, line.last) : nullptr;
  if (date == nullptr || date->last + 1 < line.last || date->value.from().precision != PartialDate::Precision::day) return nullptr;
  for (std::uint32_t i = line.first; i < date->first; ++i) {
    if (reading.token(i).kind == TokenKind::number) return nullptr;
  }
  return date;
}

const DateIndex::Entry* date_beside(const Reading& reading, const DateIndex& dates, const Sentence& own) {
  const auto sentences = reading.view().sentences();
  const std::ptrdiff_t at = &own - sentences.data(), count = std::ssize(sentences);
  for (std::ptrdiff_t away = 1; away <= kDateLines; ++away) {
    for (const std::ptrdiff_t near : {at + away, at - away}) {
      if (near < 0 || near >= count) continue;
      if (const auto* date = date_of_line(reading, dates, sentences[static_cast<std::size_t>(near)])) return date;
    }
  }
  return nullptr;
}

}  // namespace

void take_from_headings(const Reading& reading, const DateIndex& dates, const Sentence& line, Citation& citation) {
  const auto sentences = reading.view().sentences();
  const Sentence* own = reading.view().sentence_at(line.span.start);
  if (own == nullptr || own - sentences.data() >= kHeadLines) return;
  if (citation.first > line.first + kMargin || citation.last + kMargin < line.last) return;
  bool is_told = citation.noun != nullptr;
  const PhraseMatch* opener = nullptr;  // of a line between that of the noun and this
  for (const Sentence* near = own; near != sentences.data() && (citation.noun == nullptr || citation.issuer == nullptr);) {
    --near;
    if (near->last - near->first > kLongLine) continue;
    const auto nouns = reading.matches_in("act_nouns", near->first, near->last);
    const auto issuers = reading.matches_in("act_issuers", near->first, near->last);
    const bool is_heading = !nouns.empty() && reading.token(nouns.front().first).is_capitalised;
    if (citation.noun == nullptr && is_heading) citation.noun = &nouns.front();
    is_told = is_told || is_heading;
    if (citation.issuer == nullptr && is_told) citation.issuer = issuer_opening(reading, *near);
    if (citation.issuer == nullptr && is_heading && !issuers.empty()) citation.issuer = &issuers.front();
    if (citation.issuer == nullptr && is_heading) citation.issuer = opener;
    if (opener == nullptr) opener = issuer_opening(reading, *near);
  }
  if (citation.date == nullptr && is_told) citation.date = date_beside(reading, dates, *own);
}

}  // namespace policygraph::inline v0::detail::extract
