// Passages as W3C Web Annotations (https://www.w3.org/TR/annotation-model/).
#include <sstream>

#include "exchange/json_out.hpp"
#include "exchange/passages.hpp"
#include "policygraph/base/sha256.hpp"

namespace policygraph::inline v0::detail::exchange {
namespace {

constexpr std::size_t kContext = 32;  // code points, as Hypothesis takes them

/// RFC 4648, section 5, of hexadecimal digits; without padding.
std::string base64url(std::string_view hex) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  unsigned bits = 0, held = 0;
  for (const char c : hex) {
    bits = (bits << 4U) | static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
    for (held += 4; held >= 6; held -= 6) out += kAlphabet[(bits >> (held - 6)) & 63U];
  }
  if (held > 0) out += kAlphabet[(bits << (6 - held)) & 63U];
  return out;
}

/// The same passage has the same name everywhere: a UUID of version 8 (RFC 9562) from the document's digest and the place.
std::string name_of(const SourceDocument& source, const Citation& citation) {
  auto hex = sha256_hex(source.sha256 + " " + std::to_string(citation.start) + " " + std::to_string(citation.end) + " " + citation.extractor).substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[static_cast<unsigned>(hex[16]) % 4];
  for (const std::size_t at : {20U, 16U, 12U, 8U}) hex.insert(at, 1, '-');
  return "urn:uuid:" + hex;
}

std::string address_of(const SourceDocument& source) {
  return source.uri.empty() ? "ni:///sha-256;" + base64url(source.sha256) : encoded_uri(source.uri);
}

void write_text(JsonOut& json, const char* key, std::string_view text) {
  json.key(key);
  json.text(text);
}

void write_selectors(JsonOut& json, const Snapshot& snapshot, const Citation& citation) {
  json.begin_list();
  const auto text = snapshot.sources().text(citation.document);
  json.begin_object();
  write_text(json, "exact", citation.quote);
  if (text != nullptr && citation.span.end <= text->size()) {
    const auto [before, after] = around(*text, citation.span, kContext);
    write_text(json, "prefix", before);
    write_text(json, "suffix", after);
  }
  write_text(json, "type", "TextQuoteSelector");
  json.end_object();
  json.begin_object();
  json.key("end");
  json.number(citation.end);
  json.key("start");
  json.number(citation.start);
  write_text(json, "type", "TextPositionSelector");
  json.end_object();
  json.end_list();
}

void write_annotation(JsonOut& json, const Snapshot& snapshot, const SourceDocument& source, const Citation& citation) {
  json.begin_object();
  write_text(json, "@context", "http://www.w3.org/ns/anno.jsonld");
  json.key("creator");
  json.begin_object();
  write_text(json, "name", citation.extractor);
  write_text(json, "type", citation.extractor.find('/') == std::string::npos ? "Person" : "Software");  // programs say their version
  json.end_object();
  write_text(json, "id", name_of(source, citation));
  write_text(json, "motivation", "highlighting");
  json.key("target");
  json.begin_object();
  json.key("selector");
  write_selectors(json, snapshot, citation);
  write_text(json, "source", address_of(source));
  json.end_object();
  write_text(json, "type", "Annotation");
  json.end_object();
}

}  // namespace

std::string to_web_annotations(const Snapshot& snapshot, const std::vector<Citation>& passages) {
  std::ostringstream out;
  JsonOut json(out);
  json.list([&] {
    for (const auto& citation : passages) {
      const auto* source = snapshot.sources().find(citation.document);
      if (source == nullptr) continue;
      json.new_line();
      write_annotation(json, snapshot, *source, citation);
    }
  });
  json.flush();
  return std::move(out).str() + "\n";
}

}  // namespace policygraph::inline v0::detail::exchange
