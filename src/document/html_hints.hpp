#pragma once

#include "document/html_elements.hpp"
#include "document/html_tokenizer.hpp"

namespace policygraph::inline v0::detail::document {

// Whether an element's own attributes say that it is not running text: hidden, an ARIA role of navigation, a class that
// cues/html.json knows ("cookie-banner", "breadcrumbs"). Elements that hold whole pages are taken at their word.
bool is_furniture_by_hint(const HtmlToken& token, const HtmlElement& element);

}  // namespace policygraph::inline v0::detail::document
