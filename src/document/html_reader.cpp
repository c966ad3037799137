#include <algorithm>
#include <optional>
#include <utility>

#include "document/block_zones.hpp"
#include "document/front_matter.hpp"
#include "document/html_meta.hpp"
#include "document/html_text.hpp"
#include "document/html_tokenizer.hpp"
#include "document/html_zones.hpp"
#include "document/readers.hpp"
#include "document/source_text.hpp"
#include "policygraph/text/normalise.hpp"

// HTML: tokens drive the stack of zones, the stack says what the text is, the text is written with its map.
namespace policygraph::inline v0::detail::document {
namespace {

constexpr std::uint32_t kLongestMenuItem = 60;
constexpr std::size_t kShortestMenu = 3;
constexpr std::uint32_t kShortestFormProse = 200;
constexpr std::uint32_t kLongestBoldHeading = 240;
constexpr std::uint8_t kBoldLevel = 4;

struct Page {
  explicit Page(std::string_view html_view) : text(html_view) {}
  HtmlText text;
  HtmlMeta meta;
  std::vector<HtmlTable> tables;
  std::vector<bool> in_article;  // of each block
  bool was_too_deep = false;
  bool ended_in_tag = false;
  bool ended_in_raw_content = false;
};

bool is_json_ld(const HtmlToken& token) {
  const auto* type = token.attribute("type");
  return token.name == "script" && type != nullptr && type->find("ld+json") != std::string_view::npos;
}

class PageReader {
 public:
  PageReader(std::string_view html_view, bool is_xml)
      : html_(html_view), is_xml_(is_xml), tokens_(html_view, is_xml), page_(html_view), zones_(page_.text) {}

  Page read() {
    HtmlToken token;
    for (tokens_.next(token); token.kind != HtmlToken::Kind::end_of_file; tokens_.next(token)) take(token);
    page_.text.finish();
    page_.tables = zones_.tables();
    page_.was_too_deep = zones_.was_too_deep();
    page_.ended_in_tag = tokens_.ended_in_tag();
    page_.ended_in_raw_content = tokens_.ended_in_raw_content();
    return std::move(page_);
  }

 private:
  void take(const HtmlToken& token) {
    if (token.kind == HtmlToken::Kind::text) return take_text(token);
    if (token.kind == HtmlToken::Kind::start_tag) {
      zones_.start_tag(token, is_xml_);
      page_.meta.start_tag(token, zones_.place().is_furniture);
      is_title_ = token.name == "title" && !zones_.is_foreign();
      is_json_ld_ = is_json_ld(token);
      is_shown_raw_ = token.name == "xmp";
    } else if (token.kind == HtmlToken::Kind::end_tag) {
      zones_.end_tag(token);
      is_title_ = is_json_ld_ = is_shown_raw_ = false;
    }
    tokens_.set_foreign(zones_.is_foreign());
  }

  void take_text(const HtmlToken& token) {
    const auto raw = html_.substr(token.start, token.end - token.start);
    if (is_title_) return page_.meta.title_text(raw);
    if (is_json_ld_) return page_.meta.json_ld(raw);
    if (token.is_raw && !is_shown_raw_) return;
    page_.text.add(token.start, token.end, token.has_references, zones_.place());
  }

