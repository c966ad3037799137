#include <algorithm>

#include "document/docx_html.hpp"
#include "document/html_tokenizer.hpp"
#include "document/readers.hpp"
#include "document/zip_archive.hpp"

// DOCX: a ZIP file of XML parts (ECMA-376 parts 1 and 2). Its text is written as a page and read as pages are.
namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::string_view kDocumentRelation = "/relationships/officeDocument";
constexpr std::size_t kMostSmallPart = std::size_t{16} << 20;  // of what only says how things look

class Package {
 public:
  explicit Package(const ReadRequest& request) : zip_(request.bytes), most_bytes_(request.max_bytes) {}

  bool has(std::string_view name) const noexcept { return zip_.find(name) != nullptr; }
  // Empty where there is no such part.
  std::string read(std::string_view name) const { return read(name, most_bytes_); }
  std::string read_small(std::string_view name) const { return read(name, std::min(kMostSmallPart, most_bytes_)); }

  std::string document_name() const {
    const std::string relations = read_small("_rels/.rels");
    HtmlTokenizer tokens(relations, true);
    tokens.set_foreign(true);
    HtmlToken token;
    for (tokens.next(token); token.kind != HtmlToken::Kind::end_of_file; tokens.next(token)) {
      const auto* type = token.attribute("type");
      const auto* target = token.attribute("target");
      if (token.name != "relationship" || type == nullptr || target == nullptr || !type->ends_with(kDocumentRelation)) continue;
      return std::string(target->substr(target->starts_with('/') ? 1 : 0));
    }
    return "word/document.xml";
  }

  std::string title() const {
    const std::string core = read_small("docProps/core.xml");
    const auto start = core.find("<dc:title>");
    const auto end = core.find("</dc:title>");
    return start == std::string::npos || end == std::string::npos || end < start ? std::string() : core.substr(start + 10, end - start - 10);
  }

 private:
  std::string read(std::string_view name, std::size_t most) const {
    const auto* part = zip_.find(name);
    return part == nullptr ? std::string() : zip_.read(*part, most);
  }

  ZipArchive zip_;
  std::size_t most_bytes_;
};

std::string page_of(const ReadRequest& request) {
  const Package package(request);
  const auto name = package.document_name();
  if (!package.has(name)) throw Error(ErrorCode::format, "it has no part '" + name.substr(0, 100) + "'");
  const auto folder = name.substr(0, name.rfind('/') == std::string::npos ? 0 : name.rfind('/') + 1);
  const auto styles = read_docx_styles(package.read_small(folder + "styles.xml"));
  DocxLists lists(package.read_small(folder + "numbering.xml"));
  DocxHtml html(styles, lists, request.max_bytes);
  html.add(package.read(name));
  html.add(package.read(folder + "footnotes.xml"));
  html.add(package.read(folder + "endnotes.xml"));
  return "<!doctype html><title>" + package.title() + "</title><main>\n" + html.take() + "</main>";
}

std::string page_or_refusal(const ReadRequest& request) {
  try {
    return page_of(request);
  } catch (const Error& error) {
    throw Error(error.code(), "'" + std::string(request.name) + "' cannot be read as a DOCX file: " + error.text());
  }
}

}  // namespace

bool recognises_docx(std::string_view bytes) {
  if (!bytes.starts_with("PK\x03\x04")) return false;
  const ZipArchive zip(bytes);
  return std::any_of(zip.parts().begin(), zip.parts().end(), [](const auto& part) { return part.name.starts_with("word/"); });
}

Reading read_docx(const ReadRequest& request) {
  const std::string page = page_or_refusal(request);
  Reading reading = read_html({page, request.name, "utf-8", request.max_bytes});
  OffsetMap map;
  map.replace(0, request.bytes.size(), reading.text.size());
  reading.map = std::move(map);
  return reading;
}

}  // namespace policygraph::inline v0::detail::document
