// Any bytes as a page: its tokens lie in order and leave nothing out but what ends within a tag, and the document holds
// together.

#include <cstdint>

#include "document/html_tokenizer.hpp"
#include "fuzz/document_checks.hpp"

namespace {

using policygraph::detail::document::HtmlToken;
using policygraph::detail::document::HtmlTokenizer;
using policygraph::testing::require;

void check_tokens(std::string_view html, bool is_foreign) {
  HtmlTokenizer tokenizer(html);
  tokenizer.set_foreign(is_foreign);
  HtmlToken token;
  std::size_t last = 0;
  for (tokenizer.next(token); token.kind != HtmlToken::Kind::end_of_file; tokenizer.next(token)) {
    require(token.start >= last && token.start < token.end && token.end <= html.size());
    last = token.end;
  }
  require(token.start == html.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_tokens(bytes, false);
  check_tokens(bytes, true);
  return policygraph::testing::read_and_check(bytes, size % 2 == 0 ? "a.html" : "a.xhtml");
}
