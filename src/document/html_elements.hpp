#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace policygraph::inline v0::detail::document {

// What an element is to a reader of text.
enum class HtmlRole : std::uint8_t {
  phrase,  // runs within a line
  block,   // begins and ends a line, nothing more
  paragraph,
  heading,
  list,
  item,
  table,
  row,
  cell,
  caption,
  quote,
  preformatted,
  line_break,
  rule,
  empty,      // has no content (img, input, meta)
  article,    // main, article: what the page is for
  edge,       // header, footer: furniture outside an article
  furniture,  // nav, aside, button, select, ...
  form,
  foreign,  // svg, math
};

// The elements that matter, by number (0 is every other one: a phrase that is not tracked).
using HtmlElementId = std::uint8_t;
inline constexpr HtmlElementId kOtherElement = 0;
inline constexpr std::size_t kElementCount = 128;

struct HtmlElement {
  std::string_view name;
  HtmlRole role = HtmlRole::phrase;
};

inline constexpr auto kHtmlElements = std::to_array<HtmlElement>({
    {"", HtmlRole::phrase}, {"a", HtmlRole::phrase}, {"abbr", HtmlRole::phrase}, {"b", HtmlRole::phrase},
    {"bdi", HtmlRole::phrase}, {"bdo", HtmlRole::phrase}, {"big", HtmlRole::phrase}, {"cite", HtmlRole::phrase},
    {"code", HtmlRole::phrase}, {"data", HtmlRole::phrase}, {"del", HtmlRole::phrase}, {"dfn", HtmlRole::phrase},
    {"em", HtmlRole::phrase}, {"font", HtmlRole::phrase}, {"i", HtmlRole::phrase}, {"ins", HtmlRole::phrase},
    {"kbd", HtmlRole::phrase}, {"label", HtmlRole::furniture}, {"mark", HtmlRole::phrase}, {"nobr", HtmlRole::phrase},
    {"q", HtmlRole::phrase}, {"rp", HtmlRole::phrase}, {"rt", HtmlRole::phrase}, {"ruby", HtmlRole::phrase},
    {"s", HtmlRole::phrase}, {"samp", HtmlRole::phrase}, {"small", HtmlRole::phrase}, {"span", HtmlRole::phrase},
    {"strike", HtmlRole::phrase}, {"strong", HtmlRole::phrase}, {"sub", HtmlRole::phrase}, {"sup", HtmlRole::phrase},
    {"time", HtmlRole::phrase}, {"tt", HtmlRole::phrase}, {"u", HtmlRole::phrase}, {"var", HtmlRole::phrase},
    {"picture", HtmlRole::phrase}, {"address", HtmlRole::block}, {"body", HtmlRole::block},
    {"center", HtmlRole::block}, {"dd", HtmlRole::block}, {"details", HtmlRole::block}, {"div", HtmlRole::block},
    {"dl", HtmlRole::block}, {"dt", HtmlRole::block}, {"fieldset", HtmlRole::block}, {"figure", HtmlRole::block},
    {"head", HtmlRole::block}, {"hgroup", HtmlRole::block}, {"html", HtmlRole::block}, {"section", HtmlRole::block},
    {"search", HtmlRole::furniture}, {"summary", HtmlRole::block}, {"title", HtmlRole::block},
    {"p", HtmlRole::paragraph}, {"h1", HtmlRole::heading}, {"h2", HtmlRole::heading}, {"h3", HtmlRole::heading},
    {"h4", HtmlRole::heading}, {"h5", HtmlRole::heading}, {"h6", HtmlRole::heading}, {"ul", HtmlRole::list},
    {"ol", HtmlRole::list}, {"dir", HtmlRole::list}, {"menu", HtmlRole::list}, {"li", HtmlRole::item},
    {"table", HtmlRole::table}, {"thead", HtmlRole::block}, {"tbody", HtmlRole::block}, {"tfoot", HtmlRole::block},
    {"tr", HtmlRole::row}, {"td", HtmlRole::cell}, {"th", HtmlRole::cell}, {"caption", HtmlRole::caption},
    {"figcaption", HtmlRole::caption}, {"blockquote", HtmlRole::quote}, {"pre", HtmlRole::preformatted},
    {"listing", HtmlRole::preformatted}, {"xmp", HtmlRole::preformatted}, {"plaintext", HtmlRole::preformatted},
    {"br", HtmlRole::line_break}, {"hr", HtmlRole::rule}, {"area", HtmlRole::empty}, {"base", HtmlRole::empty},
    {"basefont", HtmlRole::empty}, {"bgsound", HtmlRole::empty}, {"col", HtmlRole::empty}, {"embed", HtmlRole::empty},
    {"frame", HtmlRole::empty}, {"image", HtmlRole::empty}, {"img", HtmlRole::empty}, {"input", HtmlRole::empty},
    {"keygen", HtmlRole::empty}, {"link", HtmlRole::empty}, {"meta", HtmlRole::empty}, {"param", HtmlRole::empty},
    {"source", HtmlRole::empty}, {"track", HtmlRole::empty}, {"wbr", HtmlRole::empty}, {"article", HtmlRole::article},
    {"main", HtmlRole::article}, {"header", HtmlRole::edge}, {"footer", HtmlRole::edge},
    {"aside", HtmlRole::furniture}, {"audio", HtmlRole::furniture}, {"button", HtmlRole::furniture},
    {"canvas", HtmlRole::furniture}, {"datalist", HtmlRole::furniture}, {"dialog", HtmlRole::furniture},
    {"iframe", HtmlRole::phrase}, {"legend", HtmlRole::furniture}, {"map", HtmlRole::furniture},
    {"nav", HtmlRole::furniture}, {"noembed", HtmlRole::phrase}, {"noframes", HtmlRole::phrase},
    {"noscript", HtmlRole::furniture}, {"object", HtmlRole::furniture}, {"optgroup", HtmlRole::furniture},
    {"option", HtmlRole::furniture}, {"select", HtmlRole::furniture}, {"style", HtmlRole::phrase},
    {"script", HtmlRole::phrase}, {"template", HtmlRole::furniture}, {"textarea", HtmlRole::furniture},
    {"video", HtmlRole::furniture}, {"form", HtmlRole::form}, {"svg", HtmlRole::foreign}, {"math", HtmlRole::foreign},
});
static_assert(kHtmlElements.size() <= kElementCount);

// An element that the code names: found while compiling.
class HtmlName {
 public:
  template <std::size_t Size>
  consteval HtmlName(const char (&name)[Size]) : id_(id_of({name, Size - 1})) {}  // NOLINT: reads as the name it is
  constexpr HtmlElementId id() const noexcept { return id_; }

 private:
  static consteval HtmlElementId id_of(std::string_view name) {
    std::size_t i = 1;
    while (kHtmlElements.at(i).name != name) ++i;  // past the end: no such element, and no compiling
    return static_cast<HtmlElementId>(i);
  }

  HtmlElementId id_;
};

HtmlElementId html_element_id(std::string_view name_in_lower_case) noexcept;
inline const HtmlElement& html_element(HtmlElementId id) noexcept { return kHtmlElements[id]; }

}  // namespace policygraph::inline v0::detail::document
