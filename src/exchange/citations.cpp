#include "policygraph/exchange/citations.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "exchange/passages.hpp"
#include "exchange/table.hpp"
#include "policygraph/base/error.hpp"
#include "policygraph/text/language.hpp"
#include "policygraph/text/tokens.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::inline v0 {
namespace {

using detail::exchange::Passages;

constexpr std::array<std::string_view, 5> kStyles{"plain", "markdown", "bibtex", "csl-json", "web-annotation"};
constexpr std::size_t kSentenceBytes = 2'000;

bool is_inner(std::string_view text, std::size_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; }

/// What sentences about the span can reach: to the next empty lines, and not far.
Span window(std::string_view text, Span span) {
  auto start = span.start > kSentenceBytes ? span.start - kSentenceBytes : std::size_t{0};
  while (start < span.start && is_inner(text, start)) ++start;
  const auto gap = text.substr(start, span.start - start).rfind("\n\n");
  if (gap != std::string_view::npos) start += gap + 2;
  auto end = std::min(text.size(), span.end + kSentenceBytes);
  while (end > span.end && is_inner(text, end)) --end;
  const auto next = text.substr(span.end, end - span.end).find("\n\n");
  if (next != std::string_view::npos) end = span.end + next;
  return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(end)};
}

/// The span grown to whole sentences.
Span sentences_about(std::string_view text, Span span, std::string_view language) {
  const auto reach = window(text, span);
  const auto part = text.substr(reach.start, reach.size());
  const auto& languages = Languages::built_in();
  const auto* known = languages.find(language);
  const auto tokens = tokenize(part);
  auto grown = span;
  for (const auto& sentence : split_sentences(part, tokens, known != nullptr ? *known : languages.get("en"))) {
    const Span whole{sentence.span.start + reach.start, sentence.span.end + reach.start};
    if (!whole.overlaps(span)) continue;
    grown = {std::min(grown.start, whole.start), std::max(grown.end, whole.end)};
  }
  return grown;
}

Quotation quotation(const Snapshot& snapshot, Citation citation) {
  Quotation out{std::move(citation), {}, {}};
  const auto span = out.citation.span;
  const auto text = snapshot.sources().text(out.citation.document);
  const auto* source = snapshot.sources().find(out.citation.document);
  if (text == nullptr || source == nullptr || span.end > text->size()) return out;
  const auto whole = sentences_about(*text, span, source->language);
  out.before = text->substr(whole.start, span.start - whole.start);
  out.after = text->substr(span.end, whole.end - span.end);
  return out;
}

std::vector<std::size_t> chosen_rows(const Rows& rows, const CitationOptions& options) {
  if (options.rows) return *options.rows;
  std::vector<std::size_t> all(rows.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

}  // namespace

std::string_view style_name(CitationStyle style) noexcept { return kStyles[static_cast<std::size_t>(style)]; }

std::optional<CitationStyle> style_by_name(std::string_view name) noexcept {
  const auto found = std::ranges::find(kStyles, name);
  if (found == kStyles.end()) return std::nullopt;
  return static_cast<CitationStyle>(found - kStyles.begin());
}

std::string to_citations(const Rows& rows, CitationStyle style, const CitationOptions& options) {
  const auto chosen = chosen_rows(rows, options);
  if (style == CitationStyle::plain) return detail::exchange::table_of(rows, chosen, options.width, true);
  if (style == CitationStyle::markdown) return detail::exchange::to_markdown(rows, chosen);
  Passages passages;
  for (const auto row : chosen) passages.numbers(rows[row]);
  if (style == CitationStyle::bibtex) return detail::exchange::to_bibtex(rows.snapshot(), passages.all());
  if (style == CitationStyle::csl_json) return detail::exchange::to_csl_json(rows.snapshot(), passages.all());
  return detail::exchange::to_web_annotations(rows.snapshot(), passages.all());
}

std::vector<Quotation> quotations(const Rows& rows, std::size_t row) {
  std::vector<Quotation> out;
  for (auto& citation : detail::exchange::uncovered(rows[row].evidence())) out.push_back(quotation(rows.snapshot(), std::move(citation)));
  return out;
}

namespace detail::exchange {

std::vector<Citation> uncovered(const std::vector<Citation>& citations) {
  std::vector<Citation> out;  // longest first: what holds a passage comes before it
  for (const auto& one : citations) {
    const bool is_held = std::ranges::any_of(out, [&](const Citation& other) { return other.document == one.document && other.span.contains(one.span); });
    if (!is_held) out.push_back(one);
  }
  return out;
}

std::vector<std::size_t> Passages::numbers(const Row& row) {
  std::vector<std::size_t> out;
  for (auto& citation : uncovered(row.evidence())) {
    const auto [at, is_new] = numbers_.try_emplace({citation.document, citation.span}, all_.size() + 1);
    if (is_new) all_.push_back(std::move(citation));
    out.push_back(at->second);
  }
  return out;
}

std::pair<std::string_view, std::string_view> around(std::string_view text, Span span, std::size_t code_points) {
  std::size_t start = span.start, end = span.end;
  for (std::size_t i = 0; i < code_points && start > 0; ++i) start -= code_point_before(text, start).size;
  for (std::size_t i = 0; i < code_points && end < text.size(); ++i) end += code_point_at(text, end).size;
  return {text.substr(start, span.start - start), text.substr(span.end, end - span.end)};
}

bool is_web_address(std::string_view uri) { return uri.starts_with("http://") || uri.starts_with("https://"); }

std::string encoded_uri(std::string_view uri) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : uri) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = byte > 0x20 && byte != 0x7F && std::string_view("\"<>\\^`{|}").find(c) == std::string_view::npos;
    if (is_plain) out += c;
    else (out += '%') += {kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return out;
}

}  // namespace detail::exchange
}  // namespace policygraph::inline v0
