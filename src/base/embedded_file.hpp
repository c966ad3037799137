#pragma once

#include <cstddef>
#include <string_view>

namespace policygraph::inline v0::detail::base {

// A data file compiled into a module by policygraph_data (cmake/PolicygraphData.cmake). Both views last for ever.
struct EmbeddedFile {
  // Both are literals, whose sizes the compiler knows: counting them would end at its bound on steps.
  template <std::size_t kPath, std::size_t kText>
  constexpr EmbeddedFile(const char (&a_path)[kPath], const char (&a_text)[kText]) noexcept : path(a_path, kPath - 1), text(a_text, kText - 1) {}

  std::string_view path;  // relative to the module's folder
  std::string_view text;
};

}  // namespace policygraph::inline v0::detail::base
