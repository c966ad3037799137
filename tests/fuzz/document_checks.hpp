#pragma once

#include <cstdlib>
#include <string>
#include <string_view>

#include "policygraph/base/sha256.hpp"
#include "policygraph/document/document.hpp"
#include "policygraph/text/utf8.hpp"

namespace policygraph::testing {

inline void require(bool holds) {
  if (!holds) std::abort();
}

// What holds of every document: blocks in order, not empty, on code points; spans that map into the source and, read
// again, the same document.
inline void check_document(const Document& document, std::string_view bytes, std::string_view name) {
  const auto text = document.text();
  require(is_valid_utf8(text));
  require(document.source().sha256 == sha256_hex(text));
  std::uint32_t last = 0;
  std::uint32_t last_source = 0;
  for (const auto& block : document.blocks()) {
    require(block.span.start >= last && block.span.start < block.span.end && block.span.end <= text.size());
    require(is_valid_utf8(document.cut(block.span)));
    require(document.block_at(block.span.start) == &block && document.block_at(block.span.end - 1) == &block);
    require((block.zone == Zone::heading) == (block.level >= 1 && block.level <= 6) || block.zone == Zone::list_item);
    const Span source = document.source_span(block.span);
    require(source.start <= source.end && source.end <= bytes.size() && source.start >= last_source);
    last = block.span.end;
    last_source = source.start;
  }
  for (const auto span : {document.title_span(), document.date_span()}) {
    if (span) require(!document.cut(*span).empty());
  }
  const auto again = read_document_bytes(bytes, name);
  require(again.text() == text && again.source() == document.source() &&
          again.blocks().size() == document.blocks().size());
}

// What begins as a PDF file is one whatever its name: pdftotext reads it, a program of its own for each run.
inline int read_and_check(std::string_view bytes, std::string_view name) {
  if (bytes.starts_with("%PDF-")) return 0;
  try {
    check_document(read_document_bytes(bytes, name), bytes, name);
  } catch (const Error& error) {
    require(error.code() == ErrorCode::encoding);  // what is known not to be text
  }
  return 0;
}

// The same of what is packed: its trouble may be its format, or that it unfolds to too much.
inline int unpack_and_check(std::string_view bytes, std::string_view name) {
  try {
    check_document(read_document_bytes(bytes, name), bytes, name);
  } catch (const Error& error) {
    require(error.code() == ErrorCode::encoding || error.code() == ErrorCode::format || error.code() == ErrorCode::limit);
  }
  return 0;
}

}  // namespace policygraph::testing
