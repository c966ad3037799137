#include <algorithm>
#include <optional>

#include "document/mime.hpp"
#include "document/readers.hpp"
#include "policygraph/text/encoding.hpp"

// MHTML (RFC 2557): a page and what it shows, as the parts of a mail. The page is read, the rest is left.
namespace policygraph::inline v0::detail::document {
namespace {

constexpr int kDeepestPart = 8;
constexpr std::size_t kHead = std::size_t{8} << 10;

struct Part {
  MimeHeaders headers;
  std::size_t start = 0;  // of its content, in the file
  std::size_t end = 0;
};

Part part_at(std::string_view bytes, std::size_t start, std::size_t end) {
  Part part{MimeHeaders::read(bytes.substr(start, end - start)), start, end};
  part.start += part.headers.size();
  return part;
}

bool is_page(const Part& part) {
  const auto kind = part.headers.kind("content-type");
  return kind == "text/html" || kind == "application/xhtml+xml";
}

bool is_group(const Part& part) { return part.headers.kind("content-type").starts_with("multipart/"); }

// The part that the others belong to: the one named as the start, else the first page, else the first text.
std::optional<Part> chosen(std::string_view bytes, const Part& group) {
  const auto first = group.headers.parameter("content-type", "start");
  std::optional<Part> page, text, inner;
  for (const auto& [start, end] : split_parts(bytes.substr(group.start, group.end - group.start), group.headers.parameter("content-type", "boundary"))) {
    auto part = part_at(bytes, group.start + start, group.start + end);
    if (is_page(part) && !first.empty() && part.headers.value("content-id") == first) return part;
    if (is_page(part) && !page) page = std::move(part);
    else if (is_group(part) && !inner) inner = std::move(part);
    else if (part.headers.kind("content-type") == "text/plain" && !text) text = std::move(part);
  }
  return page ? page : inner ? inner : text;
}

Part page_of(const ReadRequest& request) {
  auto part = part_at(request.bytes, 0, request.bytes.size());
  for (int depth = 0; is_group(part) && depth < kDeepestPart; ++depth) {
    auto next = chosen(request.bytes, part);
    if (!next) break;
    part = std::move(*next);
  }
  if (is_group(part) || part.headers.value("content-type").empty())
    throw Error(ErrorCode::format, "'" + std::string(request.name) + "' is a saved page (MHTML) without a part that is HTML or text");
  return part;
}

void take_address(Reading& reading, std::string_view address) {
  if (reading.declared.uri.empty() && (address.starts_with("http://") || address.starts_with("https://"))) reading.declared.uri = address;
}

}  // namespace

// "From: <Saved by Blink>": a page or a letter that speaks of such fields begins otherwise.
bool recognises_mhtml(std::string_view bytes) {
  const auto head = bytes.substr(0, kHead);
  const auto name = head.substr(0, head.find(':'));
  const auto is_of_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
  if (name.empty() || name.size() == head.size() || !std::ranges::all_of(name, is_of_name)) return false;
  const auto headers = MimeHeaders::read(head);
  return !headers.value("mime-version").empty() && headers.kind("content-type") == "multipart/related";
}

Reading read_mhtml(const ReadRequest& request) {
  const Part part = page_of(request);
  MimeBody body = decode_transfer(request.bytes.substr(part.start, part.end - part.start), part.headers.kind("content-transfer-encoding"));
  std::string label(request.encoding);
  if (label.empty()) label = part.headers.parameter("content-type", "charset");
  if (request.encoding.empty() && !encoding_by_label(label)) label.clear();
  const ReadRequest page{body.bytes, request.name, label, request.max_bytes};
  Reading reading = is_page(part) ? read_html(page) : read_text(page);
  OffsetMap place;
  if (part.end > part.start) place.copy(part.start, part.end - part.start);
  reading.map = OffsetMap::compose(OffsetMap::compose(std::move(place), std::move(body.map)), std::move(reading.map));
  take_address(reading, part.headers.value("content-location"));
  take_address(reading, MimeHeaders::read(request.bytes).value("snapshot-content-location"));
  return reading;
}

}  // namespace policygraph::inline v0::detail::document
