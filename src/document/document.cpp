#include "policygraph/document/document.hpp"

#include <algorithm>
#include <array>

namespace policygraph::inline v0 {
namespace {

constexpr std::array<std::string_view, 9> kZoneNames = {"body",  "heading",   "list_item", "table_cell", "caption",
                                                        "quote", "reference", "keywords",  "furniture"};

// The first block that ends past the byte.
std::vector<Block>::const_iterator first_after(const std::vector<Block>& blocks, std::uint32_t offset) noexcept {
  return std::partition_point(blocks.begin(), blocks.end(),
                              [&](const Block& block) { return block.span.end <= offset; });
}

}  // namespace

std::string_view zone_name(Zone zone) noexcept { return kZoneNames[static_cast<std::size_t>(zone)]; }

Document::Document(Parts parts) : parts_(std::make_shared<const Parts>(std::move(parts))) {}

std::string_view Document::text() const noexcept { return parts_->text; }
const std::vector<Block>& Document::blocks() const noexcept { return parts_->blocks; }
const SourceDocument& Document::source() const noexcept { return parts_->source; }
const std::string& Document::file_type() const noexcept { return parts_->file_type; }
const std::vector<Diagnostic>& Document::diagnostics() const noexcept { return parts_->diagnostics; }
std::optional<Span> Document::title_span() const noexcept { return parts_->title_span; }
std::optional<Span> Document::date_span() const noexcept { return parts_->date_span; }

const Block* Document::block_at(std::uint32_t offset) const noexcept {
  const auto found = first_after(parts_->blocks, offset);
  return found != parts_->blocks.end() && found->span.contains(offset) ? &*found : nullptr;
}

std::vector<const Block*> Document::outline_at(std::uint32_t offset) const {
  std::vector<const Block*> headings;
  int below = 7;
  for (auto at = first_after(parts_->blocks, offset); at != parts_->blocks.begin() && below > 1;) {
    --at;
    if (at->zone != Zone::heading || at->level >= below) continue;
    headings.push_back(&*at);
    below = at->level;
  }
  std::reverse(headings.begin(), headings.end());
  return headings;
}

std::string_view Document::cut(Span span) const {
  if (span.start > span.end || span.end > parts_->text.size()) {
    throw Error(ErrorCode::invalid_argument, "span " + std::to_string(span.start) + ".." + std::to_string(span.end) +
                                                 " is not within a text of " + std::to_string(parts_->text.size()) +
                                                 " bytes");
  }
  return std::string_view(parts_->text).substr(span.start, span.size());
}

Span Document::source_span(Span span) const noexcept { return parts_->source_map.to_source(span); }

}  // namespace policygraph::inline v0
