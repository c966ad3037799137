#include "document/html_elements.hpp"

#include <array>
#include <string_view>

#include "base/name_table.hpp"

namespace policygraph::inline v0::detail::document {
namespace {

using enum HtmlRole;

constexpr auto kElements = std::to_array<HtmlElement>({
    {"", phrase},
    {"a", phrase},
    {"abbr", phrase},
    {"b", phrase},
    {"bdi", phrase},
    {"bdo", phrase},
    {"big", phrase},
    {"cite", phrase},
    {"code", phrase},
    {"data", phrase},
    {"del", phrase},
    {"dfn", phrase},
    {"em", phrase},
    {"font", phrase},
    {"i", phrase},
    {"ins", phrase},
    {"kbd", phrase},
    {"label", furniture},
    {"mark", phrase},
    {"nobr", phrase},
    {"q", phrase},
    {"rp", phrase},
    {"rt", phrase},
    {"ruby", phrase},
    {"s", phrase},
    {"samp", phrase},
    {"small", phrase},
    {"span", phrase},
    {"strike", phrase},
    {"strong", phrase},
    {"sub", phrase},
    {"sup", phrase},
    {"time", phrase},
    {"tt", phrase},
    {"u", phrase},
    {"var", phrase},
    {"picture", phrase},
    {"address", block},
    {"body", block},
    {"center", block},
    {"dd", block},
    {"details", block},
    {"div", block},
    {"dl", block},
    {"dt", block},
    {"fieldset", block},
    {"figure", block},
    {"head", block},
    {"hgroup", block},
    {"html", block},
    {"section", block},
    {"search", furniture},
    {"summary", block},
    {"title", block},
    {"p", paragraph},
    {"h1", heading},
    {"h2", heading},
    {"h3", heading},
    {"h4", heading},
    {"h5", heading},
    {"h6", heading},
    {"ul", list},
    {"ol", list},
    {"dir", list},
    {"menu", list},
    {"li", item},
    {"table", table},
    {"thead", block},
    {"tbody", block},
    {"tfoot", block},
    {"tr", row},
    {"td", cell},
    {"th", cell},
    {"caption", caption},
    {"figcaption", caption},
    {"blockquote", quote},
    {"pre", preformatted},
    {"listing", preformatted},
    {"xmp", preformatted},
    {"plaintext", preformatted},
    {"br", line_break},
    {"hr", rule},
    {"area", empty},
    {"base", empty},
    {"basefont", empty},
    {"bgsound", empty},
    {"col", empty},
    {"embed", empty},
    {"frame", empty},
    {"image", empty},
    {"img", empty},
    {"input", empty},
    {"keygen", empty},
    {"link", empty},
    {"meta", empty},
    {"param", empty},
    {"source", empty},
    {"track", empty},
    {"wbr", empty},
    {"article", article},
    {"main", article},
    {"header", edge},
    {"footer", edge},
    {"aside", furniture},
    {"audio", furniture},
    {"button", furniture},
    {"canvas", furniture},
    {"datalist", furniture},
    {"dialog", furniture},
    {"iframe", phrase},
    {"legend", furniture},
    {"map", furniture},
    {"nav", furniture},
    {"noembed", phrase},
    {"noframes", phrase},
    {"noscript", furniture},
    {"object", furniture},
    {"optgroup", furniture},
    {"option", furniture},
    {"select", furniture},
    {"style", phrase},
    {"script", phrase},
    {"template", furniture},
    {"textarea", furniture},
    {"video", furniture},
    {"form", form},
    {"svg", foreign},
    {"math", foreign},
});
static_assert(kElements.size() <= kElementCount);

}  // namespace

HtmlElementId html_element_id(std::string_view name_in_lower_case) noexcept {
  static const auto ids = [] {
    base::NameTable table;
    for (std::size_t i = 1; i < kElements.size(); ++i) table.add(kElements[i].name, static_cast<std::uint32_t>(i));
    return table;
  }();
  const auto found = ids.find(name_in_lower_case);
  return found == base::NameTable::kNone ? kOtherElement : static_cast<HtmlElementId>(found);
}

const HtmlElement& html_element(HtmlElementId id) noexcept { return kElements[id]; }

}  // namespace policygraph::inline v0::detail::document
