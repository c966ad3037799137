#include "document/readers.hpp"

#include <algorithm>
#include <array>

#include "document/warc.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::array<std::string_view, 3> kTextEndings = {".txt", ".text", ".md"};
constexpr std::array<std::string_view, 3> kHtmlEndings = {".html", ".htm", ".xhtml"};
constexpr std::array<std::string_view, 1> kPdfEndings = {".pdf"};
constexpr std::array<std::string_view, 2> kMhtmlEndings = {".mht", ".mhtml"};
constexpr std::array<std::string_view, 2> kDocxEndings = {".docx", ".docm"};

std::string lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return lower;
}

bool recognises_html(std::string_view bytes) {
  std::string head = lower_ascii(bytes.substr(0, 1024));
  if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
  head.erase(0, head.find_first_not_of(" \t\r\n\f"));
  if (head.starts_with("<?xml")) return head.find("<html") != std::string::npos;
  constexpr std::array<std::string_view, 6> kOpenings = {"<!doctype html", "<html",  "<head",
                                                         "<body",          "<title", "<meta"};
  return std::any_of(kOpenings.begin(), kOpenings.end(), [&](auto opening) { return head.starts_with(opening); });
}

bool recognises_text(std::string_view) { return true; }

bool recognises_pdf(std::string_view bytes) { return bytes.starts_with("%PDF-"); }

constexpr std::array<Reader, 5> kReaders = {{
    {"pdf", kPdfEndings, recognises_pdf, true, read_pdf},
    {"docx", kDocxEndings, recognises_docx, true, read_docx},
    {"mhtml", kMhtmlEndings, recognises_mhtml, true, read_mhtml},
    {"html", kHtmlEndings, recognises_html, false, read_html},
    {"text", kTextEndings, recognises_text, false, read_text},
}};

struct Magic {
  std::string_view bytes;
  std::string_view what;
};
constexpr std::array<Magic, 6> kNotText = {{
    {"PK\x03\x04", "a ZIP archive or an office document of another kind"},
    {"\xD0\xCF\x11\xE0", "an old office document"},
    {"\x89PNG", "a picture"},
    {"\xFF\xD8\xFF", "a picture"},
    {"GIF8", "a picture"},
    {"\x1F\x8B", "a compressed file"},
}};

}  // namespace

std::span<const Reader> readers() { return kReaders; }

const Reader* reader_for_name(std::string_view name) noexcept {
  const auto slash = name.find_last_of("/\\");
  const auto file = slash == std::string_view::npos ? name : name.substr(slash + 1);
  const auto dot = file.rfind('.');
  if (dot == std::string_view::npos || file.size() - dot > 8) return nullptr;
  const std::string ending = lower_ascii(file.substr(dot));
  for (const auto& reader : kReaders) {
    if (std::find(reader.endings.begin(), reader.endings.end(), ending) != reader.endings.end()) return &reader;
  }
  return nullptr;
}

const Reader& reader_for(std::string_view name, std::string_view bytes) {
  for (const auto& reader : kReaders) {
    if (reader.has_signature && reader.recognises(bytes)) return reader;
  }
  if (bytes.starts_with("WARC/") || is_warc_name(name)) {
    throw Error(ErrorCode::encoding, "'" + std::string(name) + "' is an archive of web pages; ingest it, or name a page of it by its byte ('" +
                                         std::string(name) + "#0')");
  }
  for (const auto& magic : kNotText) {
    if (bytes.starts_with(magic.bytes)) {
      throw Error(ErrorCode::encoding, "'" + std::string(name) + "' is " + std::string(magic.what) +
                                           ", which cannot be read as text; convert it to PDF, DOCX, HTML or text first");
    }
  }
  if (const auto* reader = reader_for_name(name)) return *reader;
  return *std::find_if(kReaders.begin(), kReaders.end(), [&](const auto& reader) { return reader.recognises(bytes); });
}

}  // namespace policygraph::inline v0::detail::document
