#include "document/warc.hpp"

#include <algorithm>
#include <charconv>

#include "document/inflate.hpp"
#include "document/mime.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::string_view kVersion = "WARC/";
constexpr std::string_view kHttp = "HTTP/";

bool is_read(std::string_view kind) noexcept {
  return kind == "text/html" || kind == "application/xhtml+xml" || kind == "text/plain" || kind == "application/pdf" ||
         kind == "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
}

std::string_view after_first_line(std::string_view text) noexcept {
  const auto end = text.find('\n');
  return end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
}

// Of "HTTP/1.1 200 OK".
std::string_view status_of(std::string_view answer) noexcept {
  const auto blank = answer.substr(0, answer.find('\n')).find(' ');
  return blank == std::string_view::npos ? std::string_view() : answer.substr(blank + 1, 3);
}

std::string without_chunks(std::string_view body) {
  std::string out;
  while (!body.empty()) {
    std::size_t size = 0;
    const auto line = body.substr(0, body.find('\n'));
    const auto [end, trouble] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    if (trouble != std::errc() || size == 0) break;
    body = after_first_line(body);
    out.append(body.substr(0, size));
    body.remove_prefix(std::min(size, body.size()));
    body = after_first_line(body);
  }
  return out;
}

std::string unpacked(std::string bytes, std::string_view encoding, std::size_t most, const std::string& uri) {
  if (encoding.empty() || encoding == "identity") return bytes;
  if (encoding != "gzip" && encoding != "x-gzip")
    throw Error(ErrorCode::format, "the page '" + uri + "' is packed as '" + std::string(encoding.substr(0, 20)) + "', which is not read");
  auto out = unpack(bytes, Packing::gzip, most);
  if (!out.is_whole && !out.is_broken) throw Error(ErrorCode::limit, "the page '" + uri + "' unfolds to more than " + std::to_string(most) + " bytes");
  return std::move(out.bytes);
}

void take_answer(WarcPage& page, std::string_view answer, std::size_t most) {
  const auto rest = after_first_line(answer);
  const auto headers = MimeHeaders::read(rest);
  page.kind = headers.kind("content-type");
  page.charset = headers.parameter("content-type", "charset");
  if (status_of(answer) != "200" || !is_read(page.kind)) return page.kind.clear();
  const auto body = rest.substr(headers.size());
  page.bytes = headers.kind("transfer-encoding") == "chunked" ? without_chunks(body) : std::string(body);
  page.bytes = unpacked(std::move(page.bytes), headers.kind("content-encoding"), most, page.uri);
}

}  // namespace

std::optional<WarcPage> read_warc_record(std::string_view record, std::size_t most) {
  if (!record.starts_with(kVersion)) return std::nullopt;
  const auto rest = after_first_line(record);
  const auto headers = MimeHeaders::read(rest);
  const auto type = headers.kind("warc-type");
  std::size_t size = 0;
  const auto length = headers.value("content-length");
  std::from_chars(length.data(), length.data() + length.size(), size);
  const auto block = rest.substr(headers.size()).substr(0, size);
  WarcPage page;
  page.uri = headers.value("warc-target-uri");
  page.date = headers.value("warc-date");
  if (page.uri.starts_with('<') && page.uri.ends_with('>')) page.uri = page.uri.substr(1, page.uri.size() - 2);
  if (type == "response" && block.starts_with(kHttp)) {
    take_answer(page, block, most);
  } else if (type == "resource" && is_read(headers.kind("content-type"))) {
    page.kind = headers.kind("content-type");
    page.charset = headers.parameter("content-type", "charset");
    page.bytes = block;
  }
  return page.kind.empty() || page.uri.empty() ? std::nullopt : std::optional(std::move(page));
}

std::string warc_status(std::string_view record) {
  if (!record.starts_with(kVersion)) return {};
  const auto rest = after_first_line(record);
  const auto headers = MimeHeaders::read(rest);
  const auto block = rest.substr(headers.size());
  return headers.kind("warc-type") == "response" && block.starts_with(kHttp) ? std::string(status_of(block)) : std::string();
}

bool is_warc_name(std::string_view path) noexcept { return path.ends_with(".warc") || path.ends_with(".warc.gz"); }

std::optional<WarcPlace> warc_place(std::string_view path) {
  const auto mark = path.rfind('#');
  if (mark == std::string_view::npos || !is_warc_name(path.substr(0, mark))) return std::nullopt;
  WarcPlace out{std::string(path.substr(0, mark)), 0};
  const auto digits = path.substr(mark + 1);
  const auto [end, trouble] = std::from_chars(digits.data(), digits.data() + digits.size(), out.place);
  const bool is_number = trouble == std::errc() && end == digits.data() + digits.size() && !digits.empty();
  return is_number ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace policygraph::inline v0::detail::document
