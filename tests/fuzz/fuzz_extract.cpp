// Any bytes as a plain text document, read for facts: spans are valid, chains end, the second reading is the first.

#include <cstdint>

#include "fuzz/document_checks.hpp"
#include "policygraph/extract/extractor.hpp"

namespace policygraph::testing {
namespace {

void check_extraction(const Extraction& found, std::string_view text) {
  Span last;
  for (const ExtractedMention& mention : found.mentions) {
    require(mention.span.start < mention.span.end && mention.span.end <= text.size() && mention.span.start >= last.start);
    require(is_valid_utf8(text.substr(mention.span.start, mention.span.size())));
    require(mention.same_as == kNoMention || (mention.same_as < found.mentions.size() && found.mentions[mention.same_as].same_as == kNoMention));
    last = mention.span;
  }
  for (const ExtractedRelation& relation : found.relations) {
    require(relation.from < found.mentions.size() && relation.to < found.mentions.size() && relation.span.end <= text.size());
  }
}

}  // namespace
}  // namespace policygraph::testing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace policygraph;
  static const Extractor extractor;
  try {
    const Document document = read_document_bytes({reinterpret_cast<const char*>(data), size}, "a.txt");
    const Extraction found = extractor.extract(document);
    testing::check_extraction(found, document.text());
    testing::require(to_text(found, document.text()) == to_text(extractor.extract(document), document.text()));
  } catch (const Error& error) {
    testing::require(error.code() == ErrorCode::encoding);
  }
  return 0;
}
