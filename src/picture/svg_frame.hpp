#pragma once

#include <string>
#include <string_view>

#include "picture/layout.hpp"

namespace policygraph::inline v0::detail::picture {

/// What every picture has.
struct Frame {
  std::string title;        ///< for those who do not see it, and as its tooltip
  std::string description;  ///< what is in it, in a sentence
  Size size;
};

/// Eight letters and digits that begin the ids within a picture: several pictures on one page must not share theirs. Equal contents give
/// equal ones.
std::string picture_id(std::string_view contents);

/// The opening tag, title and description (escaped), the style of all pictures and a ground to stand on. The style is CSS within the SVG:
/// it follows the reader's light or dark scheme wherever the picture is shown. "</svg>" ends it.
std::string open_svg(const Frame& frame, const std::string& id);

}  // namespace policygraph::inline v0::detail::picture
