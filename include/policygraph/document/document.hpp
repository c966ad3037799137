#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/base/diagnostic.hpp"
#include "policygraph/base/partial_date.hpp"
#include "policygraph/base/span.hpp"
#include "policygraph/export.hpp"
#include "policygraph/model/sources.hpp"
#include "policygraph/text/offset_map.hpp"

namespace policygraph::inline v0 {

/// What a stretch of a document is. Extraction reads `body`, `heading`, `list_item`, `table_cell` and `caption`; the
/// rest is kept in the text (so that nothing is lost) but not read for facts.
enum class Zone : std::uint8_t {
  body,  ///< running text; a block is a paragraph
  heading,
  list_item,
  table_cell,
  caption,
  quote,      ///< block quotation
  reference,  ///< an entry of a bibliography; read for acts only
  keywords,   ///< keyword and abstract blocks in front of an article; not read for relations
  furniture,  ///< navigation, advertising, address lines, notices of copyright
};
POLICYGRAPH_EXPORT std::string_view zone_name(Zone zone) noexcept;

/// A paragraph, heading, item or cell: the unit that sentences do not cross. Blocks are in order and do not overlap.
struct Block {
  Span span;
  Zone zone = Zone::body;
  std::uint8_t level = 0;   ///< of a heading 1..6; of a list item its depth; else 0
  std::uint32_t table = 0;  ///< of a cell: number of the table from 1
  std::uint32_t row = 0;    ///< of a cell, from 0
  std::uint32_t column = 0;
  std::string marker;  ///< of a list item or a reference: "1", "a", "-", "[7]"
};

/// One document as the library keeps it: normalised text (NFC, LF), what its parts are, and what is known about it.
/// Immutable once read; copies share the text. Spans everywhere are bytes of `text()`.
///
///     auto document = policygraph::read_document("decree.html");
///     for (const auto& block : document.blocks()) ...
class POLICYGRAPH_EXPORT Document {
 public:
  struct Parts {
    std::string text;      ///< normalised
    OffsetMap source_map;  ///< source: bytes of the file; target: text
    std::vector<Block> blocks;
    SourceDocument source;  ///< title, uri, publisher, published, language, tier, sha256; id unset
    std::string file_type;  ///< "text", "html", "pdf", "docx", "mhtml"
    std::vector<Diagnostic> diagnostics;
    std::optional<Span> title_span;  ///< where the title stands in the text, if it does
    std::optional<Span> date_span;   ///< where the document's own date stands
  };
  explicit Document(Parts parts);

  std::string_view text() const noexcept;
  const std::vector<Block>& blocks() const noexcept;
  const SourceDocument& source() const noexcept;
  const std::string& file_type() const noexcept;
  const std::vector<Diagnostic>& diagnostics() const noexcept;
  std::optional<Span> title_span() const noexcept;
  std::optional<Span> date_span() const noexcept;

  /// The block that holds a byte, else null. O(log blocks).
  const Block* block_at(std::uint32_t offset) const noexcept;
  /// Headings above a byte, outermost first.
  std::vector<const Block*> outline_at(std::uint32_t offset) const;
  std::string_view cut(Span span) const;  ///< throws Error(invalid_argument) past the end
  /// The bytes of the source file that a span rests on.
  Span source_span(Span span) const noexcept;

 private:
  std::shared_ptr<const Parts> parts_;
};

/// What the caller knows about a document; wins over what the document says of itself, except where empty. With
/// `yields_to_document` the uri, publisher, date and tier that an HTML page declares in its meta elements win over
/// these, which still win over what is read from the text (a dateline, the language of the words).
struct DocumentOptions {
  std::string uri, title, publisher, language;
  std::optional<PartialDate> published;
  SourceTier tier = SourceTier::unknown;
  bool yields_to_document = false;
  std::string encoding;                            ///< a label; empty: guess
  std::size_t max_bytes = std::size_t{256} << 20;  ///< a larger document is refused with Error(limit)
};

/// Reads a file by its type (name, then content). Throws Error(io), Error(limit) or Error(encoding) when there is no
/// text to be had; anything less is in `diagnostics()`. An empty file gives an empty document with a diagnostic.
POLICYGRAPH_EXPORT Document read_document(const std::string& path, const DocumentOptions& options = {});
/// From bytes; `name` (a path or uri) tells the type and stands in diagnostics.
POLICYGRAPH_EXPORT Document read_document_bytes(std::string_view bytes, std::string_view name, const DocumentOptions& options = {});

}  // namespace policygraph::inline v0
