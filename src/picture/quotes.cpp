#include "picture/quotes.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "picture/markup.hpp"

namespace policygraph::inline v0::detail::picture {
namespace {

constexpr std::size_t kAround = 90;      // bytes of the line shown on either side
constexpr std::size_t kMaxQuote = 1200;  // code points of the quote itself

bool is_inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// The line's text before the quote, from a blank on when it is cut.
std::string before(std::string_view text, std::size_t start) {
  auto from = start;
  while (from > 0 && text[from - 1] != '\n' && start - from < kAround) --from;
  if (from == 0 || text[from - 1] == '\n') return escaped(text.substr(from, start - from));
  while (from < start && (is_inside_character(text[from]) || text[from] != ' ')) ++from;
  return "…" + escaped(text.substr(from, start - from));
}

std::string after(std::string_view text, std::size_t end) {
  auto to = end;
  while (to < text.size() && text[to] != '\n' && to - end < kAround) ++to;
  if (to == text.size() || text[to] == '\n') return escaped(text.substr(end, to - end));
  while (to > end && (is_inside_character(text[to]) || text[to] != ' ')) --to;
  return escaped(text.substr(end, to - end)) + "…";
}

std::string in_context(const Snapshot& snapshot, const Citation& citation) {
  const auto marked = "<mark>" + escaped(shortened(citation.quote, kMaxQuote)) + "</mark>";
  const auto* document = snapshot.sources().find(citation.document);
  const auto text = document == nullptr || document->is_redacted ? nullptr : snapshot.sources().text(citation.document);
  if (text == nullptr || citation.span.end > text->size()) return marked;
  return before(*text, citation.span.start) + marked + after(*text, citation.span.end);
}

std::string place(const Citation& citation) {
  const auto title = escaped(citation.title.empty() ? citation.uri : citation.title);
  const auto address = link_address(citation.uri);
  auto out = "<a href=\"#d" + std::to_string(citation.document.value) + "\">" + title + "</a>";
  if (!citation.published.empty()) out += ", " + escaped(citation.published);
  if (const auto where = place_of(citation); !where.empty()) out += ", " + where;
  if (!address.empty()) out += " · <a href=\"" + address + "\" target=\"_blank\" rel=\"noreferrer noopener\">source</a>";
  return out + " · <span class=\"rule\">" + escaped(citation.extractor) + "</span>";
}

}  // namespace

std::string quote_list(const Snapshot& snapshot, std::span<const EvidenceId> evidence) {
  std::set<std::tuple<DocumentId, Span>> shown;
  std::size_t left_out = 0;
  std::string out = "<ul class=\"quotes\">";
  for (const auto id : evidence) {
    const auto& piece = snapshot.evidence(id);
    if (!shown.emplace(piece.document, piece.span).second) continue;
    if (shown.size() > kMaxQuotes) {
      ++left_out;
      continue;
    }
    const auto citation = snapshot.cite(id);
    out += "<li><q>" + in_context(snapshot, citation) + "</q><br><cite>" + place(citation) + "</cite></li>";
  }
  if (left_out > 0) out += "<li>and " + std::to_string(left_out) + " more</li>";
  return out + "</ul>";
}

}  // namespace policygraph::inline v0::detail::picture
