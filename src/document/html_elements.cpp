#include "document/html_elements.hpp"

#include "base/name_table.hpp"

namespace policygraph::inline v0::detail::document {

HtmlElementId html_element_id(std::string_view name_in_lower_case) noexcept {
  static const auto ids = [] {
    base::NameTable table;
    for (std::size_t i = 1; i < kHtmlElements.size(); ++i) table.add(kHtmlElements[i].name, static_cast<std::uint32_t>(i));
    return table;
  }();
  const auto found = ids.find(name_in_lower_case);
  return found == base::NameTable::kNone ? kOtherElement : static_cast<HtmlElementId>(found);
}

}  // namespace policygraph::inline v0::detail::document
