#include "extract/recognizers/act_heading.hpp"

#include <algorithm>

namespace policygraph::inline v0::detail::extract {
namespace {

constexpr std::ptrdiff_t kHeadLines = 8;
constexpr std::uint32_t kLongLine = 16;  // tokens of a heading
constexpr std::uint32_t kMargin = 3;     // tokens of the number's line that are not its own

}  // namespace

void take_from_headings(const Reading& reading, const Sentence& line, Citation& citation) {
  const auto sentences = reading.view().sentences();
  const Sentence* own = reading.view().sentence_at(line.span.start);
  if (own == nullptr || own - sentences.data() >= kHeadLines) return;
  if (citation.first > line.first + kMargin || citation.last + kMargin < line.last) return;
  bool is_told = citation.noun != nullptr;
  for (const Sentence* near = own; near != sentences.data() && (citation.noun == nullptr || citation.issuer == nullptr);) {
    --near;
    if (near->last - near->first > kLongLine) continue;
    const auto nouns = reading.matches_in("act_nouns", near->first, near->last);
    const auto issuers = reading.matches_in("act_issuers", near->first, near->last);
    const bool is_heading = !nouns.empty() && reading.token(nouns.front().first).is_capitalised;
    if (citation.noun == nullptr && is_heading) citation.noun = &nouns.front();
    is_told = is_told || is_heading;
    if (citation.issuer == nullptr && is_told && !issuers.empty() && issuers.front().first <= near->first + 1) citation.issuer = &issuers.front();
    if (citation.issuer == nullptr && is_heading && !issuers.empty()) citation.issuer = &issuers.front();
  }
}

}  // namespace policygraph::inline v0::detail::extract
