#pragma once

#include <string_view>

namespace policygraph::inline v0::detail::base {

// A data file compiled into a module by policygraph_data (cmake/PolicygraphData.cmake). Both views last for ever.
struct EmbeddedFile {
  std::string_view path;  // relative to the module's folder
  std::string_view text;
};

}  // namespace policygraph::inline v0::detail::base