  std::string_view html_;
  bool is_xml_;
  HtmlTokenizer tokens_;
  Page page_;
  HtmlZones zones_;
  bool is_title_ = false;
  bool is_json_ld_ = false;
  bool is_shown_raw_ = false;
};

bool is_layout(const HtmlTable& table) noexcept { return table.is_layout || table.rows < 2 || table.columns < 2; }

// Tables that only place things on the page hold body text; what stood in furniture is furniture.
void settle_places(Page& page) {
  for (auto& [block, link_bytes, bold_bytes, form, in_article, is_furniture] : page.text.blocks()) {
    if (block.table != 0 && (block.zone != Zone::table_cell || is_layout(page.tables[block.table - 1]))) {
      if (block.zone == Zone::table_cell) block.zone = Zone::body;
      block.table = block.row = block.column = 0;
    }
    if (is_furniture) block.zone = Zone::furniture;
  }
}

// A form with no paragraph in it is something to fill in; some sites wrap the whole page in one.
void settle_forms(Page& page) {
  std::vector<bool> has_prose;
  for (const auto& one : page.text.blocks()) {
    if (one.form >= has_prose.size()) has_prose.resize(one.form + 1, false);
    if (one.block.span.size() >= kShortestFormProse && !one.is_furniture) has_prose[one.form] = true;
  }
  for (auto& one : page.text.blocks()) {
    if (one.form != 0 && !has_prose[one.form]) one.block.zone = Zone::furniture;
  }
}

// Whether so many bytes are nine tenths of a line, its blanks not counted.
bool is_mostly(std::uint32_t bytes, std::string_view line) noexcept {
  const auto blanks = static_cast<std::size_t>(std::count(line.begin(), line.end(), ' '));
  return bytes > 0 && bytes * std::size_t{10} >= (line.size() - blanks) * 9;
}

// Three short items in a row that are links and nothing else are a menu.
void settle_menus(std::vector<HtmlBlock>& blocks, std::string_view text) {
  const auto is_menu_item = [&](const HtmlBlock& one) {
    const auto& span = one.block.span;
    const bool may_be =
        (one.block.zone == Zone::list_item || one.block.zone == Zone::body) && span.size() <= kLongestMenuItem;
    const auto line = text.substr(span.start, span.size());
    return may_be && is_mostly(one.link_bytes, line) && line.find_first_of("0123456789") == std::string_view::npos;
  };
  for (std::size_t i = 0; i < blocks.size();) {
    std::size_t end = i;
    while (end < blocks.size() && is_menu_item(blocks[end])) ++end;
    for (std::size_t k = i; end - i >= kShortestMenu && k < end; ++k) blocks[k].block.zone = Zone::furniture;
    i = end + 1;
  }
}

// Many sites set headings in bold paragraphs: short ones without a stop, and the lines that begin a part of an act.
void settle_bold_headings(std::vector<HtmlBlock>& blocks, std::string_view text) {
  for (auto& one : blocks) {
    const auto& span = one.block.span;
    if (one.block.zone != Zone::body || span.size() > kLongestBoldHeading) continue;
    const auto line = text.substr(span.start, span.size());
    const bool is_bold =
        is_mostly(one.bold_bytes, line) && std::string_view(".,;:!?").find(line.back()) == std::string_view::npos;
    if (!is_bold && !is_section_line(line)) continue;
    one.block.zone = Zone::heading;
    one.block.level = kBoldLevel;
  }
}

// From the page's own text to the normalised one; the page lets its blocks go.
void take_blocks(Reading& reading, Page& page, const NormalisedText& normal) {
  const bool is_same = normal.text == page.text.text();
  auto blocks = std::exchange(page.text.blocks(), std::vector<HtmlBlock>());
  reading.blocks.reserve(blocks.size());
  page.in_article.reserve(blocks.size());
  for (auto& one : blocks) {
    page.in_article.push_back(one.in_article);
    if (!is_same) one.block.span = normal.map.to_target(one.block.span);
    reading.blocks.push_back(std::move(one.block));
  }
}

void report(Reading& reading, const Page& page, std::string_view name) {
  const auto warn = [&](ErrorCode code, std::string text) {
    reading.diagnostics.push_back({Severity::warning, code, std::move(text), std::string(name), std::nullopt});
  };
  if (page.ended_in_tag) warn(ErrorCode::format, "the page ends within a tag; what stands in it was not read");
  if (page.ended_in_raw_content)
    warn(ErrorCode::format,
         "a title, script, style or textarea is not closed; the rest of the page was taken as its content");
  if (page.was_too_deep)
    warn(ErrorCode::limit, "elements are nested deeper than " + std::to_string(HtmlZones::kMaxDepth) +
                               "; zones within were not told apart");
}

// The heading that says the title, else the first main heading: of the article, else outside furniture, else anywhere.
std::optional<std::size_t> title_block(const Page& page, const Reading& reading, std::string_view title) {
  const std::string wanted = fold_name(title);
  std::optional<std::size_t> best;
  int best_rank = 0;
  for (std::size_t i = 0; i < reading.blocks.size(); ++i) {
    const auto& block = reading.blocks[i];
    if (block.level == 0 || block.level > 2 || block.zone == Zone::list_item || block.span.size() > 1000) continue;
    int rank = block.zone == Zone::furniture ? 1 : 2;
    if (page.in_article[i]) ++rank;
    if (block.level == 2) rank = 0;
    const bool is_wanted =
        !wanted.empty() &&
        fold_name(std::string_view(reading.text).substr(block.span.start, block.span.size())) == wanted;
    if (is_wanted) rank += 10;
    if (rank > best_rank) best = i;
    best_rank = std::max(best_rank, rank);
  }
  return best;
}

void take_title(Reading& reading, const Page& page) {
  reading.declared.title = page.meta.without_site(reading.declared.title);
  const std::string element = page.meta.without_site(page.meta.title_element());
  const auto found = title_block(page, reading, reading.declared.title.empty() ? element : reading.declared.title);
  if (!found || (reading.blocks[*found].zone == Zone::furniture && !element.empty())) {
    reading.inferred.title = element;
    return;
  }
  const auto span = trimmed(reading.text, reading.blocks[*found].span);
  reading.inferred.title = one_line(std::string_view(reading.text).substr(span.start, span.size()));
  reading.title_span = span;
}

void take_date(Reading& reading) {
  if (reading.declared.published) {
    reading.date_span = find_date_span(reading.text, reading.blocks, *reading.declared.published);
  } else if (const auto found = find_published(reading.text, reading.blocks)) {
    reading.inferred.published = found->date;
    reading.date_span = found->span;
  }
}

}  // namespace

Reading read_html(const ReadRequest& request) {
  SourceText source =
      decode_source(request.bytes, request.name, request.encoding, declared_html_encoding(request.bytes));
  const bool is_xml = request.name.ends_with(".xhtml") ||
                      std::string_view(source.text).substr(0, 64).find("<?xml") != std::string_view::npos;
  Page page = PageReader(source.text, is_xml).read();
  std::string().swap(source.text);  // of a large page that is much
  settle_places(page);
  settle_forms(page);
  settle_menus(page.text.blocks(), page.text.text());
  settle_bold_headings(page.text.blocks(), page.text.text());
  NormalisedText normal = normalise(page.text.text());
  Reading reading;
  reading.diagnostics = std::move(source.diagnostics);
  take_blocks(reading, page, normal);
  std::string().swap(page.text.text());
  reading.map = OffsetMap::compose(std::move(page.text.map()), std::move(normal.map));
  reading.map = OffsetMap::compose(std::move(source.map), std::move(reading.map));
  reading.text = std::move(normal.text);
  reading.declared = page.meta.claims();
  take_title(reading, page);
  trim_blocks(reading.text, reading.blocks);
  settle_zones(reading.text, reading.blocks);
  take_date(reading);
  report(reading, page, request.name);
  return reading;
}

}  // namespace policygraph::inline v0::detail::document
