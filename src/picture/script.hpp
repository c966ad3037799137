#pragma once

#include <string>

namespace policygraph::inline v0::detail::picture {

/// The page's style sheet, as an element.
std::string style_element();
/// The page's script, as an element. It holds nothing of any document: what it shows it finds in the page.
std::string script_element();
/// The page's Content-Security-Policy: nothing is fetched and nothing runs but the script of that very content, if any.
std::string page_policy(bool has_script);

}  // namespace policygraph::inline v0::detail::picture
