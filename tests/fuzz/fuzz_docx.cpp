// Any bytes as a DOCX file, and as the part of one that holds the text.

#include <cstdint>

#include "document/docx_html.hpp"
#include "fuzz/document_checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policygraph::detail::document;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto styles = read_docx_styles(bytes);
  DocxLists lists(bytes);
  DocxHtml html(styles, lists, std::size_t{16} << 20);
  html.add(bytes);
  const auto page = html.take();
  policygraph::testing::read_and_check(page, "a.html");
  return policygraph::testing::unpack_and_check(bytes, "a.docx");
}
