#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policygraph/document/document.hpp"

namespace policygraph::inline v0::detail::document {

// What is known of a document from within; empty where nothing is.
struct Claims {
  std::string title, uri, publisher, language;
  std::optional<PartialDate> published;
  SourceTier tier = SourceTier::unknown;
};

// What a reader makes of a file: normalised text, its map back to the bytes, and blocks in order.
struct Reading {
  std::string text;
  OffsetMap map;
  std::vector<Block> blocks;
  Claims declared;  // in so many words: meta elements
  Claims inferred;  // by the look of it: the first heading, a line with a date
  std::optional<Span> title_span, date_span;
  std::vector<Diagnostic> diagnostics;
};

struct ReadRequest {
  std::string_view bytes;
  std::string_view name;      // a path or uri, for diagnostics
  std::string_view encoding;  // a label, or empty
  std::size_t max_bytes = std::size_t{256} << 20;  // of text that packed bytes may unfold to
};

// A file type. To add one: write its `read`, and list it in readers.cpp.
struct Reader {
  std::string_view file_type;
  std::span<const std::string_view> endings;   // in lower case, with the dot
  bool (*recognises)(std::string_view bytes);  // by content, where the name says nothing
  bool has_signature;                          // its content says what it is, whatever the name is
  Reading (*read)(const ReadRequest& request);
};

std::span<const Reader> readers();
const Reader* reader_for_name(std::string_view name) noexcept;
// By a signature, by name, then by content, then plain text. Throws Error(encoding) for what is known not to be text.
const Reader& reader_for(std::string_view name, std::string_view bytes);

Reading read_text(const ReadRequest& request);
Reading read_html(const ReadRequest& request);
Reading read_pdf(const ReadRequest& request);
Reading read_docx(const ReadRequest& request);
bool recognises_docx(std::string_view bytes);
Reading read_mhtml(const ReadRequest& request);
bool recognises_mhtml(std::string_view bytes);
// Text in UTF-8 that a reader has made of a file.
Reading read_plain(std::string_view text, std::string_view name);

// More blocks than this are not kept apart: what follows is one.
inline constexpr std::size_t kMaxBlocks = std::size_t{1} << 22;

}  // namespace policygraph::inline v0::detail::document
